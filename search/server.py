"""Keeps the search server, when there is one, like the database's entries. What it does not have
yet waits in a table.

Every write carries a number that was drawn before the entry was read, and the server refuses one
that is lower than what it has (`version_type: external_gte`). So two who push at once, or one who
stalls, never put an old text over a newer one.
"""

import logging
from collections.abc import Iterator

from django.db import transaction

from cms import clock, journal
from cms.models import JournalReader
from search.backends import search_server
from search.backends.elastic import ElasticsearchBackend
from search.backends.elastic_index import IndexState
from search.models import ArchiveEntry, SearchServerChange

logger = logging.getLogger("hub.search")

BATCH = 200
READER = "archive-server"


def push() -> None:
    """Hand over what waits; what could not be handed over keeps waiting, and the error goes to the
    caller."""
    server = search_server()
    if server is None or not is_ready(server):
        return
    while waiting := list(SearchServerChange.objects.order_by("pk")[:BATCH]):
        numbers = {change.entry_id: change.pk for change in waiting}
        send(server, numbers)
        # Before the change stops waiting: until readers are answered from it, what waits is left
        # out of every answer.
        server.refresh()
        SearchServerChange.objects.filter(pk__in=[change.pk for change in waiting]).delete()


def send(server: ElasticsearchBackend, numbers: dict[int, int], *, index: str = "") -> None:
    """Bring these entries, each with the number of its change, to what they are now."""
    entries = list(ArchiveEntry.objects.filter(pk__in=numbers))
    server.write(entries, versions=numbers, index=index)
    gone = numbers.keys() - {entry.pk for entry in entries}
    server.delete({pk: numbers[pk] for pk in gone}, index=index)


def is_ready(server: ElasticsearchBackend) -> bool:
    """Whether the server has an index to push to. One that is missing (a new server, or one that
    lost its data) or of another mapping or analyser is made anew first, unless another process is
    at it."""
    from search.rebuilding import RebuildRunning, rebuild_server

    state = server.state()
    if state == IndexState.CURRENT:
        return True
    logger.warning("The search server's index is %s: it is made anew.", state.value)
    try:
        rebuild_server()
    except RebuildRunning:
        return False
    return True


@clock.chore
def look_after() -> None:
    """Without a change nobody would notice that the server lost its index."""
    reader = JournalReader.objects.filter(name=READER).first()
    if search_server() is None or (reader is not None and not journal.is_due(reader)):
        return
    push()


def next_number() -> int:
    """A number higher than that of any change so far."""
    with transaction.atomic():
        number = SearchServerChange.objects.create(entry_id=0).pk
        SearchServerChange.objects.filter(pk=number).delete()
    return number


def rebuild(server: ElasticsearchBackend) -> Iterator[int]:
    """Fill a new index beside the one in use, then switch; yields how many entries it has. For one
    process at a time (search/rebuilding.py).

    Whoever publishes meanwhile goes on pushing to the index in use. What differs at last is sent
    once more, before the switch and after it.
    """
    server.remove_leftovers()
    name = server.make_index(is_live=False)
    sent: dict[int, str] = {}
    last = 0
    while True:
        number = next_number()
        entries = list(ArchiveEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH])
        if not entries:
            break
        server.write(entries, versions={entry.pk: number for entry in entries}, index=name)
        sent |= {entry.pk: entry.digest for entry in entries}
        last = entries[-1].pk
        yield len(sent)
    replay(server, sent, index=name)
    # What a server was given it does not find at once: readers would search an empty archive.
    server.refresh(name)
    server.switch(name)
    # What was pushed to the old index between the comparison and the switch.
    replay(server, sent, index=name)
    server.refresh(name)


def replay(server: ElasticsearchBackend, sent: dict[int, str], *, index: str) -> None:
    """Send what is no longer as it was sent."""
    number = next_number()
    now = dict(ArchiveEntry.objects.order_by().values_list("pk", "digest"))
    changed = [pk for pk in now.keys() | sent.keys() if now.get(pk) != sent.get(pk)]
    for start in range(0, len(changed), BATCH):
        send(server, dict.fromkeys(changed[start : start + BATCH], number), index=index)
    sent.clear()
    sent.update(now)
