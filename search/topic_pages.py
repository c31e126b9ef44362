"""Topics: the list of all, and for each the newest of every kind that is about it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.calendars import subscription
from cms.feeds import links_to
from cms.models import Topic
from cms.outward import outward_beside_the_tree
from cms.portal import portal_page
from cms.sight import Sight
from cms.sitemaps import section
from cms.tiles import Tile, tiles
from cms.visibility import Viewer, anonymous_viewer, viewer_of, visible
from search.access import AccessClasses
from search.indexing import page_models
from search.models import ArchiveEntry, EntryReference
from search.scope import TOPIC, Facet, Scope
from search.unsettled import unsettled

NEWEST = 6
# The order of a reader's interest.
FIRST_KINDS = ("THEMATIC_MONTH", "ARTICLE", "WEBINAR", "EXPERT", "PUBLICATION", "PROJECT")


@dataclass(frozen=True)
class KindShelf:
    """The newest of one kind; `more_url` leads to all of them in the archive, when there are
    more."""

    heading: str
    tiles: list[Tile]
    total: int
    more_url: str


@portal_page
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    topics = list(visible(Topic.objects.all(), viewer=viewer))
    references = EntryReference.objects.filter(kind=TOPIC, entry__in=scope_of(viewer).entries())
    counts = dict(references.values_list("slug").annotate(number=Count("pk")).order_by())
    listed = [{"topic": topic, "number": counts.get(topic.slug, 0)} for topic in topics]
    lead = _("Everything in the archive, by what it is about.")
    context = {
        "topics": listed,
        "outward": outward_beside_the_tree(_("Topics"), reverse("topics"), lead),
    }
    return render(request, "search/topics.html", context)


@portal_page
@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    topic = visible(Topic.objects.filter(slug=slug), viewer=viewer).first()
    if topic is None:
        raise Http404
    scope = scope_of(viewer).narrowed(Facet.TOPICS, (slug,))
    scope = scope.narrowed(Facet.KINDS, tuple(page_models()))
    context = {
        "topic": topic,
        "shelves": shelves(slug, scope, Sight(viewer)),
        "outward": outward_beside_the_tree(
            topic.title,
            request.path,
            topic.description or _("What the network has published about: %s") % topic.title,
            links_to("topic_feed", topic.title, slug=slug),
        ),
        "calendar_url": subscription(reverse("topic_calendar", args=[slug])),
    }
    return render(request, "search/topic.html", context)


@section("tematy", lambda row: (reverse("topic", args=[row[0]]), None))
def topic_rows() -> Any:
    return (
        visible(Topic.objects.all(), viewer=anonymous_viewer()).order_by("pk").values_list("slug")
    )


def scope_of(viewer: Viewer) -> Scope:
    return Scope(access=AccessClasses.of(viewer).ids, unsettled=unsettled())


def urls() -> list[URLPattern]:
    return [
        path("tematy/", topic_list, name="topics"),
        path("tematy/<slug:slug>/", topic_page, name="topic"),
    ]


def shelves(slug: str, scope: Scope, sight: Sight) -> list[KindShelf]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, object_id in newest(scope.entries()).values_list("kind", "object_id"):
        ids[kind].append(object_id)
    totals = dict(scope.entries().order_by().values_list("kind").annotate(number=Count("pk")))
    pages = sight.pages(pk for found in ids.values() for pk in found)
    made = {
        kind: tiles([pages[pk] for pk in found if pk in pages], sight)
        for kind, found in ids.items()
    }
    return [
        KindShelf(
            heading=str(page_models()[kind]._meta.verbose_name_plural),
            tiles=made[kind],
            total=totals[kind],
            more_url=all_url(slug, kind) if totals[kind] > len(made[kind]) else "",
        )
        for kind in sorted(made, key=place_of)
        if made[kind]
    ]


def newest(entries: QuerySet[ArchiveEntry]) -> QuerySet[ArchiveEntry, Any]:
    """The newest of each kind, in one query."""
    row = Window(RowNumber(), partition_by=F("kind"), order_by=[F("date").desc(), F("pk").desc()])
    return entries.annotate(row=row).filter(row__lte=NEWEST).order_by("kind", "row")


def place_of(kind: str) -> tuple[int, str]:
    return (FIRST_KINDS.index(kind) if kind in FIRST_KINDS else len(FIRST_KINDS), kind)


def all_url(slug: str, kind: str) -> str:
    query = urlencode([("temat", slug), ("rodzaj", kind)])
    return f"{reverse('archive')}?{query}"
