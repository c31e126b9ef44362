"""How many pages a PDF has, so that a reader knows before the download.

A file from outside is opened in a process of its own, with a bound on time and memory: a broken or
hostile one costs its number and nothing else.
"""

import logging
import subprocess
import sys
from collections.abc import Sequence

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
    """None for what is no PDF, is too large, or cannot be read."""
    if document.file_extension.lower() != "pdf":
        return None
    try:
        if document.file.size > LARGEST_FILE:
            return None
        with document.open_file() as file:
            content = file.read()
        counted = subprocess.run(  # noqa: S603  (our own program; the file comes by its input)
            # Isolated, and without our environment: there are secrets in it.
            [sys.executable, "-I", "-c", COUNT],
            env={},
            input=content,
            capture_output=True,
            timeout=SECONDS,
        )
        return int(counted.stdout) if counted.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        logger.exception("The pages of document %s could not be counted.", document.pk)
        return None


@journal.reader("page counts")
def follow(entries: Sequence[JournalEntry]) -> None:
    ids = {
        entry.object_id
        for entry in entries
        if entry.kind == HubDocument.content_kind and entry.change != Change.DELETED
    }
    for document in HubDocument.objects.filter(pk__in=ids).order_by("pk"):
        HubDocument.objects.filter(pk=document.pk).update(page_count=count_pages(document))
