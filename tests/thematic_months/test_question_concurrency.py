"""Two who act on one question at the same moment, on PostgreSQL: nothing is lost or doubled."""

from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.models import OutgoingMail
from members.roles import Role
from tests.cms.test_journal_concurrency import at_once
from tests.factories import AnswerFactory, ExpertFactory, MemberFactory, QuestionFactory
from tests.home.admin import member_of
from tests.thematic_months.asking import TEXT, answer_address, assigned, open_month
from tests.thematic_months.test_question_form import save
from thematic_months.models import Answer, Assignment, Question
from thematic_months.questions import answering
from thematic_months.questions.asking import ask

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("on_postgresql"),
]

# Which of two comes first is chance: each test is tried some times.
rounds = pytest.mark.parametrize("number", range(2))


@pytest.fixture(autouse=True)
def worker_sends(settings):
    """Mails stay in the table, where they are counted."""
    settings.BACKGROUND_WORKER = True


def moderator(name: str) -> Client:
    client = Client()
    client.force_login(member_of(Role.MODERATOR, email=f"{name}@example.org"))
    return client


def kinds() -> Counter[str]:
    return Counter(OutgoingMail.objects.values_list("kind", flat=True))


@rounds
def test_of_two_moderators_one_decides(number):
    one, two = moderator("jedna"), moderator("druga")
    question, statuses = QuestionFactory(), []

    def decide(client: Client, **fields: Any) -> None:
        statuses.append(save(client, question, **fields).status_code)

    at_once(
        lambda: decide(one, state="ACCEPTED"),
        lambda: decide(two, state="DECLINED", decline_reason="Nie na temat."),
    )
    assert sorted(statuses) == [200, 302]
    question.refresh_from_db()
    expected = {"ACCEPTED": "question-accepted", "DECLINED": "question-declined"}
    assert kinds() == {expected[question.state]: 1}


@rounds
def test_publishing_while_an_expert_saves_loses_neither(number):
    client = moderator("moderatorka")
    answer = AnswerFactory(question__state="ANSWERED", text="Pierwsza wersja odpowiedzi.")
    question = answer.question
    assignment = answering.assign(question, answer.expert, "ekspertka@example.org")
    question.refresh_from_db()
    row = {"id": answer.pk, "expert": answer.expert_id, "text": answer.text}
    at_once(
        lambda: save(client, question, (row,), state="PUBLISHED"),
        lambda: Client().post(answer_address(assignment), {"text": "Druga, poprawiona."}),
    )
    answer.refresh_from_db()
    question.refresh_from_db()
    # Who came second was told; what readers have is what the moderator read.
    outcome = (question.state, answer.text)
    assert outcome in {
        ("PUBLISHED", "Pierwsza wersja odpowiedzi."),
        ("ANSWERED", "Druga, poprawiona."),
    }


@rounds
def test_draft_of_an_expert_survives_a_moderators_save(number):
    client = moderator("moderatorka")
    question = QuestionFactory(state="ACCEPTED")
    assignment = assigned(question)
    question.refresh_from_db()
    at_once(
        lambda: save(client, question, text="Poprawione pytanie?"),
        lambda: answering.save_draft(Assignment.objects.get(pk=assignment.pk), "Szkic"),
    )
    assert Assignment.objects.get(pk=assignment.pk).draft == "Szkic"
    assert Question.objects.get(pk=question.pk).text == "Poprawione pytanie?"


def test_experts_who_answer_at_once_are_both_heard(settings):
    settings.ANSWERS_PUBLISH_AT_ONCE = True
    question = QuestionFactory()
    addresses = [answer_address(assigned(question)) for _ in range(3)]
    OutgoingMail.objects.all().delete()
    at_once(
        *(
            lambda address=address: Client().post(address, {"text": "Odpowiedź eksperta."})
            for address in addresses
        )
    )
    assert Answer.objects.filter(question=question).count() == 3
    assert Question.objects.get().state == "PUBLISHED"
    assert kinds() == {"question-published": 1, "question-answer-added": 2}


def test_limit_holds_for_requests_at_once(settings):
    settings.QUESTION_LIMITS = {"HOUR": 2, "DAY": 9, "OPEN": 9}
    member, month = MemberFactory(), open_month()
    refused = []

    def send(number: int) -> None:
        try:
            ask(member, month, {"text": f"{TEXT} {number}", "display_name": ""})
        except ValidationError as error:
            refused.append(error.code)

    at_once(*(lambda number=number: send(number) for number in range(6)))
    assert Question.objects.count() == 2
    assert refused == ["TOO_MANY_THIS_HOUR"] * 4


def test_double_click_is_one_question():
    member, month = MemberFactory(), open_month()
    at_once(*[lambda: ask(member, month, {"text": TEXT, "display_name": ""})] * 4)
    assert Question.objects.count() == 1


def test_asking_one_expert_twice_at_once_is_one_request():
    question, expert = QuestionFactory(), ExpertFactory()
    at_once(*[lambda: answering.assign(question, expert, "ekspertka@example.org")] * 3)
    assert Assignment.objects.count() == 1
    assert kinds()["question-accepted"] == 1
