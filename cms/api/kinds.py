"""Kinds of things as enums: the `content_kind` of the models."""

from functools import cache

from django.apps import apps
from django.db.models import Model

from cms.api.enums import enum_of_names
from cms.models import HubPage


@cache
def content_kinds() -> dict[str, type[Model]]:
    """Models of all things that readers get, by their kind."""
    return {
        kind: model
        for model in apps.get_models()
        if (kind := getattr(model, "content_kind", None)) is not None
    }


@cache
def page_kinds() -> dict[str, type[HubPage]]:
    return {kind: model for kind, model in content_kinds().items() if issubclass(model, HubPage)}


PageKind = enum_of_names("PageKind", sorted(page_kinds()), "Kinds of pages.")
ContentKind = enum_of_names("ContentKind", sorted(content_kinds()), "Kinds of things.")
