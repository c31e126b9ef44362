"""Asks the search server, and the database when it does not answer."""

import logging
import time
from dataclasses import replace

from cms.models import JournalReader
from search.backends import database_backend, search_server
from search.backends.interface import BackendUnavailable, Ranking, Search
from search.server import READER
from search.unsettled import Unsettled, waiting_for_server

logger = logging.getLogger("hub.search")

# After a failure it is not asked for so long, so that not every reader waits for it in vain.
PAUSE_SECONDS = 5.0


class Pause:
    """Of this process alone: others find out for themselves."""

    def __init__(self) -> None:
        self.until = 0.0

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def begin(self) -> None:
        self.until = time.monotonic() + PAUSE_SECONDS

    def end(self) -> None:
        self.until = 0.0


pause = Pause()


def without(search: Search, entry_ids: tuple[int, ...]) -> Search:
    """The same search past these entries as well."""
    known = search.scope.unsettled.entry_ids
    unsettled = Unsettled(tuple({*known, *entry_ids}))
    return replace(search, scope=replace(search.scope, unsettled=unsettled))


def lags_behind(waiting: Unsettled) -> bool:
    """Whether too much waits for the server, or it takes nothing: its disk may be full. What waits
    is left out of its answers, and would be for as long as that lasts.
    """
    if waiting.is_too_much or not waiting.entry_ids:
        return waiting.is_too_much
    return JournalReader.objects.filter(name=READER, failures__gt=0).exists()


def ask(search: Search) -> tuple[Ranking, bool]:
    """The ranking, and whether it is the database's although there is a search server.

    Their scores differ, so that a place in the order of one is only near the same place in the
    other's.
    """
    server = search_server()
    if server is None:
        return database_backend().search(search), False
    waiting = waiting_for_server()
    if pause.is_over and not (lags_behind(waiting) or search.scope.unsettled.is_too_much):
        try:
            ranking = server.search(without(search, waiting.entry_ids))
        except BackendUnavailable as error:
            pause.begin()
            logger.warning("The database answers for the search server: %s", error)
        except Exception:
            # Whatever a broken server answers, the database can.
            pause.begin()
            logger.exception("The search server's answer makes no sense; the database answers.")
        else:
            pause.end()
            return ranking, False
    return database_backend().search(search), True
