"""Keeps the search server, when there is one, like the database's entries. What it does not have
yet waits in a table."""

from search.backends import search_server
from search.backends.elastic import ElasticsearchBackend
from search.models import ArchiveEntry, SearchServerChange

BATCH = 200


def push() -> None:
    """Hand over what waits; what could not be handed over keeps waiting, and the error goes to the
    caller."""
    server = search_server()
    if server is None:
        return
    if not server.exists():
        # A new server, or one that lost its data: a part of the archive would be worse than none.
        rebuild(server)
    while waiting := list(SearchServerChange.objects.order_by("pk")[:BATCH]):
        entry_ids = {change.entry_id for change in waiting}
        entries = list(ArchiveEntry.objects.filter(pk__in=entry_ids))
        server.index(entries)
        server.remove(entry_ids - {entry.pk for entry in entries})
        # Before the change stops waiting: until readers are answered from it, what waits is left
        # out of every answer.
        server.refresh()
        SearchServerChange.objects.filter(pk__in=[change.pk for change in waiting]).delete()


def rebuild(server: ElasticsearchBackend) -> int:
    """Fill a new index beside the one in use, then switch. What changes meanwhile waits, and is
    pushed afterwards."""
    name = server.make_index(is_live=False)
    done = last = 0
    while entries := list(ArchiveEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        server.write(entries, index=name)
        last = entries[-1].pk
        done += len(entries)
    # What a server was given it does not find at once: readers would search an empty archive.
    server.refresh(name)
    server.switch(name)
    return done
