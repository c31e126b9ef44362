"""Calendars, read as a calendar program reads them."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from cms.models import Audience
from cms.paths import path_of
from projects.models import EventStatus
from tests.cms.test_serving import restrict
from tests.factories import (
    EventFactory,
    MemberFactory,
    PlaceFactory,
    ProjectFactory,
    SeriesFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    in_hours,
)
from thematic_months.models import WebinarStatus

WARSAW = ZoneInfo("Europe/Warsaw")


def read(client, address="/kalendarz.ics"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def titles(calendar):
    return [str(event["summary"]) for event in calendar.walk("VEVENT")]


def only_event(client, address="/kalendarz.ics"):
    (event,) = read(client, address).walk("VEVENT")
    return event


def publish(page):
    with transaction.atomic():
        page.save_revision().publish()
    page.refresh_from_db()


def test_webinar_stands_there_with_all_that_everyone_may_know(db, client):
    webinar = WebinarFactory(
        title="Lekcje; online, bez tremy",
        lead="Jak zacząć.",
        starts=datetime.datetime(2030, 7, 4, 17, 0, tzinfo=WARSAW),
        topics=[TopicFactory(title="Webinary")],
        join_url="https://example.org/pokoj",
        registration_url="https://example.org/zapisy",
    )
    event = only_event(client)
    assert str(event["summary"]) == "Lekcje; online, bez tremy"
    assert event["dtstart"].dt == datetime.datetime(2030, 7, 4, 17, 0, tzinfo=WARSAW)
    assert event["dtstart"].params["TZID"] == "Europe/Warsaw"
    assert event["dtend"].dt == datetime.datetime(2030, 7, 4, 18, 0, tzinfo=WARSAW)
    address = f"http://localhost:8000{path_of(webinar)}"
    assert str(event["url"]) == address
    assert str(event["description"]) == f"Jak zacząć.\n\n{address}"
    assert str(event["location"]) == "online"
    assert str(event["status"]) == "CONFIRMED"
    assert event["categories"].to_ical() == b"Webinary"
    assert str(event["uid"]) == str(webinar.translation_key)


def test_address_for_joining_is_in_no_calendar_of_anybody(db, client):
    webinar = WebinarFactory(join_url="https://example.org/pokoj")
    client.force_login(MemberFactory())
    for address in ("/kalendarz.ics", f"/kalendarz/{webinar.pk}.ics"):
        assert b"pokoj" not in client.get(address).content


def test_zone_changes_to_summer_time_as_poland_does(db, client):
    zone = read(client).walk("VTIMEZONE")[0]
    # By the rule in the file, without a database of zones.
    local = zone.to_tz(lookup_tzid=False)
    for moment in (
        datetime.datetime(2030, 1, 1, 12),
        datetime.datetime(2030, 3, 31, 3),
        datetime.datetime(2030, 7, 1, 12),
        datetime.datetime(2030, 10, 27, 4),
    ):
        assert moment.replace(tzinfo=local).utcoffset() == moment.replace(tzinfo=WARSAW).utcoffset()


@pytest.mark.parametrize(
    ("status", "expected", "summary"),
    [
        (WebinarStatus.CANCELLED, "CANCELLED", "Odwołano: Webinar"),
        (WebinarStatus.POSTPONED, "TENTATIVE", "Przełożono: Webinar"),
    ],
)
def test_webinar_that_does_not_take_place_says_so(db, client, status, expected, summary):
    WebinarFactory(title="Webinar", status=status)
    event = only_event(client)
    assert str(event["status"]) == expected
    assert str(event["summary"]) == summary
    assert str(event["transp"]) == "TRANSPARENT"


def test_event_names_its_place_and_its_cancellation(db, client):
    place = PlaceFactory(name="Biblioteka Miejska", town="Kłodzko")
    EventFactory(title="Zjazd", place=place, status=EventStatus.CANCELLED)
    event = only_event(client)
    assert str(event["location"]) == f"{place}, online"
    assert str(event["status"]) == "CANCELLED"


def test_event_is_the_same_one_after_a_move_and_a_new_date_and_counts_its_changes(db, client):
    webinar = WebinarFactory(title="Webinar", live=False)
    publish(webinar)
    before = only_event(client)
    with transaction.atomic():
        webinar.move(ThematicMonthFactory(), pos="last-child")
    webinar.refresh_from_db()
    webinar.slug, webinar.status = "inny-adres", WebinarStatus.CANCELLED
    webinar.first_published_at -= datetime.timedelta(hours=1)
    publish(webinar)
    after = only_event(client)
    assert str(after["uid"]) == str(before["uid"])
    assert before["sequence"] == 0
    assert after["sequence"] >= 3600
    assert after["last-modified"].dt >= before["last-modified"].dt
    assert str(after["url"]).endswith("/inny-adres/")


def test_draft_of_a_change_changes_nothing(db, client):
    webinar = WebinarFactory(title="Webinar")
    before = client.get("/kalendarz.ics").content
    webinar.title = "Tajny szkic"
    with transaction.atomic():
        webinar.save_revision()
    assert client.get("/kalendarz.ics").content == before


def test_calendars_of_a_series_of_a_topic_and_of_one_event(db, client):
    series, topic = SeriesFactory(title="Seria"), TopicFactory(slug="seniorzy", title="Seniorzy")
    month = ThematicMonthFactory(parent=series)
    one = WebinarFactory(parent=month, title="W serii", topics=[topic])
    WebinarFactory(parent=month, title="Też w serii")
    WebinarFactory(title="Gdzie indziej")
    EventFactory(title="Spotkanie", topics=[topic])
    assert sorted(titles(read(client, f"/kalendarz/{series.pk}.ics"))) == ["Też w serii", "W serii"]
    calendar = read(client, "/kalendarz/temat/seniorzy.ics")
    assert sorted(titles(calendar)) == ["Spotkanie", "W serii"]
    assert str(calendar["name"]) == "LABiB – wydarzenia: Seniorzy"
    assert titles(read(client, f"/kalendarz/{one.pk}.ics")) == ["W serii"]


def test_what_is_long_over_is_left_out_of_what_one_subscribes_to(db, client):
    old = WebinarFactory(title="Dawny", starts=in_hours(-24 * 400))
    assert titles(read(client)) == []
    assert titles(read(client, f"/kalendarz/{old.pk}.ics")) == ["Dawny"]


def test_only_what_everyone_may_see_is_there_whoever_asks(db, client, member, association):
    WebinarFactory(title="Jawny", audience=Audience.MEMBERS)
    draft = WebinarFactory(title="Tajny szkic", live=False)
    private = WebinarFactory(title="Tajny dla zalogowanych")
    restrict(private, PageViewRestriction.LOGIN)
    closed = ThematicMonthFactory()
    restrict(closed, PageViewRestriction.GROUPS, association)
    below = WebinarFactory(parent=closed, title="Tajny dla grupy")
    WebinarFactory(parent=ThematicMonthFactory(live=False), title="Tajny poniżej szkicu")
    WebinarFactory(title="Tajny wygasły", expire_at=in_hours(-1))
    member.groups.add(association)
    for log_in in (False, True):
        if log_in:
            client.force_login(member)
        assert titles(read(client)) == ["Jawny"]
        for hidden in (draft, private, closed, below):
            assert client.get(f"/kalendarz/{hidden.pk}.ics").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/kalendarz/999999.ics",
        "/kalendarz/99999999999999999999999999.ics",
        "/kalendarz/1.ics",
        "/kalendarz/temat/nie-ma.ics",
    ],
)
def test_calendar_of_nothing_is_not_found(db, client, address):
    assert client.get(address).status_code == 404


def test_calendar_is_kept_by_caches_and_not_sent_twice(db, client):
    webinar = WebinarFactory()
    first = client.get("/kalendarz.ics")
    assert first["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in first.get("Vary", "")
    assert "Last-Modified" not in client.get("/kalendarz/temat/nie-ma.ics")
    again = client.get("/kalendarz.ics", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    with transaction.atomic():
        webinar.unpublish()
    changed = client.get("/kalendarz.ics", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert client.head("/kalendarz.ics")["ETag"] == changed["ETag"]
    assert client.post("/kalendarz.ics").status_code == 405


def test_withdrawal_is_told_to_who_asks_by_date_alone(db, client):
    publish(WebinarFactory(title="Zostaje", live=False))
    gone = WebinarFactory(title="Znika", live=False)
    publish(gone)
    first = client.get("/kalendarz.ics")
    with transaction.atomic():
        gone.unpublish()
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get("/kalendarz.ics", headers=since).status_code == 200


def test_calendar_costs_the_same_queries_for_few_and_many(
    db, client, django_assert_max_num_queries
):
    client.get("/")
    for number in (1, 6):
        for _each in range(number):
            WebinarFactory(topics=[TopicFactory()])
            EventFactory(place=PlaceFactory(), topics=[TopicFactory()], parent=ProjectFactory())
        with django_assert_max_num_queries(6):
            assert client.get("/kalendarz.ics").status_code == 200
