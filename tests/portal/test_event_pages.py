"""Events and webinars on one timeline, and by place."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import EventStatus
from tests.factories import EventFactory, PlaceFactory, WebinarFactory, in_hours

pytestmark = pytest.mark.django_db

WARSAW = ZoneInfo("Europe/Warsaw")


def at(year, month, day, hour=12):
    starts = datetime.datetime(year, month, day, hour, tzinfo=WARSAW)
    return {"starts": starts, "ends": starts + datetime.timedelta(hours=1)}


def months(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return [
        (month.name, [entry.title for entry in month.entries])
        for month in response.context["months"]
    ]


def test_year_has_its_events_and_webinars_by_month(client):
    EventFactory(title="Warsztaty", **at(2017, 5, 10))
    WebinarFactory(title="Webinar", **at(2017, 5, 2))
    EventFactory(title="Spotkanie", **at(2017, 11, 1))
    EventFactory(title="Rok później", **at(2018, 1, 1))
    assert months(client, "/wydarzenia/?rok=2017") == [
        ("Maj 2017", ["Webinar", "Warsztaty"]),
        ("Listopad 2017", ["Spotkanie"]),
    ]


def test_event_of_new_years_night_in_warsaw_belongs_to_the_new_year(client):
    EventFactory(title="Po północy", **at(2018, 1, 1, hour=0))
    assert months(client, "/wydarzenia/?rok=2017") == []
    assert [titles for _name, titles in months(client, "/wydarzenia/?rok=2018")] == [["Po północy"]]


def test_without_a_year_it_shows_what_is_ahead(client):
    EventFactory(title="Było", starts=in_hours(-30), ends=in_hours(-29))
    EventFactory(title="Trwa", starts=in_hours(-1), ends=in_hours(1))
    EventFactory(title="Będzie", starts=in_hours(2), ends=in_hours(3))
    shown = [title for _name, titles in months(client, "/wydarzenia/") for title in titles]
    assert shown == ["Trwa", "Będzie"]


def test_cancelled_event_says_so(client):
    EventFactory(status=EventStatus.CANCELLED, **at(2017, 5, 10))
    [month] = client.get("/wydarzenia/?rok=2017").context["months"]
    assert month.entries[0].status == str(EventStatus.CANCELLED.label)


@pytest.mark.parametrize("year", ["dwa", "20170", "0000", "-201", "２０１７"])
def test_year_that_is_none_is_not_found(client, year):
    assert client.get("/wydarzenia/", {"rok": year}).status_code == 404


def test_hidden_event_is_on_no_page_and_in_no_year_or_place(client):
    place = PlaceFactory(name="Biblioteka w Łazach")
    EventFactory(title="Tajne", live=False, place=place, **at(2017, 5, 10))
    response = client.get("/wydarzenia/?rok=2017")
    assert response.context["months"] == []
    assert 2017 not in response.context["years"]
    assert response.context["places"] == []
    assert "Łazach" not in response.content.decode()


def test_place_has_its_events_the_newest_first(client):
    place = PlaceFactory(name="Biblioteka w Łazach", slug="lazy")
    EventFactory(title="Pierwsze", place=place, **at(2016, 5, 10))
    EventFactory(title="Drugie", place=place, **at(2017, 5, 10))
    EventFactory(title="Gdzie indziej", place=PlaceFactory(), **at(2017, 5, 10))
    assert months(client, "/miejsca/lazy/") == [
        ("Maj 2017", ["Drugie"]),
        ("Maj 2016", ["Pierwsze"]),
    ]


def test_unknown_place_is_not_found(client):
    assert client.get("/miejsca/nie-ma/").status_code == 404


def test_timeline_costs_the_same_with_many_events(client, django_assert_num_queries):
    def grow(number):
        for _each in range(number):
            EventFactory(place=PlaceFactory(), **at(2017, 5, 10))
            WebinarFactory(**at(2017, 6, 10))

    grow(1)
    client.get("/wydarzenia/?rok=2017")
    with CaptureQueriesContext(connection) as few:
        client.get("/wydarzenia/?rok=2017")
    grow(5)
    with django_assert_num_queries(len(few)):
        client.get("/wydarzenia/?rok=2017")


@pytest.mark.parametrize("year", ["0001", "1899", "20262", "dwa", "²⁰²⁶"])
def test_year_without_a_timeline_is_not_found(client, year):
    assert client.get("/wydarzenia/", {"rok": year}).status_code == 404
