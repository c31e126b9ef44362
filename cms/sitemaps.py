"""The sitemap (https://www.sitemaps.org/protocol.html) and robots.txt: what everyone may see, and
nothing else.
"""

import datetime
from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.open_answers import open_answer
from cms.paths import absolute, canonical, path_from
from cms.visibility import anonymous_viewer, visible

# The protocol allows 50,000 addresses in a file; a smaller one is sooner read and written.
IN_A_FILE = 5_000
MOST_PAGES = 10_000_000
CONTENT_TYPE = "application/xml; charset=utf-8"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What is of no use in a search engine. Nothing here is kept secret by it.
NOT_FOR_ROBOTS = ("/admin/", "/graphql/", "/podglad/", "/_util/", "/cytuj/")


# Rows to take a part of, and what a row says: a path below the site, and when it changed.
Rows = Callable[[], Any]
Entry = tuple[str, datetime.datetime | None]
SECTIONS: dict[str, tuple[Rows, Callable[[Any], Entry]]] = {}


def section(name: str, entry: Callable[[Any], Entry]) -> Callable[[Rows], Rows]:
    """Register the rows of more addresses; `name` stands in those of their files."""

    def register(rows: Rows) -> Rows:
        SECTIONS[name] = (rows, entry)
        return rows

    return register


@section("strony", lambda row: (path_from(row[0]), row[1]))
def pages() -> Any:
    """Oldest page first."""
    seen = visible(Page.objects.all(), viewer=anonymous_viewer())
    return seen.order_by("pk").values_list("url_path", "last_published_at")


def document(name: str, item: str, entries: Iterable[tuple[str, str]]) -> bytes:
    lines = "\n".join(
        f"<{item}><loc>{escape(address)}</loc>{changed}</{item}>" for address, changed in entries
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{NAMESPACE}">'
    return f"{head}\n{lines}\n</{name}>\n".encode()


def last_modified(moment: datetime.datetime | None) -> str:
    if moment is None:
        return ""
    return f"<lastmod>{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>"


def newest(found: Iterable[Entry]) -> datetime.datetime | None:
    return max((moment for _path, moment in found if moment), default=None)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    entries: list[tuple[str, str]] = []
    changes: list[Entry] = []
    for name, (rows, entry) in SECTIONS.items():
        found = list(map(entry, rows()))
        changes += found
        entries += [
            (
                absolute(reverse("sitemap_part", args=[name, start // IN_A_FILE + 1])),
                last_modified(newest(found[start : start + IN_A_FILE])),
            )
            for start in range(0, len(found), IN_A_FILE)
        ]
    content = document("sitemapindex", "sitemap", entries)
    return open_answer(request, content, CONTENT_TYPE, changed=newest(changes))


@require_safe
def sitemap_part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    start = (number - 1) * IN_A_FILE
    # As far as any database counts.
    if name not in SECTIONS or not 0 <= start < MOST_PAGES:
        raise Http404
    rows, entry = SECTIONS[name]
    part = list(map(entry, rows()[start : start + IN_A_FILE]))
    if not part:
        raise Http404
    entries = ((canonical(path), last_modified(moment)) for path, moment in part)
    content = document("urlset", "url", entries)
    return open_answer(request, content, CONTENT_TYPE, changed=newest(part))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return open_answer(request, "\n".join(lines).encode(), "text/plain; charset=utf-8")


def urls() -> list[URLPattern]:
    return [
        path("sitemap.xml", sitemap_index, name="sitemap"),
        path("sitemap-<slug:name>-<int:number>.xml", sitemap_part, name="sitemap_part"),
        path("robots.txt", robots, name="robots"),
    ]
