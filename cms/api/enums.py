"""GraphQL enums out of Django's choices. Descriptions are English whatever the active language."""

from functools import cache

import graphene
from django.db import models
from django.utils import translation


@cache
def enum_of(choices: type[models.TextChoices], name: str | None = None) -> type[graphene.Enum]:
    """The GraphQL enum of the choices, with their values as names; one per choices class."""
    with translation.override("en"):
        labels = {member.value: str(member.label) for member in choices}
    return graphene.Enum(
        name or choices.__name__,
        [(member.value, member.value) for member in choices],
        description=lambda value: labels[value.value] if value is not None else choices.__doc__,
    )
