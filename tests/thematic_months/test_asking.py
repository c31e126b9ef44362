"""A member asks a month's experts in the browser."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import MemberFactory, QuestionFactory, ThematicMonthFactory, WebinarFactory
from tests.thematic_months.asking import (
    TEXT,
    ask_address,
    logged_in,
    open_month,
    post_question,
    value_of,
)
from thematic_months.models import Question

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def test_question_is_written_down_for_the_moderators():
    member = MemberFactory()
    month = open_month()
    response = post_question(logged_in(member), month)
    assert (response.status_code, response["Location"]) == (
        302,
        f"/moje-pytania/?wyslane={month.pk}",
    )
    question = Question.objects.get()
    assert (question.text, question.state, question.member, question.month) == (
        TEXT,
        "NEW",
        member,
        month,
    )
    assert question.display_name == ""


def test_name_is_shown_only_when_the_asker_chose_so():
    month = open_month()
    post_question(logged_in(), month, signature="named", display_name="Ola z Ełku")
    post_question(logged_in(), month, signature="anonymous", display_name="Jan Kos")
    assert list(Question.objects.order_by("pk").values_list("display_name", flat=True)) == [
        "Ola z Ełku",
        "",
    ]


@pytest.mark.parametrize(("chosen", "offered"), [("Ola z Ełku", "Ola z Ełku"), ("", None)])
def test_name_on_offer_is_the_profiles_signature_and_never_the_full_name(chosen, offered):
    member = MemberFactory(first_name="Aleksandra", last_name="Kos", display_name=chosen)
    page = logged_in(member).get(ask_address(open_month())).content
    assert value_of(page, "display_name") == offered
    assert "Aleksandra Kos" not in page.decode()


def test_name_that_was_to_be_shown_must_be_there():
    response = post_question(logged_in(), open_month(), signature="named", display_name=" ")
    assert response.status_code == 422
    assert "Wpisz podpis albo wybierz pytanie anonimowe." in text_of(response)
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Napisz treść."),
        ("Krótko", "Napisz trochę więcej: co najmniej 10 znaków."),
        ("a" * 2001, "To za długo: najwyżej 2000 znaków, a jest 2001."),
    ],
)
def test_length_is_bounded_and_what_was_typed_stays(text, message):
    response = post_question(logged_in(), open_month(), text=text)
    assert response.status_code == 422
    assert message in text_of(response)
    assert text in text_of(response)
    assert not Question.objects.exists()


def test_ends_of_lines_count_as_one_character_as_in_the_browser():
    text = "\r\n".join(["a" * 99] * 20) + "b"
    assert len(text.replace("\r\n", "\n")) == 2000
    assert post_question(logged_in(), open_month(), text=text).status_code == 302


def test_closed_month_takes_no_question():
    past = timezone.now() - datetime.timedelta(minutes=1)
    month = ThematicMonthFactory(questions_open_until=past)
    client = logged_in()
    assert "Wyślij pytanie" not in text_of(client.get(ask_address(month)))
    response = post_question(client, month)
    assert "Pytania do ekspertów tego miesiąca są zamknięte." in text_of(response)
    assert TEXT in text_of(response)
    assert not Question.objects.exists()


def test_question_may_be_about_a_webinar_of_the_month_alone():
    month = open_month()
    own, other = WebinarFactory(parent=month), WebinarFactory(parent=open_month())
    client = logged_in()
    assert post_question(client, month, webinar=other.pk).status_code == 422
    assert post_question(client, month, webinar=own.pk).status_code == 302
    assert Question.objects.get().webinar == own


def test_same_text_twice_is_one_question():
    month, client = open_month(), logged_in()
    post_question(client, month)
    response = post_question(client, month, text=f"  {TEXT.upper()} ")
    assert "To pytanie już od Ciebie mamy" in text_of(client.get(response["Location"]))
    assert Question.objects.count() == 1


def test_same_text_of_another_member_is_another_question():
    month = open_month()
    post_question(logged_in(), month)
    post_question(logged_in(), month)
    assert Question.objects.count() == 2


@pytest.mark.parametrize(
    ("hours_ago", "state", "limit", "message"),
    [
        (0.5, "PUBLISHED", "HOUR", "Na razie wystarczy."),
        (5, "PUBLISHED", "DAY", "Na razie wystarczy."),
        (90, "NEW", "OPEN", "Wyślij następne, gdy zapadnie decyzja"),
    ],
)
def test_flood_is_stopped_and_the_text_stays(settings, hours_ago, state, limit, message):
    settings.QUESTION_LIMITS = {"HOUR": 9, "DAY": 9, "OPEN": 9} | {limit: 2}
    member, month = MemberFactory(), open_month()
    asked_at = timezone.now() - datetime.timedelta(hours=hours_ago)
    for number in range(2):
        QuestionFactory(member=member, text=f"Pytanie {number}", state=state, asked_at=asked_at)
    response = post_question(logged_in(member), month)
    assert message in text_of(response)
    assert TEXT in text_of(response)
    assert Question.objects.filter(month=month).count() == 0
    assert post_question(logged_in(), month).status_code == 302


def test_time_makes_room_again(settings):
    settings.QUESTION_LIMITS = {"HOUR": 1, "DAY": 9, "OPEN": 9}
    member = MemberFactory()
    QuestionFactory(member=member, asked_at=timezone.now() - datetime.timedelta(minutes=61))
    assert post_question(logged_in(member), open_month()).status_code == 302


def test_stranger_sees_the_questions_and_the_way_in():
    month = open_month()
    shown = QuestionFactory(month=month, state="PUBLISHED", text="Widać to pytanie?")
    QuestionFactory(month=month, state="NEW", text="Tego nie widać")
    page = text_of(Client().get(ask_address(month)))
    assert shown.path in page
    assert "Tego nie widać" not in page
    assert "Wyślij pytanie" not in page
    assert f"next={ask_address(month).replace('/', '%2F')}" in page


def test_hidden_month_has_no_questions_page():
    month = open_month(live=False)
    client = logged_in()
    assert client.get(ask_address(month)).status_code == 404
    assert post_question(client, month).status_code == 404


def test_published_question_has_its_own_page():
    question = QuestionFactory(state="PUBLISHED", text="Czy to działa?", display_name="Ola")
    page = text_of(Client().get(question.path))
    assert "Czy to działa?" in page
    assert "Ola" in page


@pytest.mark.parametrize("state", ["NEW", "ACCEPTED", "ANSWERED", "DECLINED"])
def test_question_that_is_not_published_has_no_page(state):
    assert Client().get(QuestionFactory(state=state).path).status_code == 404


def test_question_is_found_below_its_own_month_alone():
    question, other = QuestionFactory(state="PUBLISHED"), open_month()
    assert Client().get(f"{ask_address(other)}{question.pk}/").status_code == 404


def test_member_sees_the_states_of_their_own_questions_alone():
    member = MemberFactory()
    QuestionFactory(member=member, text="Moje pytanie", state="DECLINED", decline_reason="Bo tak.")
    QuestionFactory(text="Cudze pytanie")
    response = logged_in(member).get("/moje-pytania/")
    assert "Moje pytanie" in text_of(response)
    assert "Bo tak." in text_of(response)
    assert "Cudze pytanie" not in text_of(response)
    assert "no-store" in response["Cache-Control"]


def test_stranger_is_led_to_the_log_in():
    response = Client().get("/moje-pytania/")
    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2Fmoje-pytania%2F")
