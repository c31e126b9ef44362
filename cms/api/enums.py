"""GraphQL enums out of Django's choices. Descriptions are English whatever the active language."""

import inspect
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import graphene
from django.db import models
from django.utils import translation


@cache
def enum_of(choices: type[models.TextChoices], name: str | None = None) -> type[graphene.Enum]:
    """The GraphQL enum of the choices, with their values as names; one per choices class."""
    with translation.override("en"):
        labels = {member.value: str(member.label) for member in choices}
    about = inspect.getdoc(choices)
    return graphene.Enum(
        name or choices.__name__,
        [(member.value, member.value) for member in choices],
        description=lambda value: labels[value.value] if value is not None else about,
    )


def enum_of_names(name: str, names: Sequence[str], description: str) -> type[graphene.Enum]:
    """A GraphQL enum of names that say enough of themselves."""
    return enum_of_texts(
        name, {each: each.replace("_", " ").capitalize() for each in names}, description
    )


def enum_of_texts(name: str, texts: Mapping[str, str], description: str) -> type[graphene.Enum]:
    """A GraphQL enum of names with what each of them means."""
    return graphene.Enum(
        name,
        [(each, each) for each in texts],
        description=lambda value: description if value is None else texts[value.name],
    )


def value_of(member: Any) -> str:
    """The value of an enum argument: graphene gives a member, or the value of a default."""
    return str(getattr(member, "value", member))
