"""The archive in a browser: search, suggestions while typing, and the feed of a search."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models import HubImage, Topic
from cms.serving import portal_page
from cms.sight import Sight
from cms.visibility import viewer_of, visible
from search.archive import LONGEST_TEXT, ArchiveRequest, ArchiveResults, BadRequest, Hit, search
from search.archive_addresses import ORDERS, Address
from search.indexing import is_archived
from search.kind_names import kind_name, kind_names
from search.ordering import BadCursor
from thematic_months.models import Series

ON_A_PAGE = 20
SUGGESTIONS = 8


@dataclass(frozen=True)
class Result:
    """A hit as the page shows it."""

    hit: Hit
    kind: str
    image: HubImage | None


@dataclass(frozen=True)
class Choice:
    """A link that makes or takes back a choice."""

    label: str
    url: str


@portal_page
def archive_page(request: HttpRequest) -> HttpResponse:
    address = Address.of(request.GET)
    sight = Sight(viewer_of(request))
    problem, results = "", None
    try:
        results = search(request_of(address, sight), viewer=sight.viewer)
    except BadCursor:
        address = address.first_page()
        results = search(request_of(address, sight), viewer=sight.viewer)
    except BadRequest:
        problem = explain(address)
    context: dict[str, Any] = {
        "address": address,
        "problem": problem,
        "results": results,
        "longest": LONGEST_TEXT,
        "hidden_pairs": [pair for pair in address.first_page().pairs() if pair[0] != "q"],
        "orders": orders(address),
        "feed_url": address.first_page().url("archive_feed"),
        "chips": chips(address, sight),
        "clear_url": Address(q=address.q).url(),
    }
    if results is not None:
        context |= shown(results, address, sight)
    status = 200 if results is not None else 400
    return render(request, "search/archive.html", context, status=status)


@portal_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a reader who is still typing may mean, for the list below the field."""
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    if not text:
        return JsonResponse({"suggestions": []})
    wanted = ArchiveRequest(text=text, first=SUGGESTIONS, while_typing=True)
    results = search(wanted, viewer=viewer_of(request))
    return JsonResponse(
        {
            "suggestions": [
                {
                    "title": hit.entry.title,
                    "html": hit.title,
                    "kind": kind_name(hit.entry.kind),
                    "path": hit.entry.path,
                }
                for hit in results.hits
            ]
        }
    )


def urls() -> list[URLPattern]:
    return [
        path("archiwum/", archive_page, name="archive"),
        path("archiwum/podpowiedzi/", suggestions, name="archive_suggestions"),
    ]


def request_of(address: Address, sight: Sight) -> ArchiveRequest:
    """Raises BadRequest for what the archive cannot look for."""
    if not all(map(is_archived, address.rodzaj)):
        raise BadRequest("unknown kind")
    for text, number in ((address.od, address.year_from), (address.do, address.year_to)):
        if text and number is None:
            raise BadRequest("not a year")
    return ArchiveRequest(
        text=address.q,
        kinds=address.rodzaj,
        topics=address.temat,
        series_id=series_id(address, sight),
        year_from=address.year_from,
        year_to=address.year_to,
        order=address.order,
        first=ON_A_PAGE,
        after=address.po or None,
    )


def series_id(address: Address, sight: Sight) -> int | None:
    if not address.seria:
        return None
    found = visible(Series.objects.filter(slug=address.seria[0]), viewer=sight.viewer).first()
    if found is None:
        raise BadRequest("unknown series")
    return int(found.pk)


def explain(address: Address) -> str:
    """In the reader's language, what is wrong with the address."""
    if address.is_too_long:
        return _(
            "The question is longer than %(number)d characters. Leave out what matters least."
        ) % {"number": LONGEST_TEXT}
    if (address.od and not address.year_from) or (address.do and not address.year_to):
        return _("Write a year with four digits, for example 2017.")
    return _("This address has a choice in it that the archive does not know.")


def shown(results: ArchiveResults, address: Address, sight: Sight) -> dict[str, Any]:
    pages = sight.pages(hit.entry.object_id for hit in results.hits if hit.entry.kind != "QUESTION")
    images = sight.images(page.cover_id for page in pages.values())
    found = [
        Result(
            hit,
            kind_name(hit.entry.kind),
            images.get(getattr(pages.get(hit.entry.object_id), "cover_id", None) or 0),
        )
        for hit in results.hits
    ]
    more = results.has_next and results.end_cursor
    correction = results.did_you_mean
    return {
        "found": found,
        "status": status_of(results, address),
        "correction": correction,
        "correction_url": address.first_page(q=correction).url() if correction else "",
        "next_url": address.page_after(results.end_cursor).url()
        if more and results.end_cursor
        else "",
        "first_url": address.first_page().url() if address.number > 1 else "",
        "kinds": kind_choices(address),
    }


def status_of(results: ArchiveResults, address: Address) -> str:
    number = ngettext("%(number)d result", "%(number)d results", results.total) % {
        "number": results.total
    }
    return f"{number}, {_('page')} {address.number}" if address.number > 1 else number


def orders(address: Address) -> list[dict[str, Any]]:
    names = {
        "trafnosc": _("most relevant first"),
        "najnowsze": _("newest first"),
        "najstarsze": _("oldest first"),
        "tytul": _("by title"),
    }
    default = "trafnosc" if address.q else "najnowsze"
    chosen = address.kolejnosc if address.kolejnosc in ORDERS else default
    return [
        {"value": value, "label": label, "is_chosen": value == chosen}
        for value, label in names.items()
        if value != "trafnosc" or address.q
    ]


def kind_choices(address: Address) -> list[Choice]:
    return [
        Choice(name, address.toggled("rodzaj", kind).url())
        for kind, name in kind_names().items()
        if kind not in address.rodzaj
    ]


def chips(address: Address, sight: Sight) -> Iterable[Choice]:
    """What is chosen, each with the address without it."""
    made = [
        Choice(kind_name(kind), address.toggled("rodzaj", kind).url())
        for kind in address.rodzaj
        if is_archived(kind)
    ]
    titles = (
        dict(
            visible(Topic.objects.filter(slug__in=address.temat), viewer=sight.viewer).values_list(
                "slug", "title"
            )
        )
        if address.temat
        else {}
    )
    made += [
        Choice(titles.get(slug, slug), address.toggled("temat", slug).url())
        for slug in address.temat
    ]
    if address.seria:
        series = visible(Series.objects.filter(slug=address.seria[0]), viewer=sight.viewer).first()
        label = series.title if series else address.seria[0]
        made.append(Choice(label, address.first_page(seria=()).url()))
    if address.od or address.do:
        years = "–".join(dict.fromkeys([address.od or "…", address.do or "…"]))
        made.append(Choice(years, address.first_page(od="", do="").url()))
    return made
