"""Calendars (RFC 5545, with names and refreshing after RFC 7986): of all that happens, of what
stands at or below a page, and of a topic. One event is the calendar of its own page.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from cms.models import HubPage
from cms.open_answers import open_answer
from cms.paths import absolute, canonical, path_of
from cms.scopes import Scope, about_topic, below_page, is_open_to_all, topics_by_page, whole
from cms.visibility import Viewer, anonymous_viewer

CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST_EVENTS = 500
# How long what is over stays in a calendar that one has subscribed to.
BACK = datetime.timedelta(days=365)
REFRESH = datetime.timedelta(hours=6)
WARSAW = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True)
class Happening:
    """What a calendar tells of a page beside its title, lead and address. `status` is iCalendar's:
    CONFIRMED, TENTATIVE (put off, with a date that no longer holds) or CANCELLED.
    """

    starts: datetime.datetime
    ends: datetime.datetime
    status: str = "CONFIRMED"
    location: str = ""
    prefix: str = ""


@dataclass(frozen=True)
class Source:
    """A model of pages with columns `starts` and `ends`."""

    happening: Callable[[Any], Happening]
    select_related: tuple[str, ...] = ()


SOURCES: dict[type[HubPage], Source] = {}


def happens(model: type[HubPage], *select_related: str) -> Callable[[Any], Any]:
    """Register the function page → Happening of a kind of pages, in the app's calendars.py."""

    def register(function: Callable[[Any], Happening]) -> Callable[[Any], Happening]:
        SOURCES[model] = Source(function, select_related)
        return function

    return register


def calendar_address(page: HubPage, viewer: Viewer) -> str:
    """Path of the page's calendar, "" when not everyone may see the page."""
    if not page.pk or not is_open_to_all(page, viewer):
        return ""
    return reverse("calendar_below", args=[page.pk])


def subscription(address: str) -> str:
    """The address that a calendar program opens by itself."""
    return "webcal://" + absolute(address).split("://", 1)[1]


def events_of(scope: Scope, viewer: Viewer) -> list[HubPage]:
    """The newest first, those that are long over left out, unless the page itself is asked for."""
    found: list[HubPage] = []
    for model, source in SOURCES.items():
        pages = scope.pages(model, viewer)
        is_this = scope.page is not None and scope.page.specific_class is model
        if not is_this:
            pages = pages.filter(ends__gt=viewer.now - BACK)
        related = pages.select_related(*source.select_related) if source.select_related else pages
        found += related.order_by("-starts", "-pk")[:MOST_EVENTS]
    found.sort(key=lambda page: (page.starts, page.pk), reverse=True)
    return found[:MOST_EVENTS]


def changed_at(page: HubPage) -> datetime.datetime:
    """When it was last published. Not when it was edited: that would tell of drafts."""
    moment: datetime.datetime | None = page.last_published_at or page.first_published_at
    return moment or datetime.datetime.combine(page.published_on, datetime.time(), WARSAW)


def sequence_of(page: HubPage) -> int:
    """Grows with each publication (RFC 5545, 3.8.7.4): seconds since the first one."""
    first, last = page.first_published_at, page.last_published_at
    return max(int((last - first).total_seconds()), 0) if first and last else 0


def event_of(page: HubPage, topics: list[str]) -> Event:
    about = SOURCES[type(page)].happening(page)
    event = Event()
    # The page's own number for life: it stays when the page moves, is renamed or changes its date.
    event.add("uid", str(page.translation_key))
    event.add("sequence", sequence_of(page))
    changed = changed_at(page).astimezone(datetime.UTC)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", about.starts.astimezone(WARSAW))
    event.add("dtend", about.ends.astimezone(WARSAW))
    event.add("summary", f"{about.prefix}: {page.title}" if about.prefix else page.title)
    address = canonical(path_of(page))
    event.add("description", f"{page.lead}\n\n{address}".strip())
    event.add("url", address)
    event.add("status", about.status)
    if about.status != "CONFIRMED":
        event.add("transp", "TRANSPARENT")
    if about.location:
        event.add("location", about.location)
    if topics:
        event.add("categories", topics)
    return event


def calendar_of(scope: Scope, pages: list[HubPage]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//LABiB//Hub//PL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = scope.title(_("events"))
    calendar.add("name", name)
    # What programs read that do not know RFC 7986.
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", WARSAW.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add("url", canonical(scope.path))
    calendar.add_component(warsaw())
    topics = topics_by_page(pages)
    for page in pages:
        calendar.add_component(event_of(page, [each.title for each in topics.get(page.pk, ())]))
    return calendar


def warsaw() -> Timezone:
    """Summer time by the rule that holds since 1996, which every program understands."""
    zone = Timezone()
    zone.add("tzid", WARSAW.key)
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime.datetime(1996, 3, 31, 2), 3, 1, 2),
        (TimezoneStandard(), "CET", datetime.datetime(1996, 10, 27, 3), 10, 2, 1),
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", datetime.timedelta(hours=before))
        part.add("tzoffsetto", datetime.timedelta(hours=after))
        zone.add_component(part)
    return zone


def answer(request: HttpRequest, scope: Scope, viewer: Viewer) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        pages = events_of(scope, viewer)
        content = calendar_of(scope, pages).to_ical()
    changed = max(map(changed_at, pages), default=None)
    name = scope.address.replace("/", "-") or "labib"
    return open_answer(request, content, CONTENT_TYPE, changed=changed, filename=f"{name}.ics")


@require_safe
def whole_calendar(request: HttpRequest) -> HttpResponse:
    return answer(request, whole(), anonymous_viewer())


@require_safe
def calendar_below(request: HttpRequest, page_id: int) -> HttpResponse:
    viewer = anonymous_viewer()
    return answer(request, below_page(page_id, viewer), viewer)


@require_safe
def topic_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(request, about_topic(slug), anonymous_viewer())


def urls() -> list[URLPattern]:
    return [
        path("kalendarz.ics", whole_calendar, name="calendar"),
        path("kalendarz/<int:page_id>.ics", calendar_below, name="calendar_below"),
        path("kalendarz/temat/<slug:slug>.ics", topic_calendar, name="topic_calendar"),
    ]
