"""What a query selects below a field, so that no more is loaded than is asked for."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from graphene.utils.str_converters import to_camel_case, to_snake_case
from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, SelectionSetNode
from wagtail.fields import StreamField

M = TypeVar("M", bound=Model)

# What the columns of Wagtail's own table of pages answer.
LIGHT = frozenset({"__typename", "id", "path", "title", "url"})
NODES = (("nodes",), ("edges", "node"))


def selected(info: GraphQLResolveInfo, *paths: tuple[str, ...]) -> frozenset[str]:
    """Names of the fields selected below this one; with paths, below those fields of it."""
    known = info.context.selections
    # The nodes live as long as the request; a field of a hundred things asks a hundred times.
    key = (*map(id, info.field_nodes), *paths)
    if key not in known:
        known[key] = names_below(info, paths or ((),))
    return known[key]


def names_below(info: GraphQLResolveInfo, paths: Sequence[tuple[str, ...]]) -> frozenset[str]:
    sets = [node.selection_set for node in info.field_nodes if node.selection_set]
    found = []
    for path in paths:
        level = sets
        for name in path:
            level = [
                field.selection_set
                for field in fields(level, info)
                if field.name.value == name and field.selection_set
            ]
        found += [field.name.value for field in fields(level, info)]
    return frozenset(found)


def fields(sets: list[SelectionSetNode], info: GraphQLResolveInfo) -> Iterator[FieldNode]:
    """Fields of the selections, those of their fragments included."""
    for each in sets:
        for node in each.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, FragmentSpreadNode):
                yield from fields([info.fragments[node.name.value].selection_set], info)
            else:
                yield from fields([node.selection_set], info)  # type: ignore[attr-defined]


def without_unread(queryset: QuerySet[M], names: frozenset[str]) -> QuerySet[M]:
    """Leaves out the long columns whose fields are not among the selected names."""
    unread = long_fields(queryset.model) - read_of(queryset.model, names)
    return queryset.defer(*(to_snake_case(name) for name in unread))


def read_of(model: Any, names: frozenset[str]) -> frozenset[str]:
    """The long columns that the fields of these names are made of."""
    made_of = getattr(model, "made_of", {})
    columns = {
        to_camel_case(column)
        for field, made in made_of.items()
        if to_camel_case(field) in names
        for column in made
    }
    return (names | columns) & long_fields(model)


@cache
def long_fields(model: Any) -> frozenset[str]:
    """Names in the API of the model's columns that hold whole texts."""
    streams = [each.name for each in model._meta.concrete_fields if isinstance(each, StreamField)]
    return frozenset(
        to_camel_case(name) for name in [*streams, *getattr(model, "long_columns", ())]
    )
