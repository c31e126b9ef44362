"""The text of documents: read some time after the upload, page by page, and kept with the hash of
the file that it is from.

The journal says which documents to look at; the clock reads them, so that neither an upload nor
another reader of the journal waits for it.
"""

import hashlib
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from cms import clock, journal
from cms.holders import may_have
from cms.leases import lease
from cms.models import Change, DocumentPage, HubDocument, JournalEntry, TextState
from cms.pdf_reading import LARGEST_FILE, PdfText, read_pdf
from cms.signal_handlers import record_thing_itself
from cms.visibility import Viewer

logger = logging.getLogger("hub.documents")

LEASE_SECONDS = 300
# The clock has other things to do; what is left is read when it comes by again.
SECONDS_AT_ONCE = 20
CHUNK = 1024 * 1024


def text_of_page(document: HubDocument, number: int, *, viewer: Viewer) -> str | None:
    """The text of one page, the first is 1, for who may have the document; None for others, and
    when there is no such page."""
    if not may_have(document, viewer):
        return None
    pages = DocumentPage.objects.filter(document=document, number=number)
    return pages.values_list("text", flat=True).first()


@journal.reader("document texts")
def follow(entries: Sequence[JournalEntry]) -> None:
    ids = {
        entry.object_id
        for entry in entries
        if entry.kind == HubDocument.content_kind and entry.change != Change.DELETED
    }
    HubDocument.objects.filter(pk__in=ids).update(text_is_due=True)


@clock.chore
def read_for_a_while() -> None:
    until = time.monotonic() + SECONDS_AT_ONCE
    for _document in read_due():
        if time.monotonic() > until:
            return


def read_due() -> Iterator[HubDocument]:
    """Read the documents that came or changed, one at each step."""
    last = 0
    due = HubDocument.objects.filter(text_is_due=True).order_by("pk")
    while document := due.filter(pk__gt=last).first():
        last = document.pk
        with lease(f"text of document {last}", seconds=LEASE_SECONDS) as mine:
            if mine:
                attempt(document)
        yield document


def attempt(document: HubDocument) -> None:
    try:
        read(document)
    except FileNotFoundError:
        logger.warning("The file of document %s is not there.", document.pk)
        keep(document, "", PdfText(TextState.UNREADABLE))
    except Exception:
        # For example a storage that does not answer; it is tried again.
        logger.exception("The text of document %s could not be read.", document.pk)


def read(document: HubDocument) -> None:
    """Bring its text up to date; a file that was read already is not read again."""
    if document.file_extension.lower() != "pdf":
        keep(document, "", PdfText(TextState.NONE))
    elif document.file.size > LARGEST_FILE:
        keep(document, "", PdfText(TextState.TOO_LARGE))
    else:
        with tempfile.TemporaryFile() as file:
            digest = copy(document, file)
            if digest == document.text_source:
                still(document).update(text_is_due=False)
            else:
                keep(document, digest, read_pdf(file))


def copy(document: HubDocument, file: IO[bytes]) -> str:
    """Put its content into a real file, whatever the storage; the SHA-256 of it."""
    digest = hashlib.sha256()
    with document.open_file() as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            file.write(chunk)
    file.seek(0)
    return digest.hexdigest()


def still(document: HubDocument) -> QuerySet[HubDocument]:
    """The document, unless it has got another file meanwhile."""
    return HubDocument.objects.filter(pk=document.pk, file=document.file.name)


@transaction.atomic
def keep(document: HubDocument, digest: str, found: PdfText) -> None:
    values = {
        "text_is_due": False,
        "text_source": digest,
        "text_state": found.state,
        "page_count": found.page_count,
    }
    if not still(document).update(**values):
        return
    before = (document.text_source, document.text_state, document.page_count)
    if before == (digest, found.state, found.page_count):
        return
    DocumentPage.objects.filter(document=document).delete()
    DocumentPage.objects.bulk_create(
        (
            DocumentPage(document=document, number=number, text=text)
            for number, text in enumerate(found.pages, 1)
        ),
        batch_size=100,
    )
    record_thing_itself(document, Change.CHANGED)
