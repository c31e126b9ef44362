"""Who asked is told of each step by mail, once each."""

import pytest
from django.core import mail

from members.roles import Role
from tests.factories import AnswerFactory, QuestionFactory
from tests.home.admin import client_of
from tests.thematic_months.asking import subjects
from tests.thematic_months.test_question_form import errors, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(django_capture_on_commit_callbacks):
    """change(question, answers, state="…") as a moderator; what the admin answered."""
    moderator = client_of(Role.MODERATOR)

    def save_form(question, answers=(), **fields):
        question.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            return save(moderator, question, answers, **fields)

    return save_form


def row(answer) -> dict[str, object]:
    return {"id": answer.pk, "expert": answer.expert_id, "text": answer.text}


def test_accepted(change):
    question = QuestionFactory()
    change(question, state="ACCEPTED")
    [message] = mail.outbox
    assert message.to == [question.member.email]
    assert message.subject.startswith("Przyjęliśmy Twoje pytanie")
    assert question.text in message.body
    assert "/moje-pytania/" in message.body


def test_declined_with_the_reason(change):
    change(QuestionFactory(), state="DECLINED", decline_reason="Już na to odpowiedzieliśmy.")
    [message] = mail.outbox
    assert "Powód: Już na to odpowiedzieliśmy." in message.body


def test_published_with_the_address(change):
    answer = AnswerFactory()
    change(answer.question, (row(answer),), state="ANSWERED")
    assert mail.outbox == []
    change(answer.question, (row(answer),), state="PUBLISHED")
    [message] = mail.outbox
    assert answer.question.path in message.body


def test_edited_question_keeps_the_original_and_its_asker_is_told(change):
    question = QuestionFactory(text="jak zaczac wspulprace?")
    change(question, text="Jak zacząć współpracę?")
    question.refresh_from_db()
    assert (question.text, question.original_text) == (
        "Jak zacząć współpracę?",
        "jak zaczac wspulprace?",
    )
    [message] = mail.outbox
    assert "> jak zaczac wspulprace?" in message.body
    change(question, text="Jak zacząć współpracę z kimś?")
    question.refresh_from_db()
    assert question.original_text == "jak zaczac wspulprace?"


def test_saving_without_a_change_tells_nobody(change):
    question = QuestionFactory()
    change(question, state="ACCEPTED")
    change(question)
    assert len(mail.outbox) == 1


def test_each_time_that_it_is_accepted_anew_is_told(change):
    question = QuestionFactory()
    change(question, state="ACCEPTED")
    change(question, state="DECLINED", decline_reason="Nie na temat.")
    change(question, state="ACCEPTED", decline_reason="Nie na temat.")
    assert [each.split(" – ")[0] for each in subjects()] == [
        "Przyjęliśmy Twoje pytanie",
        "Nie przyjęliśmy Twojego pytania",
        "Przyjęliśmy Twoje pytanie",
    ]


def test_nobody_is_written_to_whose_account_is_gone_or_switched_off(change):
    question = QuestionFactory()
    question.member.is_active = False
    question.member.save()
    change(question, state="ACCEPTED")
    change(QuestionFactory(member=None), state="ACCEPTED")
    assert mail.outbox == []


def test_second_of_two_moderators_is_told_of_the_first(change):
    question = QuestionFactory()
    change(question, state="ACCEPTED")
    response = change(question, state="DECLINED", decline_reason="Nie na temat.", seen_version=0)
    assert "Ktoś zmienił to pytanie" in errors(response)["__all__"][0]
    question.refresh_from_db()
    assert question.state == "ACCEPTED"
    assert len(mail.outbox) == 1
