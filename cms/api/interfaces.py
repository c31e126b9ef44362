"""The interface that every page implements, in place of grapple's, which shows every column."""

import datetime
from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo
from grapple.registry import registry
from wagtail.models import Page

from cms.api.enums import enum_of
from cms.api.execution import gather, then
from cms.api.loaders import load_page, load_thing, load_topics
from cms.api.page_rows import updated_at
from cms.api.types import type_of
from cms.models import Audience, HubImage, HubPage, Licence, Topic
from cms.paths import absolute, path_of
from cms.visibility import can_read

UPDATED_AT = "When it was last published; noon of its `publishedOn` when it never was."


class Seo(graphene.ObjectType):
    """What search engines and shared links show."""

    title = graphene.String(
        required=True,
        description="Title for search engines; the page's own unless an editor wrote another.",
    )
    description = graphene.String(
        required=True,
        description="Description for search engines; the lead unless an editor wrote another.",
    )


class PageInterface(graphene.Interface):
    """What every page has."""

    id = graphene.ID(required=True, description="Identifier, unique among pages.")
    path = graphene.String(
        required=True, description="Path below the site, begins and ends with a slash."
    )
    url = graphene.String(
        required=True, description="Absolute URL of the page on the hub's own site."
    )
    title = graphene.String(required=True, description="Title.")
    lead = graphene.String(required=True, description="One to three sentences; may be empty.")
    cover = graphene.Field(
        type_of(HubImage),
        description="Picture for tiles and shared links; null when there is none.",
    )
    topics = graphene.List(
        graphene.NonNull(type_of(Topic)), required=True, description="Topics, by title."
    )
    audience = graphene.Field(
        enum_of(Audience), required=True, description="Who may read the body."
    )
    locked = graphene.Boolean(
        required=True,
        description=(
            "True when the viewer may not read the body: it is null, with all that belongs to it."
        ),
    )
    published_on = graphene.Date(required=True, description="Date that readers see.")
    updated_at = graphene.DateTime(required=True, description=UPDATED_AT)
    licence = graphene.Field(
        enum_of(Licence), required=True, description="What one may do with the text."
    )
    seo = graphene.Field(
        Seo, required=True, description="What search engines and shared links show."
    )
    parent = graphene.Field(
        lambda: PageInterface, description="The page above; null for the home page."
    )
    breadcrumbs = graphene.List(
        graphene.NonNull(lambda: PageInterface),
        required=True,
        description="The pages above, from the home page down, as far as the viewer may see them.",
    )

    class Meta:
        name = "Page"

    @classmethod
    def resolve_type(cls, instance: Any, info: GraphQLResolveInfo) -> type[graphene.ObjectType]:
        if type(instance) not in registry.pages:
            raise GraphQLError("A page must be resolved as its specific type.")
        return registry.pages[type(instance)]

    @staticmethod
    def resolve_path(page: HubPage, _info: GraphQLResolveInfo) -> str:
        return path_of(page)

    @staticmethod
    def resolve_url(page: HubPage, _info: GraphQLResolveInfo) -> str:
        return absolute(path_of(page))

    @staticmethod
    def resolve_cover(page: HubPage, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubImage, page.cover_id)

    @staticmethod
    def resolve_topics(page: HubPage, info: GraphQLResolveInfo) -> Any:
        return load_topics(info, page)

    @staticmethod
    def resolve_locked(page: HubPage, info: GraphQLResolveInfo) -> bool:
        return not can_read(page, viewer=info.context.viewer)

    @staticmethod
    def resolve_updated_at(page: HubPage, _info: GraphQLResolveInfo) -> datetime.datetime:
        return updated_at(page)

    @staticmethod
    def resolve_seo(page: HubPage, _info: GraphQLResolveInfo) -> Seo:
        return Seo(
            title=page.seo_title or page.title, description=page.search_description or page.lead
        )

    @staticmethod
    def resolve_parent(page: HubPage, info: GraphQLResolveInfo) -> Any:
        return then(load_ancestors(info, page), lambda pages: pages[-1] if pages else None)

    @staticmethod
    def resolve_breadcrumbs(page: HubPage, info: GraphQLResolveInfo) -> Any:
        return load_ancestors(info, page)


def load_ancestors(info: GraphQLResolveInfo, page: Page) -> Any:
    """A future of the pages above, the home page first: as with load_page(), for many at once."""
    above = [load_page(info, path) for path in ancestor_paths(page.path)]
    return then(gather(above), lambda pages: [each for each in pages if each is not None])


def ancestor_paths(path: str) -> list[str]:
    """Tree paths above this one, without the root of the tree, which is no page for readers."""
    return [path[:end] for end in range(2 * Page.steplen, len(path), Page.steplen)]
