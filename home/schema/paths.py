"""The paths of all pages, for frontends that are built ahead."""

import datetime
from typing import Any

import graphene
from django.contrib.contenttypes.models import ContentType
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.connections import (
    ListPage,
    PageInfo,
    SortKey,
    after_position,
    checked_first,
    decode,
    in_order,
    paging_arguments,
)
from cms.api.enums import value_of
from cms.api.interfaces import UPDATED_AT
from cms.api.kinds import PageKind, page_kinds
from cms.api.page_rows import add_published_on, updated_at
from cms.paths import path_of
from cms.visibility import visible

IN_TREE = (SortKey("path"), SortKey("pk"))


class PagePath(graphene.ObjectType):
    """Where a page is, and when it changed."""

    id = graphene.ID(required=True, description="Identifier, unique among pages.")
    path = graphene.String(
        required=True, description="Path below the site, begins and ends with a slash."
    )
    kind = graphene.Field(PageKind, required=True, description="What it is.")
    updated_at = graphene.DateTime(required=True, description=UPDATED_AT)

    @staticmethod
    def resolve_path(page: Page, _info: GraphQLResolveInfo) -> str:
        return path_of(page)

    @staticmethod
    def resolve_kind(page: Page, _info: GraphQLResolveInfo) -> str:
        return kind_of(page)

    @staticmethod
    def resolve_updated_at(page: Page, _info: GraphQLResolveInfo) -> datetime.datetime:
        return updated_at(page)


class PagePathConnection(graphene.ObjectType):
    """A page of the list of paths."""

    nodes = graphene.List(
        graphene.NonNull(PagePath), required=True, description="The paths, in the tree's order."
    )
    page_info = graphene.Field(
        PageInfo, required=True, description="Where this page stands in the list."
    )
    total_count = graphene.Int(required=True, description="How many paths the whole list has.")


def kind_of(page: Page) -> str:
    model: Any = ContentType.objects.get_for_id(page.content_type_id).model_class()
    return str(model.content_kind)


class Query:
    page_paths = graphene.Field(
        PagePathConnection,
        required=True,
        kinds=graphene.List(
            graphene.NonNull(PageKind), description="Any of these kinds; all by default."
        ),
        description="The paths of all pages that the viewer may see, for static builds.",
        **paging_arguments(),
    )

    @staticmethod
    def resolve_page_paths(
        _root: None,
        info: GraphQLResolveInfo,
        *,
        kinds: list[Any] | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> ListPage:
        pages = visible(Page.objects.all(), viewer=info.context.viewer)
        models = page_kinds()
        wanted = models if kinds is None else [value_of(kind) for kind in kinds]
        types = ContentType.objects.get_for_models(*(models[kind] for kind in wanted))
        pages = pages.filter(content_type__in=types.values())
        first = checked_first(first)
        position = None if after is None else decode(after, IN_TREE, Page)
        rows = in_order(after_position(pages, IN_TREE, position), IN_TREE)

        def load_rows() -> list[Page]:
            found = list(rows[: first + 1])
            add_published_on(found)
            return found

        return ListPage(
            IN_TREE,
            first,
            load_rows=load_rows,
            count=lambda: pages.order_by().count(),
        )
