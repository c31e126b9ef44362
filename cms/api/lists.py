"""Lists of one kind of thing: typed conditions and orders, as a root field and below other things.

Below other things a list is loaded for all of them at once, however many there are.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import graphene
from django.db.models import Count, F, Model, Q, QuerySet, Window
from django.db.models.functions import DenseRank, Left
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.connections import (
    ListPage,
    Order,
    after_position,
    checked_first,
    connection_type,
    decode,
    description_of,
    in_order,
    paging_arguments,
)
from cms.api.enums import enum_of_texts, value_of
from cms.api.selection import NODES, selected, without_unread
from cms.api.types import type_of
from cms.visibility import Viewer, visible


@dataclass(frozen=True)
class Condition:
    """An argument of `where`, and the rows that hold to it. What it compares with must itself be
    visible to the viewer: a list must not tell of hidden things by what it leaves out.
    """

    argument: Any
    q: Callable[[Any, Viewer], Q]


class Relation(Protocol):
    """How the things of a list belong to the things above them."""

    def key(self, parent: Any) -> Any:
        """What the rows know their parent by."""

    def narrow(self, rows: QuerySet[Any], keys: Sequence[Any]) -> QuerySet[Any]:
        """The rows below these parents, annotated with `parent_key`."""


@dataclass(frozen=True, eq=False)
class Below:
    """Pages below a page, at any depth. All parents of one list stand equally deep."""

    def key(self, parent: Page) -> str:
        return parent.path

    def narrow(self, rows: QuerySet[Any], keys: Sequence[str]) -> QuerySet[Any]:
        inside = Q()
        for path in keys:
            # Treebeard's own range: an index answers it, which it does not for a computed prefix.
            inside |= Q(path__range=rows.model._get_children_path_interval(path))
        return rows.filter(inside).annotate(parent_key=Left("path", len(keys[0])))


@dataclass(frozen=True, eq=False)
class Through:
    """Things that name their parent in a foreign key, perhaps of a row of theirs."""

    lookup: str
    conditions: Mapping[str, Any] = field(default_factory=dict)

    def key(self, parent: Model) -> Any:
        return parent.pk

    def narrow(self, rows: QuerySet[Any], keys: Sequence[Any]) -> QuerySet[Any]:
        # One filter(): the conditions hold for the same row as the foreign key.
        rows = rows.filter(**{f"{self.lookup}__in": keys}, **self.conditions)
        return rows.annotate(parent_key=F(self.lookup))


class ContentList:
    """What one kind of thing can be filtered and ordered by; it makes the fields that list it."""

    def __init__(
        self,
        model: type[Model],
        *,
        where: Mapping[str, Condition],
        orders: Mapping[str, Order],
        related: Sequence[str] = (),
    ) -> None:
        self.model = model
        self.conditions = where
        self.orders = orders
        self.related = related
        # The first of the orders is the usual one.
        self.usual = next(iter(orders))
        name = model.__name__
        self.connection = connection_type(type_of(model), name)
        self.where_type = type(
            f"{name}Where",
            (graphene.InputObjectType,),
            {
                "__doc__": f"Which of {name} a list has; all conditions hold together.",
                **{key: each.argument for key, each in where.items()},
            },
        )
        texts = {key: description_of(order) for key, order in orders.items()}
        self.order_type = enum_of_texts(f"{name}Order", texts, f"Orders of {name}.")

    def field(
        self, description: str, *, below: Relation | None = None, usual: str | None = None
    ) -> graphene.Field:
        """A connection of all such things, or with `below` of those that belong to the parent."""
        usual = usual or self.usual

        def resolve(parent: Any, info: GraphQLResolveInfo, **arguments: Any) -> ListPage:
            request = ListRequest.of(self, info, usual=usual, **arguments)
            return request.of_all() if below is None else request.of_parent(below, parent)

        return graphene.Field(
            self.connection,
            required=True,
            description=description,
            resolver=resolve,
            **self.where_argument(),
            order_by=graphene.Argument(self.order_type, description=f"{usual} by default."),
            **paging_arguments(),
        )

    def where_argument(self) -> dict[str, Any]:
        if not self.conditions:
            return {}
        return {"where": self.where_type(description="Which of them; all by default.")}

    def rows(self, where: Mapping[str, Any], info: GraphQLResolveInfo) -> QuerySet[Any]:
        viewer = info.context.viewer
        rows = visible(self.model._default_manager.all(), viewer=viewer)
        for name, value in where.items():
            if value is not None:
                rows = rows.filter(self.conditions[name].q(value, viewer))
        return rows


@dataclass(frozen=True, eq=False)
class ListRequest:
    """One page of a list, as a field asks for it."""

    content: ContentList
    info: GraphQLResolveInfo
    order: Order
    where: Mapping[str, Any]
    first: int
    position: Sequence[Any] | None

    @classmethod
    def of(
        cls,
        content: ContentList,
        info: GraphQLResolveInfo,
        *,
        usual: str,
        first: int | None = None,
        after: str | None = None,
        where: Mapping[str, Any] | None = None,
        order_by: Any = None,
    ) -> "ListRequest":
        order = content.orders[value_of(order_by) if order_by else usual]
        position = None if after is None else decode(after, order, content.model)
        return cls(content, info, order, where or {}, checked_first(first), position)

    def matching(self) -> QuerySet[Any]:
        return self.content.rows(self.where, self.info)

    def page_rows(self, matching: QuerySet[Any]) -> QuerySet[Any]:
        """As they are read: in order, from the cursor on, without long columns that nobody asked
        for.
        """
        rows = matching.select_related(*self.content.related)
        rows = after_position(rows, self.order, self.position)
        return in_order(without_unread(rows, selected(self.info, *NODES)), self.order)

    def of_all(self) -> ListPage:
        matching = self.matching()
        return ListPage(
            self.order,
            self.first,
            load_rows=lambda: list(self.page_rows(matching)[: self.first + 1]),
            count=lambda: matching.order_by().count(),
        )

    def of_parent(self, relation: Relation, parent: Any) -> ListPage:
        key = relation.key(parent)
        depth = len(key) if isinstance(key, str) else 0
        loaders = self.info.context.loaders
        name = (self.content, relation, depth, self.fingerprint)
        return ListPage(
            self.order,
            self.first,
            load_rows=lambda: loaders.get(
                ("rows", *name), lambda: lambda keys: self.load(relation, keys)
            ).load(key),
            count=lambda: loaders.get(
                ("count", *name), lambda: lambda keys: self.count(relation, keys)
            ).load(key),
        )

    @property
    def fingerprint(self) -> str:
        """Equal for pages that one query can load together."""
        names = [key.name for key in self.order], sorted(selected(self.info, *NODES))
        return json.dumps(
            [names, self.where, self.first, self.position], default=str, sort_keys=True
        )

    def load(self, relation: Relation, keys: Sequence[Any]) -> dict[Any, list[Model]]:
        rows = self.page_rows(relation.narrow(self.matching(), keys))
        # Dense: a thing that belongs to its parent twice has one rank.
        rank = Window(
            DenseRank(), partition_by=[F("parent_key")], order_by=[key.order for key in self.order]
        )
        found: dict[Any, dict[Any, Model]] = {key: {} for key in keys}
        for row in rows.annotate(rank_in_list=rank).filter(rank_in_list__lte=self.first + 1):
            found[row.parent_key].setdefault(row.pk, row)
        return {key: list(things.values()) for key, things in found.items()}

    def count(self, relation: Relation, keys: Sequence[Any]) -> dict[Any, int]:
        rows = relation.narrow(self.matching(), keys).order_by().values("parent_key")
        counts = rows.annotate(number=Count("pk", distinct=True))
        return dict.fromkeys(keys, 0) | {row["parent_key"]: row["number"] for row in counts}
