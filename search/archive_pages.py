"""The archive in a browser: search, suggestions while typing, and the feed of a search."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models import HubImage
from cms.serving import portal_page
from cms.sight import Sight
from cms.visibility import viewer_of
from search.archive import LONGEST_TEXT, ArchiveRequest, ArchiveResults, BadRequest, Hit, search
from search.archive_addresses import ORDERS, Address
from search.facets import FacetValue
from search.kind_names import kind_name
from search.ordering import BadCursor
from search.scope import Facet

ON_A_PAGE = 20
SUGGESTIONS = 8
# The parameter of the address that each filter is.
PARAMETERS = {
    Facet.KINDS: "rodzaj",
    Facet.TOPICS: "temat",
    Facet.YEARS: "od",
    Facet.SERIES: "seria",
    Facet.EXPERTS: "ekspert",
    Facet.PLACES: "miejsce",
}
# Without being asked to; the others are long, or seldom used.
OPEN = (Facet.KINDS, Facet.TOPICS)


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
    number: int = 0
    is_chosen: bool = False


@portal_page
def archive_page(request: HttpRequest) -> HttpResponse:
    address = Address.of(request.GET)
    sight = Sight(viewer_of(request))
    problem, results = "", None
    try:
        results = search(request_of(address), viewer=sight.viewer)
    except BadCursor:
        address = address.first_page()
        results = search(request_of(address), viewer=sight.viewer)
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
        "chips": chips(results, address),
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
    wanted = ArchiveRequest(
        text=text, first=SUGGESTIONS, while_typing=True, without_bodies=True
    )
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


def request_of(address: Address) -> ArchiveRequest:
    """Raises BadRequest for what the archive cannot look for."""
    for text, number in ((address.od, address.year_from), (address.do, address.year_to)):
        if text and number is None:
            raise BadRequest("That is no year.")
    return ArchiveRequest(
        text=address.q,
        kinds=address.rodzaj or None,
        topics=address.temat or None,
        series=address.seria or None,
        experts=address.ekspert or None,
        places=address.miejsce or None,
        year_from=address.year_from,
        year_to=address.year_to,
        order=address.order,
        first=ON_A_PAGE,
        after=address.po or None,
        facets=tuple(PARAMETERS),
    )


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
        "facets": facet_lists(results, address),
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


@dataclass(frozen=True)
class FacetList:
    """The choices of one filter, as links with counts."""

    heading: str
    choices: list[Choice]
    is_open: bool


def facet_lists(results: ArchiveResults, address: Address) -> list[FacetList]:
    headings = {
        Facet.KINDS: _("Kind"),
        Facet.TOPICS: _("Topic"),
        Facet.SERIES: _("Series"),
        Facet.YEARS: _("Year"),
        Facet.EXPERTS: _("Expert"),
        Facet.PLACES: _("Place"),
    }
    made = []
    for facet, values in results.facets.items():
        shown = [value for value in values if value.count or value.is_selected]
        if shown:
            choices = [choice_of(facet, value, address) for value in shown]
            is_open = facet in OPEN or any(value.is_selected for value in shown)
            made.append(FacetList(headings[facet], choices, is_open))
    return made


def choice_of(facet: Facet, value: FacetValue, address: Address) -> Choice:
    if facet == Facet.YEARS:
        years = ("", "") if value.is_selected else (value.value, value.value)
        changed = address.first_page(od=years[0], do=years[1])
    else:
        changed = address.toggled(PARAMETERS[facet], value.value)
    return Choice(value.label, changed.url(), value.count, value.is_selected)


def chips(results: ArchiveResults | None, address: Address) -> list[Choice]:
    """What is chosen, each with the address without it."""
    labels = {
        (PARAMETERS[facet], value.value): value.label
        for facet, values in (results.facets.items() if results else ())
        for value in values
    }
    made = [
        Choice(labels.get((name, value), value), address.toggled(name, value).url())
        for name in ("rodzaj", "temat", "seria", "ekspert", "miejsce")
        for value in getattr(address, name)
    ]
    if address.od or address.do:
        years = "–".join(dict.fromkeys([address.od or "…", address.do or "…"]))
        made.append(Choice(years, address.first_page(od="", do="").url()))
    return made
