"""GraphQL of the archive. What a hit tells has passed the search's own check of visibility; its
page passes the guard's.
"""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.connections import FIRST_DEFAULT, FIRST_MAXIMUM, PageInfo, checked_first
from cms.api.enums import enum_of_names, enum_of_texts, value_of
from cms.api.errors import BadUserInput
from cms.api.interfaces import PageInterface
from cms.api.loaders import load_page
from cms.visibility import visible
from search.archive import ArchiveRequest, ArchiveResults, BadRequest, Hit, search
from search.indexing import page_models
from search.ordering import BadCursor, Order
from thematic_months.models import Question, Series

QUESTION = Question.content_kind
SUGGESTIONS = 8

ArchiveKind = enum_of_names(
    "ArchiveKind", [*page_models(), QUESTION], "Kinds of things in the archive."
)
ArchiveOrder = enum_of_texts(
    "ArchiveOrder",
    {
        Order.RELEVANCE: "What fits the query best comes first.",
        Order.NEWEST: "By `date`, descending.",
        Order.OLDEST: "By `date`, ascending.",
        Order.TITLE: "By `title`, as in a Polish dictionary.",
    },
    "Orders of the archive.",
)


class ArchiveHit(graphene.ObjectType):
    """Something that the archive found."""

    id = graphene.ID(required=True, description="Identifier, unique among hits.")
    kind = graphene.Field(ArchiveKind, required=True, description="What it is.")
    path = graphene.String(required=True, description="Path below the site.")
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
    page = graphene.Field(PageInterface, description="The page; null for a question.")

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
    def resolve_page(hit: Hit, info: GraphQLResolveInfo) -> Any:
        return None if hit.entry.kind == QUESTION else load_page(info, hit.entry.object_id)


class ArchiveHitEdge(graphene.ObjectType):
    """One hit of a list."""

    node = graphene.Field(ArchiveHit, required=True, description="The hit.")
    cursor = graphene.String(required=True, description="The hit's place in the list, for `after`.")

    @staticmethod
    def resolve_node(hit: Hit, _info: GraphQLResolveInfo) -> Hit:
        return hit


class ArchiveConnection(graphene.ObjectType):
    """A page of what the archive found."""

    edges = graphene.List(
        graphene.NonNull(ArchiveHitEdge), required=True, description="The hits, in order."
    )
    nodes = graphene.List(
        graphene.NonNull(ArchiveHit),
        required=True,
        description="The hits alone, in order, for those who need no cursors.",
    )
    page_info = graphene.Field(
        PageInfo, required=True, description="Where this page stands in the list."
    )
    total_count = graphene.Int(required=True, description="How many hits there are in all.")
    did_you_mean = graphene.String(
        description="What may have been meant; null when nothing better is known."
    )
    degraded = graphene.Boolean(
        required=True,
        description="True when the search server did not answer, and the database did.",
    )

    @staticmethod
    def resolve_edges(results: ArchiveResults, _info: GraphQLResolveInfo) -> list[Hit]:
        return list(results.hits)

    @staticmethod
    def resolve_nodes(results: ArchiveResults, _info: GraphQLResolveInfo) -> list[Hit]:
        return list(results.hits)

    @staticmethod
    def resolve_page_info(results: ArchiveResults, _info: GraphQLResolveInfo) -> PageInfo:
        return PageInfo(has_next_page=results.has_next, end_cursor=results.end_cursor)

    @staticmethod
    def resolve_total_count(results: ArchiveResults, _info: GraphQLResolveInfo) -> int:
        return results.total


class ArchiveSuggestion(graphene.ObjectType):
    """Something that may be meant by what somebody has typed so far."""

    kind = graphene.Field(ArchiveKind, required=True, description="What it is.")
    path = graphene.String(required=True, description="Path below the site.")
    title = graphene.String(required=True, description="Title, plain text.")
    title_html = graphene.String(
        required=True, description="Title as safe HTML, with a mark element around what was typed."
    )

    resolve_kind, resolve_path = ArchiveHit.resolve_kind, ArchiveHit.resolve_path
    resolve_title, resolve_title_html = ArchiveHit.resolve_title, ArchiveHit.resolve_title_html


