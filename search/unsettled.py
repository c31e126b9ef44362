"""Entries that may say what readers see no longer: their things changed, and the archive has not
followed yet. Until it has they are neither searched nor counted, and nothing is corrected from
their words.

A change of a thing reaches beyond it in three ways alone: an expert's name is in what the expert
made, questions are hidden with their month, and documents and experts are found by what holds or
names them. Whatever is hidden or moved with a page above it has rows of its own in the journal.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cms.models import HubDocument, JournalEntry, JournalReader
from search.models import ArchiveEntry, EntryReference, SearchServerChange
from thematic_months.models import Expert, Question, ThematicMonth

# As the archive's own reader of the journal is called: see search/journal_reader.py.
READER = "archive"
# Their entries have words of the pages that they refer to.
FOUND_BY_OTHERS = (Expert.content_kind, HubDocument.content_kind)
# Beyond it entries are not named one by one.
MOST = 1000


@dataclass(frozen=True)
class Unsettled:
    """Either the ids of all such entries, or that there are too many to name."""

    entry_ids: tuple[int, ...] = ()
    is_too_much: bool = False


SETTLED = Unsettled()


def unsettled() -> Unsettled:
    """As of now; whoever searches afterwards finds nothing that was hidden before."""
    things = list(pending().order_by().values_list("kind", "object_id").distinct()[: MOST + 1])
    if len(things) > MOST:
        return Unsettled(is_too_much=True)
    if not things:
        return SETTLED
    ids: dict[str, list[int]] = {}
    for kind, object_id in things:
        ids.setdefault(kind, []).append(object_id)
    of_things = Q()
    for kind, object_ids in ids.items():
        of_things |= Q(kind=kind, object_id__in=object_ids)
    of_others = EntryReference.objects.filter(
        Q(kind=Expert.content_kind, object_id__in=ids.get(Expert.content_kind, ()))
        | Q(
            kind=ThematicMonth.content_kind,
            object_id__in=ids.get(ThematicMonth.content_kind, ()),
            entry__kind=Question.content_kind,
        )
        | (of_things & Q(entry__kind__in=FOUND_BY_OTHERS))
    )
    entries = ArchiveEntry.objects.filter(of_things | Q(pk__in=of_others.values("entry_id")))
    found = tuple(entries.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    return Unsettled(is_too_much=True) if len(found) > MOST else Unsettled(found)


def pending() -> QuerySet[JournalEntry]:
    """What the archive has not followed, numbered or not."""
    position = JournalReader.objects.filter(name=READER).values("position")
    return JournalEntry.objects.filter(
        Q(number__isnull=True) | Q(number__gt=Coalesce(Subquery(position), Value(0)))
    )


def unsettled_entries() -> QuerySet[ArchiveEntry]:
    """The same entries as a subquery, however many."""
    rows = pending().order_by()
    of_others = EntryReference.objects.filter(
        Q(kind=Expert.content_kind)
        | Q(kind=ThematicMonth.content_kind, entry__kind=Question.content_kind)
        | Q(entry__kind__in=FOUND_BY_OTHERS),
        Exists(rows.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))),
    )
    return ArchiveEntry.objects.order_by().filter(
        Exists(rows.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id")))
        | Q(pk__in=of_others.values("entry_id"))
    )


def waiting_for_server() -> Unsettled:
    """What the search server does not have yet as it is here. Asked for after unsettled(): a change
    leaves the one for the other in one transaction.
    """
    ids = SearchServerChange.objects.order_by().values_list("entry_id", flat=True).distinct()
    found = tuple(ids[: MOST + 1])
    return Unsettled(is_too_much=True) if len(found) > MOST else Unsettled(found)
