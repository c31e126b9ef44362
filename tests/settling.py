"""Tests write to the archive at once and in a transaction that never commits, past the journal."""

from django.db.models import Max

from cms import journal
from cms.models import JournalEntry, JournalReader
from search.unsettled import READER


def settle() -> None:
    """Let the archive have followed the journal up to now, by whatever way."""
    journal.number_committed()
    last = JournalEntry.objects.aggregate(last=Max("number"))["last"] or 0
    JournalReader.objects.update_or_create(name=READER, defaults={"position": last})
