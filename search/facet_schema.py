"""GraphQL of the counts beside the archive's hits."""

from collections.abc import Sequence

import graphene
from graphql import GraphQLResolveInfo

from search.archive import ArchiveResults
from search.facets import FacetValue
from search.scope import Facet


class ArchiveFacetValue(graphene.ObjectType):
    """A value that the archive can be narrowed to."""

    value = graphene.String(
        required=True,
        description="What the filter takes: a slug, the name of a kind, or a year in digits.",
    )
    label = graphene.String(required=True, description="Its name for readers, in Polish.")
    count = graphene.Int(
        required=True, description="How many hits have it, with the other filters as they are."
    )
    is_selected = graphene.Boolean(
        required=True, description="Whether the search is narrowed to it, as a filter or in words."
    )


def facet_field(description: str) -> graphene.List:
    return graphene.List(
        graphene.NonNull(ArchiveFacetValue), required=True, description=description
    )


class ArchiveFacets(graphene.ObjectType):
    """How the hits divide. Each list leaves its own filter out of account, counts what has enough
    of the words of the query, and has at most 50 values, the most frequent first.
    """

    kinds = facet_field("Kinds, for `kinds`.")
    topics = facet_field("Topics, for `topics`.")
    series = facet_field("Series, for `series`.")
    years = facet_field("Years, for `yearFrom` and `yearTo`; the latest first.")
    experts = facet_field("Experts who made or answered it, for `experts`.")
    places = facet_field("Places, for `places`.")

    @staticmethod
    def values(results: ArchiveResults, info: GraphQLResolveInfo) -> Sequence[FacetValue]:
        return results.facets.get(Facet(info.field_name), ())

    resolve_kinds = resolve_topics = resolve_series = values
    resolve_years = resolve_experts = resolve_places = values
