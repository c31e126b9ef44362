"""How many pages a PDF has, so that a reader knows before the download. A file is counted once, and
the journal tells of a count that is new.

A file from outside is opened in a process of its own, with a bound on time and memory: a broken or
hostile one costs its number and nothing else.
"""

import logging
import subprocess
import sys
from collections.abc import Sequence

from django.db import transaction

from cms import journal
from cms.models import Change, HubDocument, JournalEntry

logger = logging.getLogger("hub.documents")

SECONDS = 20
LARGEST_FILE = 200 * 1024 * 1024
MOST_MEMORY = 1024 * 1024 * 1024

COUNT = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}))
import pypdfium2
print(len(pypdfium2.PdfDocument(sys.stdin.buffer.read())))
"""


def count_pages(document: HubDocument) -> int | None:
    """None for what is no PDF, is too large, or no program can read.

    Raises OSError when the file cannot be fetched, which may go better another time.
    """
    if document.file_extension.lower() != "pdf" or document.file.size > LARGEST_FILE:
        return None
    with document.open_file() as file:
        content = file.read()
    try:
        counted = subprocess.run(  # noqa: S603  (our own program; the file comes by its input)
            # Isolated, and without our environment: there are secrets in it.
            [sys.executable, "-I", "-c", COUNT],
            env={},
            input=content,
            capture_output=True,
            timeout=SECONDS,
        )
        return int(counted.stdout) if counted.returncode == 0 else None
    except (ValueError, subprocess.TimeoutExpired):
        logger.exception("The pages of document %s could not be counted.", document.pk)
        return None


def file_of(document: HubDocument) -> str:
    """What is another for another file; storages may give a new file the name of the old one."""
    return f"{document.file.name} {document.file_hash}"


@journal.reader("page counts")
def follow(entries: Sequence[JournalEntry]) -> None:
    ids = {
        entry.object_id
        for entry in entries
        if entry.kind == HubDocument.content_kind and entry.change != Change.DELETED
    }
    for document in HubDocument.objects.filter(pk__in=ids).order_by("pk"):
        file = file_of(document)
        if document.counted_file == file:
            continue
        try:
            keep(document, file, count_pages(document))
        except OSError:
            logger.exception("The file of document %s could not be fetched.", document.pk)
            keep(document, "", None)


@transaction.atomic
def keep(document: HubDocument, counted_file: str, page_count: int | None) -> None:
    row = HubDocument.objects.select_for_update().filter(pk=document.pk).first()
    # What became of the document meanwhile stands in the journal too, and comes next.
    if row is None or file_of(row) != file_of(document):
        return
    if row.page_count == page_count:
        HubDocument.objects.filter(pk=row.pk).update(counted_file=counted_file)
        return
    row.page_count, row.counted_file = page_count, counted_file
    # Saving writes the journal, for those who may see the document.
    row.save(update_fields=["page_count", "counted_file"])
