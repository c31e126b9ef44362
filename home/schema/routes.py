"""What a path leads to, and the paths that there are."""

from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.api.interfaces import PageInterface
from cms.api.loaders import load_page
from cms.api.pages import page_at, pk_of
from cms.paths import path_of
from cms.redirects import leads_to_visible
from cms.visibility import can_see

# The column of Wagtail's redirects.
LONGEST_OLD_PATH = 255


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


def redirect_from(path: str, info: GraphQLResolveInfo) -> RedirectTarget | None:
    """A redirect, unless it leads to a page that the viewer may not see."""
    if len(path) > LONGEST_OLD_PATH:
        return None
    try:
        old_path = Redirect.normalise_path(path)
    except ValueError:
        # No URL at all, for example "//[".
        return None
    redirects = Redirect.objects.filter(old_path=old_path)
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


class Query:
    route = graphene.Field(
        Route,
        required=True,
        path=graphene.String(required=True, description="Path below the site."),
        description="What a path leads to.",
    )
    page = graphene.Field(
        PageInterface,
        id=graphene.ID(required=True, description="Its identifier."),
        description="A page of any kind; null when there is none to see.",
    )

    @staticmethod
    def resolve_route(_root: None, info: GraphQLResolveInfo, path: str) -> Destination:
        page = page_at(path, Page.objects.all())
        # A hidden page takes no redirect away: that would tell that it is there.
        if page is not None and can_see(page, viewer=info.context.viewer):
            return Destination(page=page.specific)
        return Destination(redirect=redirect_from(path, info))

    @staticmethod
    def resolve_page(_root: None, info: GraphQLResolveInfo, id: str) -> Any:
        return load_page(info, pk_of(id))
