"""Makes the whole archive anew from the things themselves, while readers go on searching it."""

from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Page

from cms.journal import page_kind
from cms.models import HubDocument
from search import word_counts
from search.indexing import BATCH, Thing, is_archived, refresh
from search.models import AccessClass, ArchiveEntry
from thematic_months.models import Question


def rebuild() -> Iterator[int]:
    """Yields how many things are done, after each batch."""
    with transaction.atomic():
        word_counts.forget()
        # Everything counts as changed, and its words as not yet counted.
        ArchiveEntry.objects.update(digest="", analyser="")
    done = 0
    batch: list[Thing] = []
    for thing in all_things():
        batch.append(thing)
        if len(batch) == BATCH:
            done += refresh(batch)
            batch = []
            yield done
    yield done + refresh(batch)
    AccessClass.objects.filter(entries__isnull=True).delete()


def all_things() -> Iterator[Thing]:
    """Those that exist, then those that the archive still has and that may be gone."""
    pages = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", "content_type_id")
    for pk, content_type_id in pages:
        kind = page_kind(content_type_id)
        if kind and is_archived(kind):
            yield kind, pk
    for pk in Question.objects.order_by("pk").values_list("pk", flat=True):
        yield Question.content_kind, pk
    for pk in HubDocument.objects.order_by("pk").values_list("pk", flat=True):
        yield HubDocument.content_kind, pk
    yield from (
        ArchiveEntry.objects.filter(digest="")
        .order_by()
        .values_list("kind", "object_id")
        .distinct()
    )
