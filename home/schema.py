"""GraphQL of the home page, plain pages, partners, settings, menus and routes."""

from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.api.body import WithBody
from cms.api.execution import gather, then
from cms.api.interfaces import PageInterface
from cms.api.loaders import load_children, load_page, load_thing
from cms.api.pages import page_at
from cms.api.types import extend, type_of
from cms.models import HubImage
from cms.paths import path_of
from cms.redirects import leads_to_visible
from cms.visibility import can_see, visible
from home.models import HomePage, Menu, MenuItem, Partner, SiteSettings, StandardPage
from thematic_months.models import Series

# The column of Wagtail's redirects.
LONGEST_OLD_PATH = 255


@extend(HomePage)
class HomePageFields(WithBody):
    """The home page."""


@extend(StandardPage)
class StandardPageFields(WithBody):
    """A plain page."""


@extend(Partner)
class PartnerFields:
    """An organisation that the network works with."""

    id = graphene.ID(required=True, description="Identifier, unique among partners.")
    logo = graphene.Field(type_of(HubImage), description="Null when there is none.")

    @staticmethod
    def resolve_logo(partner: Partner, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubImage, partner.logo_id)


@extend(SiteSettings)
class SiteSettingsFields:
    """Settings of the one site."""

    main_series = graphene.Field(
        type_of(Series), description="Null when none is chosen, or to be seen."
    )

    @staticmethod
    def resolve_main_series(settings: SiteSettings, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Series, settings.main_series_id)


@extend(MenuItem)
class MenuItemFields:
    """An entry of a menu."""

    label = graphene.String(
        required=True, description="Text of the link; empty to show the page's title."
    )
    url = graphene.String(
        required=True, description="Absolute URL outside the hub; empty when it leads to a page."
    )
    page = graphene.Field(
        PageInterface,
        description=(
            "Where it leads inside the hub; null when outside, or when the viewer may not see it."
        ),
    )

    @staticmethod
    def resolve_page(item: MenuItem, info: GraphQLResolveInfo) -> Any:
        return load_page(info, item.page_id)


@extend(Menu)
class MenuFields:
    """A menu."""

    items = graphene.List(
        graphene.NonNull(type_of(MenuItem)), required=True, description="Entries, in order."
    )

    @staticmethod
    def resolve_items(menu: Menu, info: GraphQLResolveInfo) -> Any:
        return then(
            load_children(info, menu, "items"), lambda rows: with_visible_pages(rows or [], info)
        )


def with_visible_pages(rows: list[MenuItem], info: GraphQLResolveInfo) -> Any:
    """The label of an entry tells of its page, so an entry with a hidden page goes with it."""
    pages = gather([load_page(info, row.page_id) for row in rows])

    def keep(found: list[Page | None]) -> list[MenuItem]:
        return [
            row
            for row, page in zip(rows, found, strict=True)
            if row.page_id is None or can_see(page, viewer=info.context.viewer)
        ]

    return then(pages, keep)


class RedirectTarget(graphene.ObjectType):
    """Where a path leads now."""

    location = graphene.String(
        required=True, description="Path below the site, or an absolute URL."
    )
    permanent = graphene.Boolean(
        required=True, description="Whether to answer 301 rather than 302."
    )


@dataclass
class Destination:
    page: Page | None = None
    redirect: RedirectTarget | None = None


class Route(graphene.ObjectType):
    """What a path leads to: a page or a redirect. Both are null for what is not there, or not to be
    seen.
    """

    page = graphene.Field(PageInterface, description="The page at this path; null for a redirect.")
    redirect = graphene.Field(RedirectTarget, description="Where to go instead; null for a page.")


class Query:
    route = graphene.Field(
        Route,
        required=True,
        path=graphene.String(required=True, description="Path below the site."),
        description="What a path leads to.",
    )
    settings = graphene.Field(
        type_of(SiteSettings), description="Settings of the site; null only before the first save."
    )
    menus = graphene.List(
        graphene.NonNull(type_of(Menu)), required=True, description="All menus, by key."
    )
    partners = graphene.List(
        graphene.NonNull(type_of(Partner)), required=True, description="All partners, by name."
    )

    @staticmethod
    def resolve_route(_root: None, info: GraphQLResolveInfo, path: str) -> Destination:
        page = page_at(path, Page)
        if page is not None:
            return Destination(page=page.specific)
        return Destination(redirect=redirect_from(path, info))

    @staticmethod
    def resolve_settings(_root: None, _info: GraphQLResolveInfo) -> SiteSettings:
        return SiteSettings.load()

    @staticmethod
    def resolve_menus(_root: None, info: GraphQLResolveInfo) -> QuerySet[Menu]:
        return visible(Menu.objects.order_by("key"), viewer=info.context.viewer)

    @staticmethod
    def resolve_partners(_root: None, info: GraphQLResolveInfo) -> QuerySet[Partner]:
        return visible(Partner.objects.order_by("name", "pk"), viewer=info.context.viewer)


def redirect_from(path: str, info: GraphQLResolveInfo) -> RedirectTarget | None:
    """A redirect, unless it leads to a page that the viewer may not see."""
    if len(path) > LONGEST_OLD_PATH:
        return None
    redirects = Redirect.objects.filter(old_path=Redirect.normalise_path(path))
    redirect = redirects.select_related("redirect_page").first()
    if redirect is None:
        return None
    page = redirect.redirect_page
    if page is None:
        location, shown = redirect.redirect_link, True
    else:
        location = path_of(page).rstrip("/") + (redirect.redirect_page_route_path or "/")
        shown = can_see(page, viewer=info.context.viewer)
    if not shown or not leads_to_visible(location, viewer=info.context.viewer):
        return None
    return RedirectTarget(location=location, permanent=redirect.is_permanent)
