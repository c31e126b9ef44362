from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms import rich_text
from cms.api.execution import gather, then
from cms.api.loaders import load_thing
from cms.models import HubDocument
from cms.paths import absolute, path_of
from cms.visibility import can_see


class RichText(graphene.ObjectType):
    """Formatted text."""

    html = graphene.String(
        required=True,
        description=(
            "HTML with p, ul, ol, li, b, i, sup, sub, br and a. Links to pages are paths, and "
            "links to files absolute URLs, of what the viewer may see; other internal links have "
            "lost their address and kept their text."
        ),
    )
    text = graphene.String(
        required=True, description="Plain text, a line for each paragraph or list item."
    )

    @staticmethod
    def resolve_html(source: str, info: GraphQLResolveInfo) -> Any:
        pages = load_visible(info, Page, rich_text.linked_ids(source, "page"))
        documents = load_visible(info, HubDocument, rich_text.linked_ids(source, "document"))
        return then(gather([pages, documents]), lambda found: html(source, *found))

    @staticmethod
    def resolve_text(source: str, _info: GraphQLResolveInfo) -> str:
        return rich_text.to_text(source)


def html(source: str, pages: list[Page], documents: list[HubDocument]) -> str:
    return rich_text.to_html(
        source,
        pages={page.pk: path_of(page) for page in pages},
        documents={document.pk: absolute(document.url) for document in documents},
    )


def load_visible(info: GraphQLResolveInfo, model: Any, ids: set[int]) -> Any:
    """A future of those of the things that the viewer may see. A link needs no specific page."""
    key = ("link", Page) if model is Page else model
    if model is Page:

        def load(keys: Any) -> dict[int, Page]:
            return {page.pk: page for page in Page.objects.filter(pk__in=keys)}

        loader = info.context.loaders.get(key, lambda: load)
        things = gather([loader.load(pk) for pk in sorted(ids)])
    else:
        things = gather([load_thing(info, model, pk) for pk in sorted(ids)])
    return then(
        things, lambda found: [each for each in found if can_see(each, viewer=info.context.viewer)]
    )
