"""Loaders that every app needs: things by primary key, and a page's child rows."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import Model, Q, QuerySet
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.execution import Rank, gather, then
from cms.api.page_rows import SHARED, specific_pages, topics_of
from cms.api.selection import LIGHT, long_fields, selected, without_unread
from cms.drafts import shows_draft, versions_of
from cms.images import with_renditions
from cms.models import HubDocument, HubImage, HubPage, Topic
from cms.visibility import can_see


def load_thing(info: GraphQLResolveInfo, model: type[Model], pk: int | None) -> Any:
    """A future of the thing by primary key, or None. The guard judges it."""
    if pk is None:
        return None
    if issubclass(model, HubPage) and selected(info) <= LIGHT:
        return load_page(info, pk)
    names = selected(info) & long_fields(model)

    def load(keys: Sequence[int]) -> dict[int, Model]:
        if model is HubImage:
            return {image.pk: image for image in with_renditions(keys)}
        rows = without_unread(with_parts(model), names)
        return {each.pk: each for each in rows.filter(pk__in=keys)}

    rank = Rank.LEAF if model in (HubImage, HubDocument) else Rank.USUAL
    return info.context.loaders.get((model, names), lambda: load, rank=rank).load(pk)


def with_parts(model: type[Model]) -> QuerySet[Any]:
    # Without the model's own order: Django takes longer to write ORDER BY than one would think.
    return model._default_manager.order_by()


def load_page(
    info: GraphQLResolveInfo, key: int | str | None, *, names: frozenset[str] | None = None
) -> Any:
    """A future of the page of whatever type, specific, or None; by its primary key or its path in
    the tree. `names` are the fields that will be asked of it; by default those selected below the
    field.
    """
    if key is None:
        return None
    wanted = kind_of(selected(info) if names is None else names)

    def load(keys: Sequence[int | str]) -> dict[int | str, Page]:
        by_path = {each for each in keys if isinstance(each, str)}
        by_pk = {each for each in keys if not isinstance(each, str)}
        condition = Q(path__in=by_path) if by_path else Q()
        if by_pk:
            condition |= Q(pk__in=by_pk)
        pages = specific_pages(Page.objects.filter(condition), wanted)
        return {page.pk: page for page in pages} | {page.path: page for page in pages}

    rank = Rank.LINK if wanted == LIGHT else Rank.USUAL
    return info.context.loaders.get((Page, wanted), lambda: load, rank=rank).load(key)


def kind_of(names: frozenset[str]) -> frozenset[str]:
    """The least set of those that are loaded alike, so that they share a query."""
    if names <= LIGHT:
        return LIGHT
    return SHARED if names <= SHARED else frozenset({"*"})


def load_version(info: GraphQLResolveInfo, thing: Any) -> Any:
    """The thing itself, or a future of the draft that a preview token shows in its place; all
    drafts of one depth load together.
    """
    viewer = info.context.viewer
    if viewer.preview is None or not isinstance(thing, Page) or not shows_draft(thing, viewer):
        return thing

    def load(keys: Sequence[tuple[Page, frozenset[str]]]) -> dict[Any, Page]:
        return dict(zip(keys, versions_of([page for page, _unread in keys], viewer), strict=True))

    # A draft takes from the row what was read of it, so one of a link is not enough for a page.
    key = thing, frozenset(thing.get_deferred_fields())
    return info.context.loaders.get("versions", lambda: load).load(key)


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

    def load(keys: Sequence[tuple[type[Model], str, int]]) -> dict[Any, list[Topic]]:
        found = topics_of(keys)
        return {key: found[key[-1]] for key in keys}

    key = through, column_of_pages(through), page.pk
    return info.context.loaders.get(Topic, lambda: load).load(key)


@cache
def column_of_pages(through: type[Model]) -> str:
    return next(
        field.attname
        for field in through._meta.fields
        if field.related_model and issubclass(field.related_model, Page)
    )
