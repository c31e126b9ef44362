"""Relay connections with keyset cursors: they stay right when something is published between two
pages of a list.

https://relay.dev/graphql/connections.htm
"""

import base64
import binascii
import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import graphene
from django.db.models import Model, Q, QuerySet

from cms.api.errors import BadUserInput

FIRST_DEFAULT = 20
FIRST_MAXIMUM = 100
LONGEST_CURSOR = 500


class PageInfo(graphene.ObjectType):
    """Where a page of a list stands in it."""

    has_next_page = graphene.Boolean(
        required=True, description="Whether there is more after this page."
    )
    end_cursor = graphene.String(
        description="Pass it as `after` for the next page; null when this page is empty."
    )


@dataclass
class Edge:
    node: Any
    cursor: str


@dataclass(frozen=True)
class SortKey:
    """A non-null column to order by, as `values_list` and `filter` name it. The last key of an
    order is unique.
    """

    field: str
    descending: bool = False


class Keyset:
    """One page of a queryset in an order whose last key is unique."""

    def __init__(
        self,
        queryset: QuerySet[Any],
        keys: Sequence[SortKey],
        *,
        first: int | None,
        after: str | None,
    ) -> None:
        self.queryset = queryset
        self.keys = keys
        self.first = checked_first(first)
        self.position = decode(after, keys) if after else None

    @cached_property
    def rows(self) -> list[Model]:
        queryset = self.queryset.order_by(
            *(f"-{each.field}" if each.descending else each.field for each in self.keys)
        )
        if self.position is not None:
            queryset = queryset.filter(beyond(self.keys, self.position))
        return list(queryset[: self.first + 1])

    @property
    def edges(self) -> list[Edge]:
        return [Edge(row, encode(row, self.keys)) for row in self.rows[: self.first]]

    @property
    def page_info(self) -> PageInfo:
        edges = self.edges
        return PageInfo(
            has_next_page=len(self.rows) > self.first,
            end_cursor=edges[-1].cursor if edges else None,
        )

    @property
    def total_count(self) -> int:
        return self.queryset.order_by().count()


def checked_first(first: int | None) -> int:
    if first is None:
        return FIRST_DEFAULT
    if not 1 <= first <= FIRST_MAXIMUM:
        raise BadUserInput(f"`first` must be from 1 to {FIRST_MAXIMUM}, and is {first}.")
    return first


def beyond(keys: Sequence[SortKey], position: Sequence[Any]) -> Q:
    """Rows after the position: greater in the first key, or equal in it and greater in the second,
    and so on.
    """
    condition, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, position, strict=True):
        comparison = "lt" if key.descending else "gt"
        condition |= equal & Q(**{f"{key.field}__{comparison}": value})
        equal &= Q(**{key.field: value})
    return condition


def encode(row: Model, keys: Sequence[SortKey]) -> str:
    values = [getattr(row, each.field) for each in keys]
    text = json.dumps([v.isoformat() if isinstance(v, datetime.date) else v for v in values])
    return base64.urlsafe_b64encode(text.encode()).decode()


def decode(cursor: str, keys: Sequence[SortKey]) -> list[Any]:
    """The values of the cursor. Raises BadUserInput for one that this list did not give."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError(cursor)
        values = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if not isinstance(values, list) or len(values) != len(keys):
            raise ValueError(cursor)
        if not all(isinstance(value, str | int) for value in values):
            raise ValueError(cursor)
    except (ValueError, UnicodeError, binascii.Error, RecursionError) as error:
        raise BadUserInput(
            "`after` is not a cursor of this list: pass an `endCursor` as it was."
        ) from error
    return values


def connection_type(node: Callable[[], Any], name: str) -> type[graphene.ObjectType]:
    """The types <name>Connection and <name>Edge for nodes of a type that exists only when the
    schema is built.
    """
    edge = type(
        f"{name}Edge",
        (graphene.ObjectType,),
        {
            "__doc__": f"One {name} of a list.",
            "node": graphene.Field(
                node,
                description=(
                    "The thing itself. Null only when it was hidden while the answer was made."
                ),
            ),
            "cursor": graphene.String(
                required=True, description="The edge's place in the list, for `after`."
            ),
        },
    )
    return type(
        f"{name}Connection",
        (graphene.ObjectType,),
        {
            "__doc__": f"A page of a list of {name}.",
            "edges": graphene.List(
                graphene.NonNull(edge), required=True, description="The things, in order."
            ),
            "page_info": graphene.Field(
                PageInfo, required=True, description="Where this page stands in the list."
            ),
            "total_count": graphene.Int(
                required=True, description="How many things the whole list has."
            ),
        },
    )


def connection_field(
    connection: type[graphene.ObjectType], description: str, **arguments: Any
) -> graphene.Field:
    return graphene.Field(
        connection,
        required=True,
        description=description,
        first=graphene.Int(
            description=f"How many, 1 to {FIRST_MAXIMUM}; {FIRST_DEFAULT} by default."
        ),
        after=graphene.String(description="An `endCursor` of the same list: what comes after it."),
        **arguments,
    )
