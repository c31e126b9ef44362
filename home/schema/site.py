"""GraphQL of the home page, plain pages, partners, settings and menus."""

from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from cms.api.body import WithBody
from cms.api.execution import then
from cms.api.interfaces import PageInterface
from cms.api.lists import Through
from cms.api.loaders import load_children, load_page, load_thing, with_visible
from cms.api.pages import single
from cms.api.selection import LIGHT
from cms.api.types import extend, type_of
from cms.models import HubImage
from cms.visibility import visible
from home.lists import PARTNERS
from home.models import HomePage, Menu, MenuItem, Partner, SiteSettings, StandardPage
from projects.lists import PROJECTS
from thematic_months.lists import SERIES
from thematic_months.models import Series

PARTNERED = Through("partnerships__partner")


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

    series = SERIES.field("Series with this partner.", below=PARTNERED)
    projects = PROJECTS.field("Projects with this partner.", below=PARTNERED)

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
        required=True,
        description=(
            "Absolute URL outside the hub, or the path of a list that is no page, such as "
            "/archiwum/; empty when it leads to a page."
        ),
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
            load_children(info, menu, "items"),
            lambda rows: with_visible(
                info, rows or [], "page", lambda row: load_page(info, row.page_id, names=LIGHT)
            ),
        )


class Query:
    settings = graphene.Field(
        type_of(SiteSettings), description="Settings of the site; null only before the first save."
    )
    menus = graphene.List(
        graphene.NonNull(type_of(Menu)), required=True, description="All menus, by key."
    )
    partners = PARTNERS.field("Partners.")
    partner = single(Partner, "A partner", slug=True)

    @staticmethod
    def resolve_settings(_root: None, _info: GraphQLResolveInfo) -> SiteSettings | None:
        return SiteSettings.objects.first()

    @staticmethod
    def resolve_menus(_root: None, info: GraphQLResolveInfo) -> QuerySet[Menu]:
        return visible(Menu.objects.order_by("key"), viewer=info.context.viewer)
