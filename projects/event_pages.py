"""Events and webinars on one timeline: a year at a time, and those of one place."""

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.collation import dictionary_key
from cms.models import HubPage, Place
from cms.outward import outward_beside_the_tree
from cms.portal import portal_page
from cms.sight import Sight
from cms.sitemaps import section
from cms.tiles import span
from cms.visibility import anonymous_viewer, viewer_of, visible
from projects.models import Event, EventStatus
from thematic_months.models import Webinar

# A year has fewer; whoever makes more sees the first ones of the year.
MOST = 500
# Before it there was nothing that a timeline knows.
FIRST_YEAR = 1900


@dataclass(frozen=True)
class Entry:
    """A line of the timeline."""

    title: str
    path: str
    kind: str
    starts: datetime.datetime
    when: str
    where: str
    status: str


@dataclass(frozen=True)
class Month:
    name: str
    entries: list[Entry]


@portal_page
@require_safe
def events_page(request: HttpRequest) -> HttpResponse:
    """What is ahead, or with ?rok= the events of a year."""
    sight = Sight(viewer_of(request))
    year = chosen_year(request)
    now = sight.viewer.now
    condition = Q(ends__gte=now) if year is None else Q(starts__year=year)
    found = entries([event_rows(sight), webinar_rows(sight)], condition, sight)
    return shown(request, found, heading_year=year, years=years(sight), places=places(sight))


@portal_page
@require_safe
def place_page(request: HttpRequest, slug: str) -> HttpResponse:
    sight = Sight(viewer_of(request))
    place = visible(Place.objects.filter(slug=slug), viewer=sight.viewer).first()
    if place is None:
        raise Http404
    found = entries([event_rows(sight).filter(place=place)], Q(), sight)
    found.reverse()
    return shown(request, found, place=place)


@section("miejsca", lambda row: (reverse("place", args=[row[0]]), None))
def place_rows() -> Any:
    """Where something took place that everyone may see."""
    sight = Sight(anonymous_viewer())
    held = event_rows(sight).order_by().values("place")
    found = visible(Place.objects.filter(pk__in=held), viewer=sight.viewer)
    return found.order_by("pk").values_list("slug")


def urls() -> list[URLPattern]:
    return [
        path("wydarzenia/", events_page, name="events"),
        path("miejsca/<slug:slug>/", place_page, name="place"),
    ]


def shown(request: HttpRequest, found: list[Entry], **context: Any) -> HttpResponse:
    place = context.get("place")
    outward = outward_beside_the_tree(
        place.name if place else _("Events"),
        request.get_full_path(),
        place.town
        if place
        else _("Events and webinars of the network: what is to come and what has been."),
    )
    context = {"months": months(found), "outward": outward, **context}
    return render(request, "projects/events.html", context)


def chosen_year(request: HttpRequest) -> int | None:
    text = request.GET.get("rok", "")
    if not text:
        return None
    if len(text) != 4 or not (text.isascii() and text.isdecimal()) or int(text) < FIRST_YEAR:
        raise Http404
    return int(text)


def event_rows(sight: Sight) -> QuerySet[Event]:
    return visible(Event.objects.all(), viewer=sight.viewer)


def webinar_rows(sight: Sight) -> QuerySet[Webinar]:
    return visible(Webinar.objects.all(), viewer=sight.viewer)


def entries(rows: list[QuerySet[Any]], condition: Q, sight: Sight) -> list[Entry]:
    pages = [page for each in rows for page in each.filter(condition).order_by("starts")[:MOST]]
    pages.sort(key=lambda page: (page.starts, page.pk))
    held = sight.of(Place, (page.place_id for page in pages if isinstance(page, Event)))
    return [entry(page, sight, held) for page in pages]


def entry(page: HubPage, sight: Sight, held: dict[int, Place]) -> Entry:
    if isinstance(page, Event):
        place = held.get(page.place_id or 0)
        where = str(place) if place else ""
        kind, is_on = str(page.get_kind_display()), page.status == EventStatus.PLANNED
        status = "" if is_on else str(page.get_status_display())
    else:
        where, kind = "", str(page._meta.verbose_name)
        status = str(page.state_at(sight.viewer.now).label)
    return Entry(
        title=page.title,
        path=sight.path(page),
        kind=kind,
        starts=page.starts,
        when=span(page.starts, page.ends),
        where=where,
        status=status,
    )


def months(found: list[Entry]) -> list[Month]:
    """In the order given, which is by time, either way."""

    def name(each: Entry) -> str:
        return date_format(timezone.localtime(each.starts), "YEAR_MONTH_FORMAT")

    return [Month(key, list(group)) for key, group in groupby(found, key=name)]


def years(sight: Sight) -> list[int]:
    found: set[int] = set()
    for rows in (event_rows(sight), webinar_rows(sight)):
        found.update(
            rows.order_by().annotate(year=ExtractYear("starts")).values_list("year", flat=True)
        )
    return sorted(found, reverse=True)


def places(sight: Sight) -> list[dict[str, Any]]:
    """Where something took place, with how many events, as on a map: by voivodeship and town."""
    counts = dict(
        event_rows(sight)
        .filter(place__isnull=False)
        .order_by()
        .values_list("place")
        .annotate(number=Count("pk"))
    )
    found = sight.of(Place, counts).values()
    ordered = sorted(
        found,
        key=lambda each: [
            dictionary_key(text) for text in (each.get_voivodeship_display(), each.town, each.name)
        ],
    )
    return [
        {
            "voivodeship": voivodeship,
            "places": [{"place": each, "number": counts[each.pk]} for each in group],
        }
        for voivodeship, group in groupby(ordered, key=lambda each: each.get_voivodeship_display())
    ]
