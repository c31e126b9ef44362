"""How grapple's generated types become ours: only declared fields stay, and each app's schema.py
adds what it computes.
"""

import inspect
from collections.abc import Callable
from typing import Any

import graphene
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from graphene.types.utils import yank_fields_from_attrs
from grapple.registry import registry
from grapple.types.interfaces import get_page_interface

from cms.models import HubPage
from cms.visibility import can_read

EXTENSIONS: dict[type[Model], list[type]] = {}


def extend(model: type[Model]) -> Callable[[type], type]:
    """Class decorator: the graphene fields and resolve_ methods of the class become part of the
    model's type.

    On a page type the fields that the model's `guarded` names are null for those who may not read
    the body.
    """

    def register(extension: type) -> type:
        EXTENSIONS.setdefault(model, []).append(extension)
        return extension

    return register


def type_of(model: type[Model]) -> Callable[[], type[graphene.ObjectType]]:
    """The model's type, to be asked for when the schema is built: until then grapple has only a
    stub.
    """
    return lambda: registry.class_models[model]


def rows_of(model: type[Model], description: str) -> graphene.List:
    """A field with all things of a short list that belongs to one page."""
    return graphene.List(graphene.NonNull(type_of(model)), required=True, description=description)


def generated_types() -> dict[type[Model], type[graphene.ObjectType]]:
    """grapple's types of those of our models that have an extension: the others are not part of the
    contract.
    """
    return {model: node for model, node in registry.class_models.items() if model in EXTENSIONS}


def complete_types() -> list[type[graphene.ObjectType]]:
    """Finish every type; before the schema is built, or popped fields would leave orphans in it."""
    nodes = generated_types()
    forgotten = [model.__name__ for model in registry.pages if model not in nodes]
    if forgotten:
        raise ImproperlyConfigured(
            f"Page types without GraphQL fields: {', '.join(forgotten)}. Add them in a schema.py."
        )
    for model, node in nodes.items():
        complete(model, node)
    return list(nodes.values())


def complete(model: type[Model], node: type[graphene.ObjectType]) -> None:
    declared = {item().field_name for item in getattr(model, "graphql_fields", [])}
    for name in set(node._meta.fields) - declared:
        node._meta.fields.pop(name)
    for name in declared:
        # grapple's own resolver looks for managers and methods; these are columns and properties,
        # which graphene reads by itself.
        setattr(node, f"resolve_{name}", None)
    keep_page_interface(node)
    for extension in EXTENSIONS[model]:
        attributes = inherited_attributes(extension)
        node._meta.fields.update(yank_fields_from_attrs(attributes, _as=graphene.Field))
        for name, resolver in attributes.items():
            if name.startswith("resolve_"):
                setattr(
                    node,
                    name,
                    resolver if isinstance(resolver, staticmethod) else staticmethod(resolver),
                )
        set_option(node, "description", inspect.cleandoc(extension.__doc__ or ""))
        set_option(node, "name", getattr(extension, "graphql_name", node._meta.name))
    if issubclass(model, HubPage):
        guard_body(model, node)
    # Types are resolved by our interfaces, from specific objects; Django's base class must not pass
    # for a page of its own.
    node.is_type_of = classmethod(lambda _node, thing, _info, model=model: isinstance(thing, model))


def keep_page_interface(node: type[graphene.ObjectType]) -> None:
    """Pages implement our interface; grapple's interface of snippets tells names of Python classes
    and goes.
    """
    kept = tuple(each for each in node._meta.interfaces if each is get_page_interface())
    set_option(node, "interfaces", kept)
    for interface in kept:
        node._meta.fields.update(interface._meta.fields)


def set_option(node: type[graphene.ObjectType], name: str, value: Any) -> None:
    """graphene freezes the options of a type when its class is made; grapple's types are finished
    later.
    """
    object.__setattr__(node._meta, name, value)


def inherited_attributes(extension: type) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    for base in reversed(extension.__mro__[:-1]):
        attributes |= vars(base)
    return attributes


def guard_body(model: type[HubPage], node: type[graphene.ObjectType]) -> None:
    for name in (*model.guarded, *model.guarded_names):
        if name not in node._meta.fields:
            continue
        if isinstance(node._meta.fields[name].type, graphene.NonNull):
            raise TypeError(f"{model.__name__}.{name} is guarded, so it must be nullable.")
        resolve = getattr(node, f"resolve_{name}", None)
        setattr(node, f"resolve_{name}", staticmethod(open_for_readers(name, resolve)))


def open_for_readers(name: str, resolve: Callable[..., Any] | None) -> Callable[..., Any]:
    def resolve_if_readable(page: HubPage, info: Any, **arguments: Any) -> Any:
        if not can_read(page, viewer=info.context.viewer):
            return None
        return resolve(page, info, **arguments) if resolve else getattr(page, name)

    return resolve_if_readable
