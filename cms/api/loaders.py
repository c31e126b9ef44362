"""Loaders that every app needs: things by primary key, and a page's child rows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.execution import then
from cms.api.selection import LIGHT, long_fields, selected, without_unread
from cms.images import with_renditions
from cms.models import HubDocument, HubImage, HubPage


def load_thing(info: GraphQLResolveInfo, model: type[Model], pk: int | None) -> Any:
    """A future of the thing by primary key, or None. The guard judges it."""
    if pk is None:
        return None
    names = selected(info) & long_fields(model)

    def load(keys: Sequence[int]) -> dict[int, Model]:
        if model is HubImage:
            return {image.pk: image for image in with_renditions(keys)}
        rows = without_unread(with_parts(model), names)
        return {each.pk: each for each in rows.filter(pk__in=keys)}

    leaf = model in (HubImage, HubDocument)
    return info.context.loaders.get((model, names), lambda: load, leaf=leaf).load(pk)


def with_parts(model: type[Model]) -> QuerySet[Any]:
    # Without the model's own order: Django takes longer to write ORDER BY than one would think.
    return model._default_manager.order_by()


def load_page(info: GraphQLResolveInfo, pk: int | None) -> Any:
    """A future of the page of whatever type, specific, or None: one query, and one for each type
    among the pages when more is selected than every page's own table has.
    """
    if pk is None:
        return None
    light = selected(info) <= LIGHT

    def load(keys: Sequence[int]) -> dict[int, Page]:
        rows = Page.objects.filter(pk__in=keys).specific(defer=light)
        return {page.pk: page for page in rows}

    return info.context.loaders.get((Page, light), lambda: load).load(pk)


def load_children(info: GraphQLResolveInfo, parent: Model, relation: str) -> Any:
    """The rows of a ParentalKey relation, in their order; rows that a draft brought along are taken
    as they are.
    """
    if relation in getattr(parent, "_cluster_related_objects", {}):
        return list(getattr(parent, relation).all())
    descriptor: Any = parent._meta.get_field(relation)
    model, foreign_key = descriptor.related_model, descriptor.field.attname

    def load(keys: Sequence[int]) -> dict[int, list[Model]]:
        rows: dict[int, list[Model]] = {key: [] for key in keys}
        for row in model._default_manager.filter(**{f"{foreign_key}__in": keys}).order_by(
            "sort_order", "pk"
        ):
            rows[getattr(row, foreign_key)].append(row)
        return rows

    return info.context.loaders.get((model, foreign_key), lambda: load).load(parent.pk)


def load_topics(info: GraphQLResolveInfo, page: HubPage) -> Any:
    """The page's topics by title."""
    if "topics" in getattr(page, "_cluster_related_objects", {}):
        return sorted(page.topics.all(), key=lambda topic: topic.title)
    through = type(page).topics.through
    column = next(
        f.attname
        for f in through._meta.fields
        if f.is_relation and issubclass(f.related_model, Page)
    )

    def load(keys: Sequence[int]) -> dict[int, list[Model]]:
        rows: dict[int, list[Model]] = defaultdict(list)
        for row in (
            through.objects.filter(**{f"{column}__in": keys})
            .select_related("topic")
            .order_by("topic__title")
        ):
            rows[getattr(row, column)].append(row.topic)
        return rows

    future = info.context.loaders.get(through, lambda: load).load(page.pk)
    return then(future, lambda topics: topics or [])
