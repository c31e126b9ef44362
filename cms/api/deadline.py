"""A time limit for an operation's SQL, on every database, without a query of its own.

PostgreSQL's statement_timeout would take two more round trips a request, since the admin shares the
connection and must not inherit it. Instead one thread of the process cancels what runs too long: by
a cancel request to PostgreSQL, by interrupting SQLite. After that no statement of the operation is
sent any more (docs/adr/0009).
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger("hub.api")

# Seconds until a cancellation is repeated while its statement still runs: it may have come before
# the server knew of the statement.
AGAIN = 0.05


class OperationTimeout(Exception):
    """The operation's time is over."""


class Deadline:
    """One operation's time on one connection."""

    def __init__(self, connection: BaseDatabaseWrapper, milliseconds: int) -> None:
        self.connection = connection
        self.due = time.monotonic() + milliseconds / 1000
        self.is_over = False
        self.is_running = False
        self.has_left = False
        self.lock = threading.Lock()

    def guard(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Django's execute_wrapper: no statement after the deadline."""
        # Before the look at `is_over`, which cancel() sets before it looks here: so a statement is
        # either not sent or cancelled.
        self.is_running = True
        try:
            if self.is_over:
                raise OperationTimeout
            return execute(*arguments)
        except OperationalError as error:
            if self.is_over:
                raise OperationTimeout from error
            raise
        finally:
            self.is_running = False

    def cancel(self) -> None:
        """Ends what runs. SQLite may run a statement outside guard(), when its rows are fetched."""
        # Under the lock: once the operation has left, the connection serves another request.
        with self.lock:
            if not self.has_left:
                self.is_over = True
                self.due = time.monotonic() + AGAIN
                cancel_statement(self.connection)

    def leave(self) -> None:
        with self.lock:
            self.has_left = True


def cancel_statement(connection: BaseDatabaseWrapper) -> None:
    """End the statement that runs on another thread's connection, if one does."""
    if connection.connection is None:
        return
    if connection.vendor == "sqlite":
        connection.connection.interrupt()
    else:
        connection.connection.cancel_safe(timeout=1)


class Watchdog:
    """The thread that cancels, started by the first operation of a process."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.watched: set[Deadline] = set()
        self.thread: threading.Thread | None = None

    def watch(self, deadline: Deadline) -> None:
        with self.changed:
            self.watched.add(deadline)
            if self.thread is None or not self.thread.is_alive():
                self.thread = threading.Thread(target=self.run, name="deadlines", daemon=True)
                self.thread.start()
            elif len(self.watched) == 1:
                # All operations have the same time, so a later one never comes due first.
                self.changed.notify()

    def forget(self, deadline: Deadline) -> None:
        with self.changed:
            self.watched.discard(deadline)
        deadline.leave()

    def run(self) -> None:
        while True:
            for deadline in self.next_due():
                try:
                    deadline.cancel()
                except Exception:
                    # A broken connection: its operation fails by itself, others need the thread.
                    logger.warning("A statement could not be cancelled.", exc_info=True)
                if not deadline.is_running:
                    # And none will, so there is nothing more to cancel.
                    self.forget(deadline)

    def next_due(self) -> list[Deadline]:
        with self.changed:
            if not self.watched:
                self.changed.wait()
                return []
            now = time.monotonic()
            due = [each for each in self.watched if each.due <= now]
            if not due:
                self.changed.wait(min(each.due for each in self.watched) - now)
            return due


watchdog = Watchdog()


@contextmanager
def deadline() -> Iterator[Deadline]:
    """Bounds the SQL inside by GRAPHQL_TIMEOUT_MS; `is_over` tells whether that was reached."""
    connection = connections["default"]
    bound = Deadline(connection, settings.GRAPHQL_TIMEOUT_MS)
    watchdog.watch(bound)
    try:
        with connection.execute_wrapper(bound.guard):
            yield bound
    finally:
        watchdog.forget(bound)
