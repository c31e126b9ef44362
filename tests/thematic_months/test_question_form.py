"""What the form of a question asks for, beyond what the model can see."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from members.roles import Role
from tests.factories import (
    AnswerFactory,
    ExpertFactory,
    QuestionFactory,
    ThematicMonthFactory,
    WebinarFactory,
)
from tests.home.admin import client_of
from thematic_months.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator() -> Client:
    return client_of(Role.MODERATOR)


def save(
    client: Client, question: Question, answers: tuple[dict[str, Any], ...] = (), **changes: Any
) -> Any:
    """Sends the form with these answers, and says what the admin answered."""
    fields = {
        "month": question.month_id,
        "webinar": question.webinar_id or "",
        "text": question.text,
        "display_name": question.display_name,
        "state": question.state,
        "decline_reason": "",
        "seen_version": question.version,
        "answers-TOTAL_FORMS": len(answers),
        "answers-INITIAL_FORMS": sum("id" in answer for answer in answers),
        "answers-MIN_NUM_FORMS": 0,
        "answers-MAX_NUM_FORMS": "",
    }
    for number, answer in enumerate(answers):
        whole = {"id": "", "ORDER": number + 1, "DELETE": "", **answer}
        fields |= {f"answers-{number}-{name}": value for name, value in whole.items()}
    url = reverse("wagtailsnippets_thematic_months_question:edit", args=[question.pk])
    return client.post(url, fields | changes)


def errors(response: Any) -> dict[str, list[str]]:
    return response.context["form"].errors


@pytest.mark.parametrize("state", ["ANSWERED", "PUBLISHED"])
def test_answered_and_published_need_an_answer(moderator, state):
    question = QuestionFactory()
    assert (
        "Najpierw dodaj niżej odpowiedź"
        in errors(save(moderator, question, state=state))["state"][0]
    )
    question.refresh_from_db()
    assert question.state == "NEW"


def test_answer_in_the_same_form_is_enough(moderator):
    question = QuestionFactory()
    answer = {"expert": ExpertFactory().pk, "text": "Od rozmowy."}
    assert save(moderator, question, (answer,), state="PUBLISHED").status_code == 302
    question.refresh_from_db()
    assert question.state == "PUBLISHED"
    assert question.published_at is not None
    assert question.answers.count() == 1


def test_answer_that_is_being_deleted_does_not_count(moderator):
    answer = AnswerFactory()
    row = {"id": answer.pk, "expert": answer.expert_id, "text": answer.text, "DELETE": "on"}
    assert "state" in errors(save(moderator, answer.question, (row,), state="PUBLISHED"))


def test_saved_answer_is_enough(moderator):
    answer = AnswerFactory()
    row = {"id": answer.pk, "expert": answer.expert_id, "text": answer.text}
    assert save(moderator, answer.question, (row,), state="ANSWERED").status_code == 302


def test_webinar_must_belong_to_the_month(moderator):
    question, stranger = QuestionFactory(), WebinarFactory(parent=ThematicMonthFactory())
    assert "innego miesiąca" in errors(save(moderator, question, webinar=stranger.pk))["webinar"][0]
    own = WebinarFactory(parent=question.month)
    assert save(moderator, question, webinar=own.pk).status_code == 302


def test_declining_needs_a_reason(moderator):
    question = QuestionFactory()
    assert "decline_reason" in errors(save(moderator, question, state="DECLINED"))
    assert (
        save(moderator, question, state="DECLINED", decline_reason="Nie na temat.").status_code
        == 302
    )


def test_account_of_the_asker_cannot_be_changed(moderator):
    question = QuestionFactory()
    asker = question.member_id
    save(moderator, question, member="", asked_at="2000-01-01 00:00")
    question.refresh_from_db()
    assert question.member_id == asker
    assert question.asked_at.year != 2000


def test_form_says_what_each_state_means(moderator):
    url = reverse("wagtailsnippets_thematic_months_question:edit", args=[QuestionFactory().pk])
    page = moderator.get(url).content.decode()
    assert "Czytelnicy widzą pytanie i odpowiedzi na stronie miesiąca." in page
