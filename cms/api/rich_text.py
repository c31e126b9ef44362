from functools import partial
from typing import Any

import graphene
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms import rich_text
from cms.api.execution import gather, then
from cms.api.loaders import load_page, load_thing
from cms.api.selection import LIGHT
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
    """A future of those of the things that the viewer may see."""
    load = partial(load_page, names=LIGHT) if model is Page else load_document
    things = gather([load(info, pk) for pk in sorted(ids)])
    return then(
        things, lambda found: [each for each in found if can_see(each, viewer=info.context.viewer)]
    )


def load_document(info: GraphQLResolveInfo, pk: int) -> Any:
    return load_thing(info, HubDocument, pk)
