"""Citing articles and publications: PN-ISO 690:2012 to read, BibTeX and RIS to take along, and tags
for Zotero and Google Scholar.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.citation_forms import Work, bibtex, iso690, key_of, ris
from cms.models import ContributionRole, HubPage
from cms.names import Name, name_of
from cms.paths import canonical, path_of
from cms.scopes import is_open_to_all
from cms.sight import Sight
from cms.tiles import contributor_names
from cms.visibility import Viewer, can_see, viewer_of

SITE = "LABiB"


# What a kind of pages says of a work beside its title and people.
Details = Callable[[Any], dict[str, Any]]
CITED: dict[type[HubPage], Details] = {}


def cited(model: type[HubPage]) -> Callable[[Details], Details]:
    """Register the function page → fields of Work, in the app's citations.py."""

    def register(function: Details) -> Details:
        CITED[model] = function
        return function

    return register


def work_of(page: HubPage, sight: Sight, topics: list[str]) -> Work | None:
    """None for a kind that nobody cites. `topics` are the page's, by title."""
    details = CITED.get(type(page))
    if details is None:
        return None
    rows = list(page.contributions.all())
    return Work(
        title=page.title,
        url=canonical(path_of(page)),
        authors=names(rows, ContributionRole.AUTHOR, sight),
        editors=names(rows, ContributionRole.EDITOR, sight),
        lead=page.lead,
        topics=topics,
        **details(page),
    )


def names(rows: list[Any], role: ContributionRole, sight: Sight) -> list[Name]:
    found = contributor_names((row for row in rows if row.role == role), sight)
    return [name_of(shown) for of_page in found.values() for shown in of_page]


@dataclass(frozen=True)
class Citation:
    """For the page: text before and after the title that is set apart, and where to download."""

    before: str
    title: str
    after: str
    bibtex_url: str
    ris_url: str


def citation_of(page: HubPage, work: Work, today: datetime.date) -> Citation:
    before, title, after = iso690(work, today)
    return Citation(
        before,
        title,
        after,
        bibtex_url=reverse("citation_bib", args=[page.pk]),
        ris_url=reverse("citation_ris", args=[page.pk]),
    )


def meta_tags(work: Work, pdf_url: str = "") -> list[tuple[str, str]]:
    """Names and contents of <meta>: https://scholar.google.com/intl/en/scholar/inclusion.html, and
    Dublin Core as Zotero reads it.
    """
    date = work.date.strftime("%Y/%m/%d") if work.date else str(work.year or "")
    iso_date = work.date.isoformat() if work.date else str(work.year or "")
    tags = [("citation_title", work.title)]
    tags += [("citation_author", name.inverted) for name in work.authors]
    tags += [("citation_editor", name.inverted) for name in work.editors]
    tags += [
        ("citation_publication_date", date),
        ("citation_publisher", work.publisher),
        ("citation_isbn", work.isbn),
        ("citation_language", work.language),
        ("citation_public_url", work.url),
        ("citation_pdf_url", pdf_url),
        ("DC.title", work.title),
    ]
    tags += [("DC.creator", name.inverted) for name in work.authors]
    tags += [("DC.contributor", name.inverted) for name in work.editors]
    tags += [
        ("DC.date", iso_date),
        ("DC.publisher", work.publisher),
        ("DC.type", "Text"),
        ("DC.language", work.language),
        ("DC.identifier", work.url),
        ("DC.isPartOf", work.container),
        ("DC.description", work.lead),
    ]
    tags += [("DC.subject", topic) for topic in work.topics]
    return [(name, content) for name, content in tags if content]


FORMATS: dict[str, tuple[Callable[[Work], str], str]] = {
    "bib": (bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8"),
}


@require_safe
def download(request: HttpRequest, page_id: int, form: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = Page.objects.filter(pk=page_id).first()
    if found is None or not can_see(found, viewer=viewer):
        raise Http404
    page = found.specific
    with translation.override(settings.LANGUAGE_CODE):
        topics = [topic.title for topic in page.topics.all()]
        work = work_of(page, Sight(viewer), topics)
    if work is None:
        raise Http404
    write, content_type = FORMATS[form]
    response = HttpResponse(write(work), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{key_of(work)}.{form}"'
    keep(response, page, viewer)
    return response


def keep(response: HttpResponse, page: Page, viewer: Viewer) -> None:
    if viewer.is_member or not is_open_to_all(page, viewer):
        patch_cache_control(response, private=True, no_store=True)
    else:
        patch_cache_control(response, public=True, max_age=settings.FEED_CACHE_SECONDS)


def urls() -> list[URLPattern]:
    return [
        path(f"cytuj/<int:page_id>.{form}", download, {"form": form}, name=f"citation_{form}")
        for form in FORMATS
    ]
