"""The one record of what changed for readers, and its delivery to who follows it (docs/adr/0003).

A row is written in the transaction of the change, without a number: numbering under a lock there
would deadlock writers. Whoever delivers first numbers what is committed; a reader that remembers
its last number then misses nothing, whatever the order of commits.
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from wagtail.models import Page

from cms.leases import lease
from cms.models import Change, JournalEntry, JournalReader
from cms.tree import TreeState

logger = logging.getLogger("hub.journal")

BATCH = 200
NUMBERING = "numbering"
LONGEST_BACK_OFF = datetime.timedelta(minutes=10)
# How long a reader may take for one batch before another process may try it too.
LEASE_SECONDS = 300

Follow = Callable[[Sequence[JournalEntry]], None]
READERS: dict[str, Follow] = {}


def reader(name: str) -> Callable[[Follow], Follow]:
    """Register a function that follows the journal.

    It gets entries in order, at least once each, and must bear to see one again. If it raises, the
    same entries come again later.
    """

    def register(follow: Follow) -> Follow:
        READERS[name] = follow
        return follow

    return register


# What a row names in place of the id of a restriction on a page: see JournalEntry.
Bar = int | list[int]


def record(
    kind: str, object_ids: Iterable[int], change: Change, *, restrictions: Iterable[Bar] = ()
) -> None:
    """Write that things of one kind changed for those who meet the restrictions.

    Raises TransactionManagementError outside a transaction: the row must commit or roll back with
    the change.
    """
    rows = [
        JournalEntry(
            kind=kind, object_id=object_id, change=change, restrictions=in_order(restrictions)
        )
        for object_id in object_ids
    ]
    write(rows)


def in_order(bars: Iterable[Bar]) -> list[Bar]:
    return sorted(bars, key=lambda bar: (isinstance(bar, list), bar))


def lasting(tree: TreeState, path: str) -> list[Bar]:
    """The restrictions above a path as whom they let in: a row that tells of a deletion is read
    when they may be gone.
    """
    return [each.admitted for each in tree.restrictions if path.startswith(each.path)]


def record_pages(pages: Iterable[tuple[int, str, int]], change: Change) -> None:
    """Write that pages, given as (id, tree path, content type id), changed; below an unpublished
    page nobody notices.
    """
    tree = TreeState(timezone.now())
    noticed = (page for page in pages if not tree.unpublished.cover(parent_path(page[1])))
    above = partial(lasting, tree) if change == Change.DELETED else tree.restrictions_above
    write([page_entry(page, change, above(page[1])) for page in noticed])


def record_subtree(
    path: str,
    change: Change,
    *,
    without: int | None = None,
    instead: Bar | None = None,
    left: str | None = None,
) -> None:
    """Write that what readers saw from this tree path downwards changed; the page at the root
    counts as published.

    `without` leaves one restriction out of account, or takes another bar `instead` of it. `left` is
    the path of the parent below which all this stood before.
    """
    tree = TreeState(timezone.now())
    here = parent_path(path)
    above = here if left is None else left
    if tree.unpublished.cover(above):
        return
    hidden = tree.unpublished.within(path)
    inherited, of_this_place = (
        set(tree.restrictions_above(above)),
        set(tree.restrictions_above(here)),
    )
    pages = Page.objects.filter(Q(path=path) | Q(path__startswith=path, live=True)).order_by("path")
    entries = []
    for page in pages.values_list("pk", "path", "content_type_id"):
        if not hidden.cover(page[1]):
            own = set(tree.restrictions_above(page[1])) - of_this_place
            bars: list[Bar] = [*(inherited | own - {without})]
            entries.append(page_entry(page, change, bars if instead is None else [*bars, instead]))
    write(entries)


def parent_path(path: str) -> str:
    return path[: -Page.steplen]


def page_entry(
    page: tuple[int, str, int], change: Change, restrictions: Iterable[Bar]
) -> JournalEntry | None:
    pk, _path, content_type_id = page
    kind = page_kind(content_type_id)
    return (
        JournalEntry(kind=kind, object_id=pk, change=change, restrictions=in_order(restrictions))
        if kind
        else None
    )


def page_kind(content_type_id: int) -> str | None:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return getattr(model, "content_kind", None)


def write(entries: Iterable[JournalEntry | None]) -> None:
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "The journal is written in the transaction of the change: use transaction.atomic()."
        )
    rows = [entry for entry in entries if entry is not None]
    if not rows:
        return
    JournalEntry.objects.bulk_create(rows, batch_size=500)
    waiting = any(entry[1] is deliver for entry in connection.run_on_commit)
    if not settings.BACKGROUND_WORKER and not waiting:
        transaction.on_commit(deliver, robust=True)


def deliver() -> None:
    """Bring every reader up to date, as far as it can be reached now."""
    number_committed()
    for name in READERS:
        while catch_up(name):
            pass


def number_committed() -> None:
    """Give numbers, without a gap and in one order for all, to the rows that are committed."""
    unnumbered = JournalEntry.objects.filter(number__isnull=True).order_by("pk")
    while unnumbered.exists():
        with transaction.atomic():
            JournalReader.objects.get_or_create(name=NUMBERING)
            last = JournalReader.objects.select_for_update().get(name=NUMBERING)
            rows = list(unnumbered.only("pk", "number")[:1000])
            for row in rows:
                last.position += 1
                row.number = last.position
            JournalEntry.objects.bulk_update(rows, ["number"], batch_size=500)
            last.save()


def catch_up(name: str) -> bool:
    """Hand the reader its next entries; whether there may be more to do at once."""
    state, _created = JournalReader.objects.get_or_create(name=name)
    if not is_due(state) or not pending(state).exists():
        return False
    with lease(f"journal:{name}", seconds=LEASE_SECONDS) as mine:
        if not mine:
            return False
        state.refresh_from_db()
        # Another process may have failed with it since.
        if not is_due(state):
            return False
        entries = list(pending(state)[:BATCH])
        if entries and not hand_over(state, entries):
            return False
    # Asked again after the lease ended: what another process could not deliver meanwhile is not
    # left lying.
    return pending(state).exists()


def is_due(state: JournalReader) -> bool:
    return state.next_try_at is None or state.next_try_at <= timezone.now()


def pending(state: JournalReader) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(number__gt=state.position).order_by("number")


def hand_over(state: JournalReader, entries: list[JournalEntry]) -> bool:
    try:
        READERS[state.name](entries)
    except Exception:
        # Whatever went wrong, the entries stay pending and the reader is tried again later.
        state.failures += 1
        state.next_try_at = timezone.now() + back_off(state.failures)
        state.save(update_fields=["failures", "next_try_at"])
        logger.exception(
            "The journal's reader %s failed; it is tried again at %s.",
            state.name,
            state.next_try_at,
        )
        return False
    state.position = entries[-1].number or state.position
    state.failures = 0
    state.next_try_at = None
    state.save(update_fields=["position", "failures", "next_try_at"])
    return True


def back_off(failures: int) -> datetime.timedelta:
    """2, 4, 8 … seconds, at most ten minutes."""
    return min(datetime.timedelta(seconds=2 ** min(failures, 12)), LONGEST_BACK_OFF)
