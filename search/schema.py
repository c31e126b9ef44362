"""GraphQL of the archive. What a hit tells has passed the search's own check of visibility; its
page passes the guard's.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import graphene
from graphql import GraphQLResolveInfo

from cms.api.connections import FIRST_DEFAULT, FIRST_MAXIMUM, PageInfo, checked_first
from cms.api.enums import enum_of_texts, value_of
from cms.api.errors import BadUserInput
from cms.api.selection import selected
from search.archive import ArchiveResults, Hit, search
from search.archive_request import ArchiveRequest, BadRequest
from search.facet_schema import ArchiveFacets
from search.hit_schema import ArchiveHit, ArchiveHitEdge, ArchiveKind
from search.ordering import BadCursor, Order
from search.scope import Facet
from search.search_log import log

Made = TypeVar("Made")
SUGGESTIONS = 8

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
    facets = graphene.Field(
        ArchiveFacets, required=True, description="Counts to narrow the search by."
    )
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
    def resolve_facets(results: ArchiveResults, _info: GraphQLResolveInfo) -> ArchiveResults:
        return results

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
    experts = graphene.List(
        graphene.NonNull(graphene.String),
        description="Any of these experts, by slug: what they made or answered.",
    )
    places = graphene.List(
        graphene.NonNull(graphene.String), description="At any of these places, by slug."
    )
    year_from = graphene.Int(description="First year.")
    year_to = graphene.Int(description="Last year.")


class Query:
    archive = graphene.Field(
        ArchiveConnection,
        required=True,
        query=graphene.String(
            description=(
                "What to look for, up to 200 characters; empty browses the archive. Quotes keep a "
                "phrase together, a minus leaves out; `autor:`, `temat:` and `rok:` narrow."
            )
        ),
        where=ArchiveWhere(description="What to look among; everything by default."),
        order_by=graphene.Argument(
            ArchiveOrder, description="RELEVANCE by default, which without words is NEWEST."
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
        request = checked(
            lambda: ArchiveRequest(
                text=prefix, first=SUGGESTIONS, while_typing=True, without_bodies=True
            )
        )
        return list(search(request, viewer=info.context.viewer).hits)

    @staticmethod
    def resolve_archive(_root: None, info: GraphQLResolveInfo, **arguments: Any) -> ArchiveResults:
        results = look_for(info, **arguments)
        note_search(info, results, **arguments)
        return results


def note_search(info: GraphQLResolveInfo, results: ArchiveResults, **arguments: Any) -> None:
    """What people look for at first: not what they try with it, not an editor's preview."""
    goes_on = any(arguments.get(name) for name in ("after", "where", "order_by"))
    if arguments.get("query") and not goes_on and not info.context.viewer.preview:
        log.note(arguments["query"], found=bool(results.total or results.hits))


def look_for(
    info: GraphQLResolveInfo,
    *,
    query: str | None = None,
    where: Any = None,
    order_by: Any = None,
    first: int | None = None,
    after: str | None = None,
) -> ArchiveResults:
    """What the viewer finds. Raises BadUserInput for what the archive cannot look for."""
    where = where or {}
    series = where.get("series")
    kinds = where.get("kinds")

    def look() -> ArchiveResults:
        request = ArchiveRequest(
            text=query or "",
            kinds=None if kinds is None else tuple(value_of(kind) for kind in kinds),
            topics=values_of(where.get("topics")),
            series=None if series is None else (series,),
            experts=values_of(where.get("experts")),
            places=values_of(where.get("places")),
            year_from=where.get("year_from"),
            year_to=where.get("year_to"),
            order=Order(value_of(order_by)) if order_by else Order.RELEVANCE,
            first=checked_first(first),
            after=after,
            facets=tuple(facet for facet in Facet if facet in selected(info, ("facets",))),
        )
        return search(request, viewer=info.context.viewer)

    return checked(look)


def values_of(values: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def checked(make: Callable[[], Made]) -> Made:
    try:
        return make()
    except (BadRequest, BadCursor) as error:
        raise BadUserInput(str(error)) from error
