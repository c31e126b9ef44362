"""Nothing that was typed is lost when a session or a form's token ended meanwhile."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import MemberFactory
from tests.members.accounts import log_in
from tests.thematic_months.asking import TEXT, ask_address, logged_in, open_month, post_question
from thematic_months.models import Question, ThematicMonth

pytestmark = pytest.mark.django_db


def fields_of(page: bytes) -> dict[str, str]:
    """The hidden fields of the page's form."""
    html = page.decode()
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return dict(found)


def test_text_comes_back_after_the_log_in():
    member, month = MemberFactory(), open_month()
    client = logged_in(member)
    given = fields_of(client.get(ask_address(month)).content)
    client.session.flush()

    response = post_question(client, month, sender=given["sender"])
    assert response.status_code == 302
    assert f"next={ask_address(month).replace('/', '%2F')}" in response["Location"]
    assert not Question.objects.exists()

    answer = log_in(client, member.email, after=ask_address(month), password="tajne-haslo")
    page = client.get(answer["Location"]).content.decode()
    assert TEXT in page
    assert "Logowanie wygasło, ale nic nie przepadło" in page
    assert TEXT not in client.get(ask_address(month)).content.decode()


def test_text_can_be_copied_when_questions_closed_during_the_log_in():
    member, month = MemberFactory(), open_month()
    client = logged_in(member)
    given = fields_of(client.get(ask_address(month)).content)
    client.session.flush()
    post_question(client, month, sender=given["sender"])
    ThematicMonth.objects.update(questions_open_until=timezone.now())

    answer = log_in(client, member.email, after=ask_address(month), password="tajne-haslo")
    page = client.get(answer["Location"]).content.decode()
    assert re.search(rf'<textarea class="left-over" [^>]*readonly[^>]*>{re.escape(TEXT)}<', page)
    [alert] = re.findall(r'role="alert">([^<]*)<', page)
    assert alert.startswith("Pytania do ekspertów tego miesiąca są zamknięte.")
    assert "Wyślij pytanie" not in page


def test_text_is_not_shown_to_somebody_else_who_logs_in_there():
    month = open_month()
    client = logged_in()
    given = fields_of(client.get(ask_address(month)).content)
    client.session.flush()
    post_question(client, month, sender=given["sender"])
    client.force_login(MemberFactory())
    assert TEXT not in client.get(ask_address(month)).content.decode()


def test_text_of_a_form_that_was_given_to_nobody_is_not_kept():
    client, month = Client(), open_month()
    post_question(client, month, sender="1:made:up")
    assert not client.session.keys()


def test_form_with_a_wrong_token_is_shown_again_with_what_was_typed():
    member, month = MemberFactory(), open_month()
    client = logged_in(member, enforce_csrf_checks=True)
    response = post_question(client, month, csrfmiddlewaretoken="a" * 64)
    page = response.content.decode()
    assert response.status_code == 403
    assert TEXT in page
    assert "Formularz był otwarty zbyt długo" in page
    assert not Question.objects.exists()

    again = fields_of(response.content)
    response = post_question(client, month, **again)
    assert response.status_code == 302
    assert Question.objects.get().text == TEXT


def test_other_forms_with_a_wrong_token_get_the_plain_page():
    client = logged_in(enforce_csrf_checks=True)
    response = client.post("/_util/login/", {"username": "a"})
    assert response.status_code == 403
    assert "Formularz był otwarty zbyt długo" in response.content.decode()
