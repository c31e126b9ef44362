"""The archive in a browser: search, suggestions while typing, and the feed of a search."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.feeds import FeedLink
from cms.outward import Outward, outward_beside_the_tree
from cms.paths import absolute
from cms.portal import hub_page, portal_page
from cms.sight import Sight
from cms.sitemaps import section
from cms.visibility import viewer_of
from search.archive import search
from search.archive_addresses import Address
from search.archive_choices import PARAMETERS, chips, facet_lists, orders
from search.archive_request import LONGEST_TEXT, ArchiveRequest, BadRequest
from search.archive_results import shown
from search.kind_names import kind_name
from search.ordering import BadCursor
from search.search_log import log

ON_A_PAGE = 20
SUGGESTIONS = 8


@portal_page
@require_safe
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
    if results is not None and address == Address(q=address.q):
        log.note(address.q, found=bool(results.hits))
    context: dict[str, Any] = {
        "address": address,
        "outward": outward_of(address),
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
        context["facets"] = facet_lists(results, address)
    status = 200 if results is not None else 400
    return render(request, "search/archive.html", context, status=status)


def outward_of(address: Address) -> Outward:
    first = address.first_page()
    feed = absolute(first.url("archive_feed"))
    return outward_beside_the_tree(
        f"{address.q} – {_('Archive')}" if address.q else _("Archive"),
        first.url(),
        _("Everything that the network has published: months, articles, webinars, answers…"),
        [FeedLink(_("Feed of this search"), feed, "application/rss+xml")],
    )


# The hub's own pages have the field, even where a frontend shows the others.
@hub_page
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a reader who is still typing may mean, for the list below the field."""
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    if not text:
        return JsonResponse({"suggestions": []})
    wanted = ArchiveRequest(text=text, first=SUGGESTIONS, while_typing=True, without_bodies=True)
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


@section("listy", lambda name: (reverse(name), None))
def lists() -> list[str]:
    return ["archive", "topics", "events"]


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
