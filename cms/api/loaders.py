"""Loaders that every app needs: things by primary key, and a page's child rows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.execution import gather, then
from cms.api.selection import LIGHT, long_fields, selected, without_unread
from cms.drafts import drafts_of, shows_draft
from cms.models import HubImage, HubPage
from cms.visibility import can_see


def load_thing(info: GraphQLResolveInfo, model: type[Model], pk: int | None) -> Any:
    """A future of the thing by primary key, or None. The guard judges it."""
    if pk is None:
        return None
    names = selected(info) & long_fields(model)

    def load(keys: Sequence[int]) -> dict[int, Model]:
        rows = without_unread(with_parts(model), names)
        return {each.pk: each for each in rows.filter(pk__in=keys)}

    return info.context.loaders.get((model, names), lambda: load).load(pk)


def with_parts(model: type[Model]) -> QuerySet[Any]:
    queryset = model._default_manager.all()
    if model is HubImage:
        return queryset.prefetch_related("renditions")
    return queryset


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


def load_version(info: GraphQLResolveInfo, thing: Any) -> Any:
    """The thing itself, or a future of the draft that a preview token shows in its place; all
    drafts of one depth load together.
    """
    viewer = info.context.viewer
    if viewer.preview is None or not isinstance(thing, Page) or not shows_draft(thing, viewer):
        return thing

    def load(pages: Sequence[Page]) -> dict[Page, Page]:
        drafts = drafts_of(pages, viewer)
        return {page: drafts.get(page.pk, page) for page in pages}

    return info.context.loaders.get("versions", lambda: load).load(thing)


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


def with_visible(
    info: GraphQLResolveInfo, rows: list[Any], field: str, load: Callable[[Any], Any]
) -> Any:
    """Those of the rows whose foreign key is empty or names what the viewer may see: what else a
    row says would tell of it. `load` gives a future of the thing that a row names.
    """

    def keep(found: list[Any]) -> list[Any]:
        kept = []
        for row, thing in zip(rows, found, strict=True):
            if getattr(row, f"{field}_id") is None or can_see(thing, viewer=info.context.viewer):
                # Already loaded: the row needs no query of its own.
                setattr(row, field, thing)
                kept.append(row)
        return kept

    return then(gather([load(row) for row in rows]), keep)


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
