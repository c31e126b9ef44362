import datetime

import pytest

from cms.models import Contribution
from tests.factories import (
    ExpertFactory,
    QuestionFactory,
    SeriesFactory,
    ThematicMonthFactory,
    WebinarFactory,
    in_hours,
)
from tests.messages import refusals
from thematic_months.models import Question, ThematicMonth, Webinar, WebinarMaterial

# Validating a page looks at its place in the tree.
pytestmark = pytest.mark.django_db
WHEN = {"starts": in_hours(1), "ends": in_hours(2)}


def test_second_month_of_a_series_on_one_date_is_refused():
    month = ThematicMonthFactory(title="Lato z dziećmi", year=2016, month=7)
    other = ThematicMonthFactory(parent=month.get_parent())
    other.year, other.month = 2016, 7
    assert refusals(other) == {
        "month": [
            "This series already has a month on this date: “Lato z dziećmi”. Choose another date "
            "or edit that month.",
            "Ten cykl ma już miesiąc z tą datą: „Lato z dziećmi”. Wybierz inną datę albo popraw "
            "tamten miesiąc.",
        ]
    }


def test_month_is_no_twin_of_itself():
    assert refusals(ThematicMonthFactory()) == {}


def test_another_series_may_have_a_month_on_the_same_date():
    month = ThematicMonthFactory()
    other = ThematicMonthFactory(parent=SeriesFactory(), year=month.year, month=month.month)
    assert refusals(other) == {}


def test_form_for_a_new_month_says_that_the_date_is_taken(admin_client):
    month = ThematicMonthFactory(year=2016, month=7)
    series = month.get_parent()
    form = {
        "title": "Drugi lipiec", "slug": "drugi-lipiec", "year": "2016", "month": "7",
        "theme": "Temat", "lead": "", "body-count": "0", "audience": "PUBLIC",
        "published_on": "2016-07-01",
        "licence": "CC_BY_SA_4", "action-publish": "1",
    }  # fmt: skip
    for formset in ("experts", "programme", "contributions", "comments"):
        form |= {f"{formset}-TOTAL_FORMS": "0", f"{formset}-INITIAL_FORMS": "0"}
    answer = admin_client.post(f"/admin/pages/add/thematic_months/thematicmonth/{series.pk}/", form)
    assert answer.status_code == 200
    assert "Ten cykl ma już miesiąc z tą datą" in answer.content.decode()
    assert ThematicMonth.objects.count() == 1


@pytest.mark.parametrize("minutes", [0, -30])
def test_webinar_that_ends_before_it_starts_is_refused(minutes):
    starts = in_hours(1)
    webinar = Webinar(starts=starts, ends=starts + datetime.timedelta(minutes=minutes))
    assert refusals(webinar) == {
        "ends": [
            "The webinar ends before it starts. Correct one of the two times.",
            "Webinarium kończy się, zanim się zacznie. Popraw jedną z dwóch godzin.",
        ]
    }


def test_webinar_of_more_than_twelve_hours_is_refused():
    assert refusals(Webinar(starts=in_hours(1), ends=in_hours(13.1))) == {
        "ends": [
            "A webinar of more than 12 hours is probably a slip. Check the dates.",
            "Webinarium dłuższe niż 12 godzin to zapewne pomyłka. Sprawdź daty.",
        ]
    }


def test_open_registration_needs_an_address():
    assert refusals(Webinar(status="REGISTRATION", **WHEN)) == {
        "registration_url": [
            "Write the address for registration, or choose another status.",
            "Wpisz adres zapisów albo wybierz inny status.",
        ]
    }
    assert (
        refusals(Webinar(status="REGISTRATION", registration_url="https://example.org", **WHEN))
        == {}
    )


@pytest.mark.parametrize("fields", [{}, {"document_id": 1, "url": "https://example.org"}])
def test_material_is_a_document_or_an_address(fields):
    assert refusals(WebinarMaterial(title="Prezentacja", **fields)) == {
        "__all__": [
            "Choose a document or write an address: one of the two.",
            "Wybierz dokument albo wpisz adres: jedno z dwojga.",
        ]
    }


def test_material_with_one_of_the_two_is_accepted():
    assert refusals(WebinarMaterial(title="Prezentacja", url="https://example.org")) == {}


@pytest.mark.parametrize("with_expert", [True, False])
def test_contribution_is_by_an_expert_or_a_name(with_expert):
    both_or_none = (
        {"expert": ExpertFactory(), "name": "Anna Nowak"} if with_expert else {"name": "  "}
    )
    assert refusals(Contribution(**both_or_none)) == {
        "__all__": [
            "Choose an expert or write a name: one of the two.",
            "Wybierz eksperta albo wpisz imię i nazwisko: jedno z dwojga.",
        ]
    }


def test_contribution_shows_the_expert_or_the_name():
    expert = ExpertFactory(title="Maria Zielińska")
    by_expert, by_name = Contribution(expert=expert), Contribution(name="Anna Nowak")
    assert refusals(by_expert) == refusals(by_name) == {}
    assert [by_expert.display_name, by_name.display_name] == ["Maria Zielińska", "Anna Nowak"]


def test_declined_question_needs_a_reason():
    assert refusals(Question(state="DECLINED", decline_reason=" ")) == {
        "decline_reason": [
            "Say why: the asker will read it.",
            "Napisz dlaczego: przeczyta to osoba, która pyta.",
        ]
    }


def test_question_remembers_when_it_was_first_published():
    question = QuestionFactory()
    assert question.published_at is None
    question.state = "PUBLISHED"
    question.save()
    first = question.published_at
    question.save()
    assert first is not None
    assert question.published_at == first


@pytest.mark.parametrize(
    ("hours", "fields", "state"),
    [
        (0, {}, "PLANNED"),
        (0, {"status": "REGISTRATION"}, "REGISTRATION"),
        (1, {}, "LIVE"),
        (1, {"status": "REGISTRATION"}, "LIVE"),
        (1.9, {}, "LIVE"),
        (2, {}, "ENDED"),
        (2, {"recording_url": "https://example.org", "recording_consent": True}, "RECORDING"),
        (2, {"recording_url": "https://example.org", "recording_consent": False}, "ENDED"),
        (2, {"recording_consent": True}, "ENDED"),
        (0, {"status": "POSTPONED"}, "POSTPONED"),
        (1, {"status": "CANCELLED"}, "CANCELLED"),
        (
            3,
            {
                "status": "CANCELLED",
                "recording_url": "https://example.org",
                "recording_consent": True,
            },
            "CANCELLED",
        ),
    ],
)
def test_state_of_a_webinar_follows_the_clock(hours, fields, state):
    start = datetime.datetime(2016, 5, 10, 10, tzinfo=datetime.UTC)
    hour = datetime.timedelta(hours=1)
    webinar = Webinar(starts=start + hour, ends=start + 2 * hour, **fields)
    assert webinar.state_at(start + hours * hour) == state


def test_webinar_of_now_is_live():
    assert WebinarFactory(starts=in_hours(-0.5)).state == "LIVE"


@pytest.mark.parametrize(
    ("until", "is_open"), [(None, False), (in_hours(-1), False), (in_hours(1), True)]
)
def test_questions_are_open_until_the_given_time(until, is_open):
    assert ThematicMonth(questions_open_until=until).questions_open == is_open