class ArchiveWhere(graphene.InputObjectType):
    """What the archive looks among; all conditions hold together."""

    kinds = graphene.List(graphene.NonNull(ArchiveKind), description="Any of these kinds.")
    topics = graphene.List(
        graphene.NonNull(graphene.String), description="Any of these topics, by slug."
    )
    series = graphene.String(description="Slug of a series: it and what stands below it.")
    year_from = graphene.Int(description="First year.")
    year_to = graphene.Int(description="Last year.")


class Query:
    archive = graphene.Field(
        ArchiveConnection,
        required=True,
        query=graphene.String(
            description="What to look for, up to 200 characters; empty browses the archive."
        ),
        where=ArchiveWhere(description="What to look among; everything by default."),
        order_by=graphene.Argument(
            ArchiveOrder, description="RELEVANCE by default; NEWEST without a query."
        ),
        first=graphene.Int(
            description=f"How many, 1 to {FIRST_MAXIMUM}; {FIRST_DEFAULT} by default."
        ),
        after=graphene.String(
            description="An `endCursor` of the same search: what comes after it."
        ),
        description=(
            "All that was ever published, searchable in Polish, as far as the viewer may see it."
        ),
    )

    archive_suggestions = graphene.List(
        graphene.NonNull(ArchiveSuggestion),
        required=True,
        prefix=graphene.String(
            required=True,
            description="What was typed so far, up to 200 characters; its last word may be cut.",
        ),
        description=(
            f"What somebody who is still typing may mean, at most {SUGGESTIONS}, the best first."
        ),
    )

    @staticmethod
    def resolve_archive_suggestions(
        _root: None, info: GraphQLResolveInfo, prefix: str
    ) -> list[Hit]:
        if not prefix.strip():
            return []
        results = look_for(info, query=prefix, first=SUGGESTIONS, while_typing=True)
        return list(results.hits)

    @staticmethod
    def resolve_archive(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> ArchiveResults:
        return look_for(info, **arguments)


def look_for(info: GraphQLResolveInfo, **arguments: Any) -> ArchiveResults:
    """What the viewer finds. Raises BadUserInput for what the archive cannot look for."""
    where = arguments.get("where") or {}
    if where.get("kinds") == [] or where.get("topics") == []:
        # Any of none.
        return ArchiveResults(hits=(), total=0, has_next=False)
    try:
        return search(request_of(info, **arguments), viewer=info.context.viewer)
    except (BadRequest, BadCursor) as error:
        raise BadUserInput(str(error)) from error


def request_of(
    info: GraphQLResolveInfo,
    *,
    query: str | None = None,
    where: Any = None,
    order_by: Any = None,
    first: int | None = None,
    after: str | None = None,
    while_typing: bool = False,
) -> ArchiveRequest:
    where = where or {}
    return ArchiveRequest(
        text=query or "",
        kinds=tuple(value_of(kind) for kind in where.get("kinds") or ()),
        topics=tuple(where.get("topics") or ()),
        series_id=series_id(info, where.get("series")),
        year_from=where.get("year_from"),
        year_to=where.get("year_to"),
        order=Order(value_of(order_by)) if order_by else Order.RELEVANCE,
        first=checked_first(first),
        after=after,
        while_typing=while_typing,
    )


def series_id(info: GraphQLResolveInfo, slug: str | None) -> int | None:
    """The id of a series that the viewer may see. Raises BadUserInput for another: an unknown
    filter is never ignored.
    """
    if slug is None:
        return None
    found = visible(Series.objects.filter(slug=slug), viewer=info.context.viewer)
    pk: int | None = found.values_list("pk", flat=True).first()
    if pk is None:
        raise BadUserInput("There is no such series.")
    return pk
