"""GraphQL of one hit of the archive. What it tells has passed the search's own check of visibility;
its page and its picture pass the guard's."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.enums import enum_of_names
from cms.api.execution import then
from cms.api.interfaces import PageInterface
from cms.api.loaders import load_page, load_thing
from cms.api.types import type_of
from cms.models import HubDocument, HubImage
from search.archive import Hit
from search.indexing import page_models
from thematic_months.models import Question

QUESTION = Question.content_kind
COVER = frozenset({"cover"})
DOCUMENT = HubDocument.content_kind

ArchiveKind = enum_of_names(
    "ArchiveKind", [*page_models(), QUESTION, DOCUMENT], "Kinds of things in the archive."
)


class ArchiveHit(graphene.ObjectType):
    """Something that the archive found."""

    id = graphene.ID(required=True, description="Identifier, unique among hits.")
    kind = graphene.Field(ArchiveKind, required=True, description="What it is.")
    path = graphene.String(
        required=True,
        description="Path below the site; of a document that of the page that holds it.",
    )
    title = graphene.String(required=True, description="Title, plain text.")
    lead = graphene.String(required=True, description="One to three sentences, or empty.")
    date = graphene.Date(
        required=True, description="When it was published, or when it takes place."
    )
    title_html = graphene.String(
        required=True, description="Title as safe HTML, with a mark element around what was found."
    )
    passage_html = graphene.String(
        required=True,
        description="The best passage as safe HTML, with a mark element around what was found.",
    )
    page_number = graphene.Int(
        description=(
            "Page of the PDF that the passage is from, 1 for the first one; null for what is no "
            "PDF, and when nothing was found in its text."
        )
    )
    locked = graphene.Boolean(
        required=True,
        description=(
            "True when it has a text for members that the viewer may not read; it was found by its "
            "title, lead or topics."
        ),
    )
    cover = graphene.Field(
        type_of(HubImage),
        description="Picture of the page; null when there is none, and for a question.",
    )
    promoted = graphene.Boolean(
        required=True, description="Whether editors put it first for this query."
    )
    page = graphene.Field(
        PageInterface,
        description="The page, of a document one that holds it; null for a question.",
    )
    document = graphene.Field(
        type_of(HubDocument), description="The document; null for everything else."
    )

    @staticmethod
    def resolve_id(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return f"{hit.entry.kind}:{hit.entry.object_id}"

    @staticmethod
    def resolve_kind(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return hit.entry.kind

    @staticmethod
    def resolve_path(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return hit.entry.path

    @staticmethod
    def resolve_title(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return hit.entry.title

    @staticmethod
    def resolve_lead(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return hit.entry.lead

    @staticmethod
    def resolve_date(hit: Hit, _info: GraphQLResolveInfo) -> Any:
        return hit.entry.date

    @staticmethod
    def resolve_title_html(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return hit.title

    @staticmethod
    def resolve_passage_html(hit: Hit, _info: GraphQLResolveInfo) -> str:
        return hit.passage

    @staticmethod
    def resolve_locked(hit: Hit, info: GraphQLResolveInfo) -> bool:
        return hit.is_locked

    @staticmethod
    def resolve_cover(hit: Hit, info: GraphQLResolveInfo) -> Any:
        page_id = page_id_of(hit)
        if page_id is None:
            return None

        def cover_of(page: Any) -> Any:
            return None if page is None else load_thing(info, HubImage, page.cover_id)

        # With what the page itself is asked for, so that both share a query.
        return then(load_page(info, page_id, names=COVER), cover_of)

    @staticmethod
    def resolve_page(hit: Hit, info: GraphQLResolveInfo) -> Any:
        page_id = page_id_of(hit)
        return None if page_id is None else load_page(info, page_id)

    @staticmethod
    def resolve_document(hit: Hit, info: GraphQLResolveInfo) -> Any:
        if hit.entry.kind != DOCUMENT:
            return None
        return load_thing(info, HubDocument, hit.entry.object_id)


def page_id_of(hit: Hit) -> int | None:
    """The page itself, or of a document the page that holds it."""
    if hit.entry.kind == QUESTION:
        return None
    page_id: int | None = hit.entry.holder_id if hit.entry.kind == DOCUMENT else hit.entry.object_id
    return page_id


class ArchiveHitEdge(graphene.ObjectType):
    """One hit of a list."""

    node = graphene.Field(ArchiveHit, required=True, description="The hit.")
    cursor = graphene.String(required=True, description="The hit's place in the list, for `after`.")

    @staticmethod
    def resolve_node(hit: Hit, _info: GraphQLResolveInfo) -> Hit:
        return hit
