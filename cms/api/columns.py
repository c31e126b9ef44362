"""A short way for fields that are an attribute of what they are read from: most fields of an answer
are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from graphene.types.resolver import dict_or_attr_resolver as default_resolver
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
)
from graphql_sync_dataloaders import SyncFuture

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
    leaf: Any = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if not isinstance(leaf, GraphQLScalarType | GraphQLEnumType):
        return None
    attribute, default = resolve.args
    return Column(attribute, default, leaf is field.type, leaf.serialize)
