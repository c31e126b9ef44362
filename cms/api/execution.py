"""Synchronous execution in which resolvers may return futures, so that loaders batch across the
whole operation (docs/adr/0004).

graphql-sync-dataloaders brings the deferred execution. Two things are ours: loaders queue with the
request's context instead of with single futures, so that a future chained from another keeps
batching; and the signature that graphql-core has since 3.2.10.
"""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from graphql_sync_dataloaders import SyncFuture

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Rank(IntEnum):
    """Loaders of a higher rank wait until those of lower ones are done: so they load at once what
    was asked for early and late.
    """

    USUAL = 0
    # Seldom is something loaded because of what it gives.
    LINK = 1
    # Nothing is.
    LEAF = 2


class Loaders:
    """The loaders of one request, and the queue of those that have keys to load."""

    def __init__(self, viewer: Any) -> None:
        self.viewer = viewer
        self.made: dict[Hashable, Loader[Any, Any]] = {}
        self.queues: tuple[deque[Loader[Any, Any]], ...] = tuple(deque() for _ in Rank)

    def get(
        self,
        key: Hashable,
        make: Callable[[], "Callable[[Sequence[Any]], dict[Any, Any]]"],
        *,
        rank: Rank = Rank.USUAL,
    ) -> "Loader[Any, Any]":
        """The request's loader of this key; `make()` gives its batch function the first time."""
        if key not in self.made:
            self.made[key] = Loader(make(), self.queues[rank])
        return self.made[key]

    def run(self) -> None:
        while queue := next(filter(None, self.queues), None):
            queue.popleft().dispatch()


class Loader(Generic[K, V]):
    """Collects keys and loads them at once. The batch function returns what it found by key; a key
    that is missing gives None.
    """

    def __init__(
        self, load_batch: Callable[[Sequence[K]], dict[K, V]], waiting: "deque[Loader[Any, Any]]"
    ) -> None:
        self.load_batch = load_batch
        self.waiting = waiting
        self.futures: dict[K, SyncFuture] = {}
        self.queued: list[K] = []

    def load(self, key: K) -> SyncFuture:
        if key not in self.futures:
            if not self.queued:
                self.waiting.append(self)
            self.queued.append(key)
            self.futures[key] = SyncFuture()
        return self.futures[key]

    def dispatch(self) -> None:
        keys, self.queued = self.queued, []
        try:
            found = self.load_batch(keys)
        except Exception as error:  # noqa: BLE001  (whatever it is, it belongs to the fields that asked, not to the operation)
            for key in keys:
                self.futures[key].set_exception(error)
            return
        for key in keys:
            self.futures[key].set_result(found.get(key))


def then(value: Any, function: Callable[[Any], Any]) -> Any:
    """function(value), now or when the future has its result; the function may itself return a
    future.
    """
    if not isinstance(value, SyncFuture):
        return function(value)
    if value.done():
        return then(value.result(), function)
    outcome = SyncFuture()

    def finish() -> None:
        try:
            result = function(value.result())
        except Exception as error:  # noqa: BLE001  (a future carries the error to the field that waits)
            outcome.set_exception(error)
        else:
            settle(outcome, result)

    value.add_done_callback(finish)
    return outcome


def settle(outcome: SyncFuture, result: Any) -> None:
    """Give the outcome its result, or that of the future that the result is."""
    if not isinstance(result, SyncFuture):
        outcome.set_result(result)
    elif not result.done():
        result.add_done_callback(lambda: settle(outcome, result))
    elif result.exception() is not None:
        outcome.set_exception(result.exception())
    else:
        outcome.set_result(result.result())


def gather(values: Sequence[Any]) -> Any:
    """The list of results, once all are there; the first error, if there is one."""
    waiting = [value for value in values if isinstance(value, SyncFuture) and not value.done()]
    if not waiting:
        return [value.result() if isinstance(value, SyncFuture) else value for value in values]
    outcome = SyncFuture()
    missing = len(waiting)

    def count_down() -> None:
        nonlocal missing
        missing -= 1
        if missing:
            return
        try:
            results = gather(values)
        except Exception as error:  # noqa: BLE001  (a future carries the error to the field that waits)
            outcome.set_exception(error)
        else:
            outcome.set_result(results)

    for value in waiting:
        value.add_done_callback(count_down)
    return outcome
