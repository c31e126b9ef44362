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
from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from graphene.utils.str_converters import to_camel_case

from cms.api.errors import BadUserInput
from cms.api.execution import then
from cms.api.texts import is_storable
from cms.collation import polish_order

FIRST_DEFAULT = 20
FIRST_MAXIMUM = 100
LONGEST_CURSOR = 2000


class PageInfo(graphene.ObjectType):
    """Where a page of a list stands in it."""

    has_next_page = graphene.Boolean(
        required=True, description="Whether there is more after this page."
    )
    end_cursor = graphene.String(
        description="Pass it as `after` for the next page; null when this page is empty."
    )


@dataclass(frozen=True)
class SortKey:
    """A non-null column to order by, as the model names it. The last key of an order is unique."""

    field: str
    descending: bool = False
    # Whether a text is ordered as a Polish dictionary does.
    polish: bool = False

    @property
    def name(self) -> str:
        return f"in_polish_order_{self.field}" if self.polish else self.field

    @property
    def order(self) -> OrderBy:
        return F(self.name).desc() if self.descending else F(self.name).asc()


Order = Sequence[SortKey]


def description_of(order: Order) -> str:
    """For clients: the fields that it goes by, without the key that only makes it total."""
    keys = [key for key in order if key.field != "pk"]
    names = ", then ".join(f"`{to_camel_case(key.field)}`" for key in keys)
    manner = "as in a Polish dictionary" if keys[0].polish else "ascending"
    return f"By {names}, {'descending' if keys[0].descending else manner}."


class Edge:
    """A thing with its place in the list. A draft that is shown in its stead has the place of its
    row, which is what the next page is counted from.
    """

    def __init__(self, row: Model, order: Order, node: Model | None = None) -> None:
        self.row = row
        self.order = order
        self.node = row if node is None else node

    def showing(self, node: Model) -> "Edge":
        return Edge(self.row, self.order, node)

    @property
    def cursor(self) -> str:
        return encode(self.row, self.order)


class ListPage:
    """One page of a list. `load_rows` gives one thing more than the page has when more follow; it
    and `count` may give futures, and are called only for what was asked.
    """

    def __init__(
        self,
        order: Order,
        first: int,
        *,
        load_rows: Callable[[], Any],
        count: Callable[[], Any],
    ) -> None:
        self.order = order
        self.first = first
        self.load_rows = load_rows
        self.count = count

    @cached_property
    def rows(self) -> Any:
        return self.load_rows()

    @property
    def nodes(self) -> Any:
        return then(self.rows, lambda rows: rows[: self.first])

    @property
    def edges(self) -> Any:
        return then(self.nodes, lambda rows: [Edge(row, self.order) for row in rows])

    @property
    def page_info(self) -> Any:
        return then(self.rows, self.info_of)

    def info_of(self, rows: list[Model]) -> PageInfo:
        shown = rows[: self.first]
        return PageInfo(
            has_next_page=len(rows) > self.first,
            end_cursor=encode(shown[-1], self.order) if shown else None,
        )

    @property
    def total_count(self) -> Any:
        return self.count()


def in_order(queryset: QuerySet[Any], order: Order) -> QuerySet[Any]:
    return with_keys(queryset, order).order_by(*(key.order for key in order))


def with_keys(queryset: QuerySet[Any], order: Order) -> QuerySet[Any]:
    """With the names that the order's keys need and the table has not."""
    return queryset.alias(**{key.name: polish_order(key.field) for key in order if key.polish})


def after_position(
    queryset: QuerySet[Any], order: Order, position: Sequence[Any] | None
) -> QuerySet[Any]:
    if position is None:
        return queryset
    return with_keys(queryset, order).filter(beyond(order, position))


def checked_first(first: int | None) -> int:
    if first is None:
        return FIRST_DEFAULT
    if not 1 <= first <= FIRST_MAXIMUM:
        message = f"`first` must be from 1 to {FIRST_MAXIMUM}, and is {first}."
        raise BadUserInput(message, limit="first", asked=first, allowed=FIRST_MAXIMUM)
    return first


def beyond(order: Order, position: Sequence[Any]) -> Q:
    """Rows after the position: greater in the first key, or equal in it and greater in the second,
    and so on.
    """
    condition, equal = Q(pk__in=[]), Q()
    for key, value in zip(order, position, strict=True):
        comparison = "lt" if key.descending else "gt"
        condition |= equal & Q(**{f"{key.name}__{comparison}": value})
        equal &= Q(**{key.field: value})
    return condition


def encode(row: Model, order: Order) -> str:
    values = [getattr(row, key.field) for key in order]
    text = json.dumps([v.isoformat() if isinstance(v, datetime.date) else v for v in values])
    return base64.urlsafe_b64encode(text.encode()).decode()


def decode(cursor: str, order: Order, model: type[Model]) -> list[Any]:
    """The values of the cursor. Raises BadUserInput for one that this list did not give."""
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError(cursor)
        values = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if not isinstance(values, list) or len(values) != len(order):
            raise ValueError(cursor)
        return [value_of_key(key, value, model) for key, value in zip(order, values, strict=True)]
    except (ValueError, ValidationError, binascii.Error, RecursionError) as error:
        raise BadUserInput(
            "`after` is not a cursor of this list: pass an `endCursor` as it was."
        ) from error


def value_of_key(key: SortKey, value: Any, model: type[Model]) -> Any:
    """The value as the column has it. Raises ValueError for one that it cannot have."""
    column: Any = model._meta.pk if key.field == "pk" else model._meta.get_field(key.field)
    while column.is_relation:
        column = column.target_field
    kind = column.get_internal_type()
    if kind in {"CharField", "TextField"}:
        if isinstance(value, str) and is_storable(value):
            return value
    elif kind == "DateField":
        if isinstance(value, str):
            return column.to_python(value)
    elif kind == "DateTimeField":
        if isinstance(value, str):
            return in_utc(column.to_python(value))
    elif type(value) is int and abs(value) < 2**31:
        return value
    raise ValueError(value)


def in_utc(moment: datetime.datetime) -> datetime.datetime:
    """Raises ValueError for a moment without a zone, or one that UTC has no year for."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    try:
        return moment.astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError(moment) from error


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
                graphene.NonNull(edge),
                required=True,
                description="The things with their cursors, in order.",
            ),
            "nodes": graphene.List(
                graphene.NonNull(node),
                required=True,
                description="The things alone, in order, for those who need no cursors.",
            ),
            "page_info": graphene.Field(
                PageInfo, required=True, description="Where this page stands in the list."
            ),
            "total_count": graphene.Int(
                required=True, description="How many things the whole list has."
            ),
        },
    )


def paging_arguments() -> dict[str, Any]:
    return {
        "first": graphene.Int(
            description=f"How many, 1 to {FIRST_MAXIMUM}; {FIRST_DEFAULT} by default."
        ),
        "after": graphene.String(
            description="An `endCursor` of the same list: what comes after it."
        ),
    }
