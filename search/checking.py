"""Compares what the archive has with the things themselves, part by part, and mends it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from search import recount, server
from search.analysis import ANALYSER
from search.backends import database_backend, search_server
from search.backends.elastic_index import IndexState
from search.indexing import BATCH, Thing, contents_of, entries_of, key_of, refresh
from search.models import ArchiveEntry, SearchServerChange
from search.rebuilding import existing_things, rebuild_server

# Ids of the entries that the full text has, with their postings.
# Length 0 is that of an entry without a word.
FULL_TEXT_IDS = {
    "sqlite": """
        SELECT id FROM search_fulltext_docsize INTERSECT
        SELECT entry_id FROM search_length AS full_text WHERE length = 0 OR EXISTS (
            SELECT 1 FROM search_posting WHERE search_posting.entry_id = full_text.entry_id
        )
    """,
    "postgresql": """
        SELECT entry_id FROM search_fulltext AS full_text WHERE length = 0 OR EXISTS (
            SELECT 1 FROM search_posting WHERE search_posting.entry_id = full_text.entry_id
        )
    """,
}


@dataclass(frozen=True)
class Finding:
    """What of one part is missing, surplus or outdated, and how to mend it."""

    part: str
    missing: int
    surplus: int
    outdated: int
    mend: Callable[[], object]

    @property
    def number(self) -> int:
        return self.missing + self.surplus + self.outdated


def findings() -> Iterator[Finding]:
    """One for each part, in the order in which they are to be mended: what is mended first, the
    next is compared with."""
    yield check_entries()
    yield check_full_text()
    yield check_vocabulary()
    if search_server() is not None:
        yield check_server()


def check_entries() -> Finding:
    """Things that the archive is to have, and its entries."""
    wrong: set[Thing] = set()
    visited: set[Thing] = set()
    missing = surplus = outdated = 0
    things = existing_things()
    while batch := list(islice(things, BATCH)):
        visited.update(batch)
        wanted = {content.key: content.digest for content in contents_of(batch)}
        found = {
            key_of(entry): entry.digest if entry.analyser == ANALYSER else ""
            for entry in entries_of(batch)
        }
        lacking, extra = wanted.keys() - found.keys(), found.keys() - wanted.keys()
        old = {key for key in wanted.keys() & found.keys() if wanted[key] != found[key]}
        missing, surplus, outdated = (
            missing + len(lacking),
            surplus + len(extra),
            outdated + len(old),
        )
        wrong |= {(key[0], key[1]) for key in lacking | extra | old}
    entries = ArchiveEntry.objects.order_by().values_list("kind", "object_id")
    gone = [thing for thing in entries if thing not in visited]
    return Finding(
        "entries",
        missing,
        surplus + len(gone),
        outdated,
        # Anew: an entry of another analyser can have the right digest.
        lambda: refresh(sorted(wrong | set(gone)), anew=True),
    )


def check_full_text() -> Finding:
    wanted = set(ArchiveEntry.objects.order_by().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(FULL_TEXT_IDS[connection.vendor])
        found = {pk for (pk,) in cursor.fetchall()}

    def mend() -> None:
        backend = database_backend()
        lacking = sorted(wanted - found)
        for start in range(0, len(lacking), BATCH):
            with transaction.atomic():
                entries = ArchiveEntry.objects.filter(pk__in=lacking[start : start + BATCH])
                backend.index(list(entries.select_for_update()))
        with transaction.atomic():
            backend.remove(found - wanted)

    return Finding("full text", len(wanted - found), len(found - wanted), 0, mend)


def check_vocabulary() -> Finding:
    found = recount.compare()
    return Finding(
        "vocabulary", len(found.missing), len(found.surplus), len(found.wrong), recount.mend
    )


def check_server() -> Finding:
    """Raises what the client raises when the server does not answer."""
    elastic = search_server()
    assert elastic is not None  # noqa: S101  (for the type checker)
    wanted = dict(ArchiveEntry.objects.order_by().values_list("pk", "digest"))
    if elastic.state() != IndexState.CURRENT:
        return Finding("search server", len(wanted), 0, 0, rebuild_server)
    elastic.refresh()
    found = dict(elastic.digests())
    old = {pk for pk in wanted.keys() & found.keys() if wanted[pk] != found[pk]}

    def mend() -> None:
        SearchServerChange.objects.bulk_create(
            SearchServerChange(entry_id=pk) for pk in sorted((wanted.keys() ^ found.keys()) | old)
        )
        server.push()

    return Finding(
        "search server",
        len(wanted.keys() - found.keys()),
        len(found.keys() - wanted.keys()),
        len(old),
        mend,
    )
