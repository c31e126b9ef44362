"""Synchronous execution in which resolvers may return futures, so that loaders batch across the
whole operation (docs/adr/0004).

graphql-sync-dataloaders brings the deferred execution. Two things are ours: loaders queue with the
request's context instead of with single futures, so that a future chained from another keeps
batching; and the signature that graphql-core has since 3.2.10.
"""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from graphene.types.resolver import dict_or_attr_resolver as default_resolver
from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.pyutils import Path, Undefined
from graphql_sync_dataloaders import DeferredExecutionContext, SyncFuture

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


class BatchingExecutionContext(DeferredExecutionContext):
    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> Any:
        self._deferred_callbacks: list[Any] = []
        result = ExecutionContext.execute_operation(self, operation, root_value)
        self.context_value.loaders.run()
        if not isinstance(result, SyncFuture):
            return result
        if not result.done():
            raise RuntimeError("A resolver's future was never resolved.")
        return result.result()

    def execute_fields_serially(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        fields: dict[str, list[FieldNode]],
    ) -> Any:
        """As the library's, with a short way for columns: most fields of an answer are."""
        results: dict[str, Any] = {}
        waiting: dict[str, SyncFuture] = {}
        for name, nodes in fields.items():
            column = column_of(self.schema, parent_type, nodes[0].name.value)
            value = column.value(source_value) if column else MISSING
            if value is MISSING:
                field_path = Path(path, name, parent_type.name)
                value = self.execute_field(parent_type, source_value, nodes, field_path)
                if isinstance(value, SyncFuture):
                    if value.done():
                        value = value.result()
                    else:
                        waiting[name] = value
            if value is not Undefined:
                results[name] = value
        return when_done(results, waiting) if waiting else results

    execute_fields = execute_fields_serially

    def handle_field_error(
        self, error: GraphQLError, return_type: GraphQLOutputType, path: Path | None = None
    ) -> None:
        if path is None:
            for key in error.path or []:
                path = Path(path, key, None)
        super().handle_field_error(error, return_type, path)


def when_done(results: dict[str, Any], waiting: dict[str, SyncFuture]) -> SyncFuture:
    """A future of the results, in the order that they have, once none is waited for."""
    outcome = SyncFuture()
    missing = len(waiting)

    def arrive(name: str, future: SyncFuture) -> None:
        nonlocal missing
        if outcome.done():
            return
        error = future.exception()
        if error is not None:
            # Of a non-null field: the thing above is null, and what stands beside it goes on.
            outcome.set_exception(error)
            return
        results[name] = future.result()
        missing -= 1
        if not missing:
            outcome.set_result(results)

    for name, future in waiting.items():
        future.add_done_callback(partial(arrive, name, future))
    return outcome


# Nothing was read: go the long way, which also words the errors.
MISSING = object()


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a leaf type that is resolved by an attribute of its name alone."""

    attribute: str
    default: Any
    nullable: bool
    serialize: Callable[[Any], Any]

    def value(self, source: Any) -> Any:
        try:
            if isinstance(source, dict):
                found = source.get(self.attribute, self.default)
            else:
                found = getattr(source, self.attribute, self.default)
            if found is None:
                return None if self.nullable else MISSING
            if isinstance(found, SyncFuture | Exception):
                return MISSING
            return self.serialize(found)
        except Exception:  # noqa: BLE001  (the long way meets it again and tells of it)
            return MISSING


COLUMNS: WeakKeyDictionary[GraphQLSchema, dict[tuple[str, str], Column | None]] = (
    WeakKeyDictionary()
)


def column_of(schema: GraphQLSchema, parent: GraphQLObjectType, name: str) -> Column | None:
    known = COLUMNS.setdefault(schema, {})
    key = (parent.name, name)
    if key not in known:
        known[key] = as_column(parent.fields.get(name))
    return known[key]


def as_column(field: GraphQLField | None) -> Column | None:
    """None for what has a resolver of its own, which the guard's is too."""
    resolve = field.resolve if field else None
    if field is None or not isinstance(resolve, partial) or resolve.func is not default_resolver:
        return None
    nullable = not isinstance(field.type, GraphQLNonNull)
    leaf: Any = field.type if nullable else field.type.of_type  # type: ignore[union-attr]
    if not isinstance(leaf, GraphQLScalarType | GraphQLEnumType):
        return None
    attribute, default = resolve.args
    return Column(attribute, default, nullable, leaf.serialize)
