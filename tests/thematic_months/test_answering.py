"""An expert answers by the link of a mail."""

import datetime

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from members.roles import Role
from tests.factories import AnswerFactory, ExpertFactory, MemberFactory, QuestionFactory
from tests.home.admin import client_of
from tests.thematic_months.asking import (
    ANSWER,
    answer_address,
    assigned,
    link_in_last_mail,
    subjects,
)
from thematic_months.models import Answer, Assignment, Question
from thematic_months.questions import answering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commits(django_capture_on_commit_callbacks):
    """Mails go out as soon as something is saved."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def state_of(question: Question) -> str:
    return Question.objects.get(pk=question.pk).state


def test_moderator_asks_an_expert_who_gets_a_link(django_capture_on_commit_callbacks):
    question, account = QuestionFactory(), MemberFactory(email="anna@example.org")
    expert = ExpertFactory(member=account)
    with django_capture_on_commit_callbacks(execute=True):
        response = client_of(Role.MODERATOR).post(
            f"/admin/questions/{question.pk}/experts/", {"expert": expert.pk, "email": ""}
        )
    assert response.status_code == 302
    assert state_of(question) == "ACCEPTED"
    to_expert = next(each for each in mail.outbox if each.to == ["anna@example.org"])
    assert question.text in to_expert.body
    assert question.member.email not in to_expert.body
    path = answer_address(Assignment.objects.get())
    assert path in to_expert.body
    assert question.text in Client().get(path).content.decode()


def test_expert_without_an_account_needs_an_address():
    question = QuestionFactory()
    response = client_of(Role.MODERATOR).post(
        f"/admin/questions/{question.pk}/experts/", {"expert": ExpertFactory().pk, "email": ""}
    )
    assert "Ten ekspert nie ma konta, więc wpisz adres." in response.content.decode()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("role", [Role.EXPERT, Role.EDITOR])
def test_only_moderators_ask_experts(role):
    question = QuestionFactory()
    address = f"/admin/questions/{question.pk}/experts/"
    assert client_of(role).get(address).status_code in {302, 403}
    assert client_of(Role.MODERATOR).get(address).status_code == 200


def test_draft_is_kept_for_the_expert_alone():
    question = QuestionFactory()
    assignment = assigned(question)
    client, address = Client(), answer_address(assignment)
    assert client.post(address, {"text": "Od", "draft": "1"}).status_code == 302
    page = client.get(address).content.decode()
    assert ">\nOd</textarea>" in page
    assert "Szkic zapisany." in page
    assert not Answer.objects.exists()
    assert state_of(question) == "ACCEPTED"


def test_browser_forgets_its_copy_when_the_hub_has_the_text_and_not_before():
    assignment = assigned(QuestionFactory())
    client, address = Client(), answer_address(assignment)
    mark = f'data-sent="odpowiedz-{assignment.pk}"'
    assert mark not in client.get(address).content.decode()
    storage = CookieStorage(RequestFactory().get("/"))
    client.cookies["messages"] = storage._encode([Message(SUCCESS, "O czym innym")])
    page = client.get(address).content.decode()
    assert "O czym innym" in page
    assert mark not in page
    client.post(address, {"text": "Od", "draft": "1"})
    assert mark in client.get(address).content.decode()


def test_answer_waits_for_a_moderator_and_can_be_corrected_until_it_is_published():
    question = QuestionFactory()
    client, address = Client(), answer_address(assigned(question))
    client.post(address, {"text": ANSWER})
    assert state_of(question) == "ANSWERED"
    assert Client().get(question.path).status_code == 404
    client.post(address, {"text": f"{ANSWER} Poprawka."})
    assert Answer.objects.get().text == f"{ANSWER} Poprawka."

    answering.changes.publish(Question.objects.get(pk=question.pk))
    response = client.post(address, {"text": "Za późno na tę zmianę."})
    assert response.status_code == 409
    assert "Za późno na tę zmianę." in response.content.decode()
    assert Answer.objects.get().text == f"{ANSWER} Poprawka."
    assert ANSWER in Client().get(question.path).content.decode()


def test_setting_publishes_at_once(settings):
    settings.ANSWERS_PUBLISH_AT_ONCE = True
    question = QuestionFactory()
    Client().post(answer_address(assigned(question)), {"text": ANSWER})
    assert state_of(question) == "PUBLISHED"
    assert ANSWER in Client().get(question.path).content.decode()


def test_several_experts_answer_one_question():
    question = QuestionFactory()
    first, second = assigned(question), assigned(question)
    Client().post(answer_address(first), {"text": ANSWER})
    Client().post(answer_address(second), {"text": "A ja zaczynam od rodziców."})
    answers = Answer.objects.order_by("sort_order")
    assert [each.expert for each in answers] == [first.expert, second.expert]


def test_answer_that_comes_after_the_publication_waits_for_a_moderator():
    question = AnswerFactory(question__state="PUBLISHED").question
    late = assigned(question)
    Client().post(answer_address(late), {"text": "Spóźniona odpowiedź."})
    assert "Spóźniona odpowiedź." not in Client().get(question.path).content.decode()
    client_of(Role.MODERATOR).post(f"/admin/questions/experts/{late.pk}/add/")
    assert "Spóźniona odpowiedź." in Client().get(question.path).content.decode()


@pytest.mark.parametrize(
    "end",
    [
        {"expires_at": timezone.now() - datetime.timedelta(seconds=1)},
        {"revoked_at": timezone.now()},
        {"nonce": "f" * 32},
    ],
)
def test_link_that_ended_opens_nothing_and_gives_back_what_was_typed(end):
    assignment = assigned(QuestionFactory(text="Tajne pytanie do ekspertki"))
    address = answer_address(assignment)
    Assignment.objects.update(**end)
    response = Client().post(address, {"text": ANSWER})
    assert response.status_code == 404
    assert "Tajne pytanie" not in response.content.decode()
    assert ANSWER in response.content.decode()
    assert not Answer.objects.exists()


def test_declined_question_closes_its_links():
    question = QuestionFactory()
    address = answer_address(assigned(question))
    Question.objects.update(state="DECLINED")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["a", "a.b", "W10.x", "W10:x", "%00"])
def test_made_up_link_opens_nothing(token):
    assert Client().get(f"/odpowiedz/{token}/").status_code == 404


def test_link_is_kept_out_of_caches_search_engines_and_other_sites():
    response = Client().get(answer_address(assigned(QuestionFactory())))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


def test_new_link_ends_the_one_before(django_capture_on_commit_callbacks):
    assignment = assigned(QuestionFactory())
    old = answer_address(assignment)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(Role.MODERATOR).post(f"/admin/questions/experts/{assignment.pk}/again/")
    assert Client().get(old).status_code == 404
    assert subjects()[-1].startswith("Pytanie do Ciebie – ")
    assert Client().get(link_in_last_mail()).status_code == 200


def test_moderator_revokes_a_link():
    assignment = assigned(QuestionFactory())
    client_of(Role.MODERATOR).post(f"/admin/questions/experts/{assignment.pk}/revoke/")
    assert Client().get(answer_address(assignment)).status_code == 404
