"""Visibility in GraphQL, enforced by type when the schema is built (docs/adr/0002).

Each field whose type is guarded gets its resolver wrapped, so a field that is added tomorrow cannot
forget the rule. What may not be seen is null or absent, as what does not exist. A result of a kind
that the guard does not know is refused. For the same reason it is here that a page within a preview
is put in the version that its viewer is to see.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Manager, Model, QuerySet
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    default_field_resolver,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from cms.api.execution import gather, then
from cms.api.loaders import load_version
from cms.visibility import can_see, rule_for

logger = logging.getLogger("hub.guard")

# Scalars that would carry guarded things past the guard: raw StreamField values, rich text with
# links that nobody judged.
FORBIDDEN_SCALARS = frozenset(
    {"JSONString", "GenericScalar", "GenericStreamFieldInterface", "RichTextString"}
)
FORBIDDEN_FIELDS = frozenset({"rawValue", "rawEmbed"})


class UnknownResult(TypeError):
    """A guarded field resolved to something that the guard cannot judge."""


def protect(schema: GraphQLSchema, models: dict[str, type[Model]]) -> None:
    """Wrap the schema's fields in place; `models` says which object type shows which model.

    Raises ImproperlyConfigured for a schema that would fail open.
    """
    guarded = guarded_types(schema, models)
    edges = edge_types(schema, guarded)
    problems = [*forbidden(schema), *unguardable(schema, guarded, edges)]
    if problems:
        raise ImproperlyConfigured("The GraphQL schema fails open: " + " ".join(problems))
    for parent in object_types(schema):
        for field in parent.fields.values():
            named = get_named_type(field.type).name
            if named in edges:
                wrap(field, keep_edges)
            elif named in guarded and parent.name not in edges:
                wrap(field, keep_visible)


def object_types(schema: GraphQLSchema) -> list[GraphQLObjectType]:
    return [
        each
        for each in schema.type_map.values()
        if isinstance(each, GraphQLObjectType) and not each.name.startswith("__")
    ]


def guarded_types(schema: GraphQLSchema, models: dict[str, type[Model]]) -> set[str]:
    """Object types of models with a rule, and the interfaces and unions that may be one of them."""
    names = {name for name, model in models.items() if has_rule(model)}
    for named in schema.type_map.values():
        if isinstance(named, GraphQLInterfaceType | GraphQLUnionType):
            possible = {each.name for each in schema.get_possible_types(named)}
            if possible & names:
                names.add(named.name)
    return names


def has_rule(model: type[Model]) -> bool:
    try:
        return rule_for(model) is not None
    except LookupError:
        return False


def edge_types(schema: GraphQLSchema, guarded: set[str]) -> set[str]:
    """Types of a connection's edges: a hidden node takes its edge with it."""
    return {
        each.name
        for each in object_types(schema)
        if each.name.endswith("Edge")
        and "node" in each.fields
        and get_named_type(each.fields["node"].type).name in guarded
    }


def forbidden(schema: GraphQLSchema) -> Iterable[str]:
    for parent in object_types(schema):
        for name, field in parent.fields.items():
            named: GraphQLNamedType = get_named_type(field.type)
            if named.name in FORBIDDEN_SCALARS or name in FORBIDDEN_FIELDS:
                yield f"{parent.name}.{name} carries what nobody judged."


def unguardable(schema: GraphQLSchema, guarded: set[str], edges: set[str]) -> Iterable[str]:
    """A single guarded thing that may not be null would break its parent when it is hidden."""
    for parent in object_types(schema):
        if parent.name in edges:
            continue
        for name, field in parent.fields.items():
            single = is_non_null_type(field.type) and not is_list_type(field.type.of_type)
            if single and get_named_type(field.type).name in guarded:
                yield f"{parent.name}.{name} must be nullable."


def wrap(field: GraphQLField, keep: Callable[[Any, Any, Any], Any]) -> None:
    resolve = field.resolve or default_field_resolver

    def guarded_resolve(source: Any, info: Any, **arguments: Any) -> Any:
        return then(resolve(source, info, **arguments), lambda result: keep(result, info, source))

    field.resolve = guarded_resolve


def keep_visible(result: Any, info: Any, _source: Any) -> Any:
    if result is None:
        return None
    if isinstance(result, Model):
        viewer = info.context.viewer
        return load_version(info, result) if can_see(result, viewer=viewer) else None
    if isinstance(result, Manager):
        result = result.all()
    if isinstance(result, QuerySet | list | tuple):
        seen = [each for each in result if is_visible(each, info)]
        return gather([load_version(info, each) for each in seen])
    raise UnknownResult(
        f"{info.parent_type.name}.{info.field_name} resolved to a {type(result).__name__}."
    )


def is_visible(thing: Any, info: Any) -> bool:
    if thing is not None and not isinstance(thing, Model):
        raise UnknownResult(
            f"{info.parent_type.name}.{info.field_name} lists a {type(thing).__name__}."
        )
    return can_see(thing, viewer=info.context.viewer)


def keep_edges(result: Any, info: Any, _source: Any) -> Any:
    """A connection filters in SQL first; what is dropped here was missed there."""
    kept = [edge for edge in result if is_visible(edge.node, info)]
    if len(kept) < len(result):
        logger.error(
            "%s.%s listed %d things that its viewer may not see.",
            info.parent_type.name,
            info.field_name,
            len(result) - len(kept),
        )
    versions = gather([load_version(info, edge.node) for edge in kept])
    return then(
        versions,
        lambda nodes: [edge.showing(node) for edge, node in zip(kept, nodes, strict=True)],
    )
