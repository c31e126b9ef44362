"""What tests of the journal read from it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction

from cms.models import JournalEntry

Row = tuple[str, int, str]


def rows() -> list[Row]:
    entries = JournalEntry.objects.order_by("pk")
    return list(entries.values_list("kind", "object_id", "change"))


@contextmanager
def written() -> Iterator[list[Row]]:
    """Collects the rows that the block writes, as (kind, id, change)."""
    last = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    found: list[Row] = []
    with transaction.atomic():
        yield found
    entries = JournalEntry.objects.filter(pk__gt=last).order_by("pk")
    found += entries.values_list("kind", "object_id", "change")


def row(thing: models.Model, change: str) -> Row:
    return (type(thing).content_kind, thing.pk, change)
