"""The results of a search as a page shows them."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models import HubDocument, HubImage, HubPage
from cms.sight import Sight
from search.archive import ArchiveResults, Hit
from search.archive_addresses import Address
from search.highlight import ELLIPSIS
from search.kind_names import kind_name
from thematic_months.models import Question, Webinar

DOCUMENT = HubDocument.content_kind
# Hits that are no pages.
OTHERS = (DOCUMENT, Question.content_kind)


@dataclass(frozen=True)
class Result:
    """A hit as the page shows it. `file` is the PDF to download."""

    hit: Hit
    kind: str
    url: str
    image: HubImage | None
    file: HubDocument | None


def shown(results: ArchiveResults, address: Address, sight: Sight) -> dict[str, Any]:
    entries = [hit.entry for hit in results.hits]
    pages = sight.cards(entry.object_id for entry in entries if entry.kind not in OTHERS)
    images = sight.images(page.cover_id for page in pages.values())
    webinars = sight.pages(hit.entry.object_id for hit in results.hits if may_have_a_minute(hit))
    files = sight.documents(entry.object_id for entry in entries if entry.kind == DOCUMENT)

    def result(hit: Hit) -> Result:
        is_page = hit.entry.kind not in OTHERS
        page = pages.get(hit.entry.object_id) if is_page else None
        # A document or a question may have a page's number.
        webinar = webinars.get(hit.entry.object_id) if may_have_a_minute(hit) else None
        return Result(
            hit,
            kind_name(hit.entry.kind),
            url_of(hit, webinar, address.q),
            images.get(page.cover_id or 0) if page else None,
            files.get(hit.entry.object_id) if hit.entry.kind == DOCUMENT else None,
        )

    correction = results.did_you_mean
    return {
        "found": [result(hit) for hit in results.hits],
        "status": status_of(results, address),
        "correction": correction,
        "correction_url": address.first_page(q=correction).url() if correction else "",
        "next_url": address.page_after(results.end_cursor).url()
        if results.has_next and results.end_cursor
        else "",
        "first_url": address.first_page().url() if address.number > 1 else "",
    }


def may_have_a_minute(hit: Hit) -> bool:
    return hit.entry.kind == Webinar.content_kind and "<mark>" in hit.passage


def url_of(hit: Hit, page: HubPage | None, text: str) -> str:
    """A PDF's hit opens the text of its page, with the words marked; one in a transcript its
    minute of the recording.
    """
    if isinstance(page, Webinar):
        minute = minute_of(hit, page)
        return hit.entry.path if minute is None else f"{hit.entry.path}#t={minute}"
    if hit.entry.kind != DOCUMENT or hit.page_number is None:
        return str(hit.entry.path)
    address = reverse("document_page", args=[hit.entry.object_id, hit.page_number])
    return f"{address}?{urlencode({'q': text})}" if text else address


def minute_of(hit: Hit, webinar: Webinar) -> int | None:
    """Of the first marked word, in seconds; None when the passage is not from the transcript."""
    before, mark, _after = hit.passage.partition("<mark>")
    passage = unescape(strip_tags(hit.passage)).strip(ELLIPSIS)
    start = webinar.shown_transcript.find(passage) if mark else -1
    if start < 0:
        return None
    return webinar.minute_of(start + len(unescape(before).lstrip(ELLIPSIS)))


def status_of(results: ArchiveResults, address: Address) -> str:
    number = ngettext("%(number)d result", "%(number)d results", results.total) % {
        "number": results.total
    }
    return f"{number}, {_('page')} {address.number}" if address.number > 1 else number
