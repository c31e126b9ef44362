"""The text of a PDF's page, at an address of its own: what a hit of the archive opens."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.document_texts import text_of_page
from cms.holders import holders
from cms.models import HubDocument
from cms.outward import outward_beside_the_tree
from cms.portal import portal_page
from cms.serving_files import judge_document
from cms.sight import Sight
from cms.visibility import Viewer, viewer_of
from search.archive import marker_of
from search.archive_request import LONGEST_TEXT

# No file has as many pages that are read (cms/pdf_reading.py); larger numbers fit into no column.
LAST_PAGE = 1_000_000
# Characters, as much as sites show of a shared link.
DESCRIPTION = 200
# Lines end where the paper does.
WITHIN_SENTENCE = re.compile(r"(?<=[^\n-])\n(?=[a-ząćęłńóśźż])")


@portal_page
@require_safe
def document_page(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """`q` in the address marks its words. 404 for a page that was not read."""
    document = get_object_or_404(HubDocument, pk=document_id)
    refusal = judge_document(document, request)
    if refusal is not None:
        return refusal
    viewer = viewer_of(request)
    text = text_of_page(document, number, viewer=viewer) if number <= LAST_PAGE else None
    if text is None:
        raise Http404
    query = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    context: dict[str, Any] = {
        "document": document,
        "number": number,
        "text": marker_of(query, viewer=viewer).mark(WITHIN_SENTENCE.sub(" ", text.strip())),
        "query": query,
        "pages": where_it_is(document, viewer),
        "has_next": document.pages.filter(number=number + 1).exists(),
        "outward": outward_beside_the_tree(
            f"{document.title}, {_('page')} {number}",
            request.path,
            Truncator(" ".join(text.split())).chars(DESCRIPTION),
            schema_type="WebPage",
        ),
    }
    return render(request, "search/document_page.html", context)


def where_it_is(document: HubDocument, viewer: Viewer) -> list[dict[str, str]]:
    sight = Sight(viewer)
    pages = sight.links(page.pk for page in holders(document))
    return [{"title": page.title, "path": sight.path(page)} for page in pages.values()]


def urls() -> list[URLPattern]:
    return [
        path(
            "dokumenty/<int:document_id>/strona/<int:number>/", document_page, name="document_page"
        )
    ]
