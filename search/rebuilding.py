"""Makes the whole archive anew from the things themselves, while readers go on searching it and
editors publish."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page

from cms.journal import page_kind
from cms.leases import Held, lease
from cms.models import HubDocument
from search import recount, server
from search.backends import search_server
from search.indexing import BATCH, Thing, is_archived, refresh
from search.models import AccessClass, ArchiveEntry
from thematic_months.models import Question

LEASE = "search-rebuild"
# Prolonged after each batch: how long a rebuild that was killed keeps the next one waiting.
LEASE_SECONDS = 120


class RebuildRunning(Exception):
    """Another process rebuilds the archive."""


@contextmanager
def alone() -> Iterator[Held]:
    """Raises RebuildRunning."""
    with lease(LEASE, seconds=LEASE_SECONDS) as mine:
        if not mine:
            raise RebuildRunning
        yield mine


def rebuild() -> Iterator[tuple[int, int]]:
    """Yields how many of how many steps are done, after each batch. Raises RebuildRunning.

    Every entry is written anew in the transaction of its batch, so that what is searched is always
    whole: before, meanwhile and after.
    """
    with alone() as mine:
        total = count_things()
        server_total = ArchiveEntry.objects.count() if search_server() else 0
        done = 0
        for number in rebuild_database():
            done += number
            _go_on(mine)
            # Things come and go while this runs.
            yield min(done, total), total + server_total
        elastic = search_server()
        if elastic is not None:
            for sent in server.rebuild(elastic):
                _go_on(mine)
                yield min(total + sent, total + server_total), total + server_total
    server.push()


def rebuild_server() -> None:
    """Fill a new index of the search server from the database. Raises RebuildRunning."""
    elastic = search_server()
    if elastic is None:
        return
    with alone() as mine:
        for _sent in server.rebuild(elastic):
            _go_on(mine)


def _go_on(mine: Held) -> None:
    mine.prolong()
    if not mine:
        raise RebuildRunning


def rebuild_database() -> Iterator[int]:
    """Yields how many things each batch had."""
    visited: set[Thing] = set()
    batch: list[Thing] = []
    for thing in existing_things():
        visited.add(thing)
        batch.append(thing)
        if len(batch) == BATCH:
            yield refresh(batch, anew=True)
            batch = []
    # Those that the archive still has and that are gone.
    entries = ArchiveEntry.objects.order_by().values_list("kind", "object_id").distinct()
    batch += [thing for thing in entries if thing not in visited]
    yield refresh(batch, anew=True)
    recount.mend()
    AccessClass.objects.filter(entries__isnull=True).delete()


def existing_things() -> Iterator[Thing]:
    pages = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", "content_type_id")
    for pk, content_type_id in pages:
        kind = page_kind(content_type_id)
        if kind and is_archived(kind):
            yield kind, pk
    for pk in Question.objects.order_by("pk").values_list("pk", flat=True):
        yield Question.content_kind, pk
    for pk in HubDocument.objects.order_by("pk").values_list("pk", flat=True):
        yield HubDocument.content_kind, pk


def count_things() -> int:
    return sum(1 for _thing in existing_things())
