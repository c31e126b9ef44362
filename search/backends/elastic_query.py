"""A search in the language of Elasticsearch, and the counts in its answer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from elasticsearch.dsl import Q
from elasticsearch.dsl import Search as Request
from elasticsearch.dsl.query import Query

from search.backends.interface import ENOUGH_WORDS_BONUS, Counts, Search
from search.backends.interface import UNIT as RELEVANCE_UNIT
from search.ordering import Key, Order
from search.plan_parts import NEAR_DISTANCE, OF_FORMS, Alternative, Kind, WordGroup
from search.scope import Facet, Scope

READ_SECONDS = 1.0
# The names of an entry are its title and its topics; its words are those of the body as well.
NAMES, WORDS = "names", "words"
# What begins with a prefix has no frequency by which a name would count more.
PREFIX_WEIGHTS = {NAMES: 6.0, WORDS: 3.0}
FIELDS = {
    Facet.KINDS: "kind",
    Facet.TOPICS: "topics",
    Facet.SERIES: "series_id",
    Facet.YEARS: "year",
    Facet.EXPERTS: "experts",
    Facet.PLACES: "places",
}
# Of each facet: more than are shown, since some may be hidden from this viewer.
MOST_VALUES = 100
MOST_YEARS = 200


class Tier(Enum):
    """How many of the plan's words an entry has."""

    ENOUGH = "enough"
    TOO_FEW = "too few"
    ANY = "any"


def has_tiers(search: Search) -> bool:
    """Whether entries with too few of the words follow those that have enough."""
    has_words = any(not (group.is_phrase or group.is_bonus) for group in search.plan.groups)
    return search.order == Order.RELEVANCE and has_words and search.plan.required > 1


def hits_request(search: Search, tier: Tier, *, size: int) -> Request:
    """The best of one tier: to score both at once takes three times as long, and the first has
    mostly enough to fill a page."""
    should = _queries(search, is_bonus=True)
    if has_tiers(search) and tier == Tier.ENOUGH:
        should.append(Q("match_all", boost=ENOUGH_WORDS_BONUS))
    query = Q(
        "bool",
        must=_words(search, tier),
        should=should,
        filter=[*visible(search.scope), *_chosen(search)],
        must_not=_excluded(search, tier),
    )
    direction = "desc" if search.order.is_descending else "asc"
    sort = {
        "relevance": {"_score": {"order": direction}},
        "date": {"date": {"order": direction, "format": "strict_date"}},
        "title_key": {"title_key": {"order": direction}},
    }[search.order.column]
    request = _request(query, size=size, is_counted=not has_tiers(search))
    request = request.sort(sort, {"entry_id": {"order": direction}})
    if search.after:
        key: Key = search.after.key
        if isinstance(key, int):
            # The database gave it.
            key = key / RELEVANCE_UNIT
        request = request.extra(search_after=[key, search.after.entry_id])
    return request


def place_request(search: Search, entry_id: int, tier: Tier) -> Request:
    """This entry, if it is found in the tier."""
    request = hits_request(replace(search, after=None), tier, size=1)
    return request.filter("term", entry_id=entry_id)


def total_request(search: Search) -> Request:
    conditions = [*_words(search, Tier.ANY), *visible(search.scope), *_chosen(search)]
    query = Q("bool", filter=conditions, must_not=_excluded(search, Tier.ANY))
    return _request(query, size=0, is_counted=True)


def counts_request(search: Search) -> Request:
    """Of the entries with enough of the words. Elasticsearch remembers the answer until the index
    changes, since there are no hits in it."""
    query = Q(
        "bool",
        filter=[*_words(search, Tier.ENOUGH), *visible(search.scope)],
        must_not=_excluded(search, Tier.ENOUGH),
    )
    request = _request(query, size=0, is_counted=False)
    for facet in search.facets:
        # What was chosen must not narrow its own counts.
        others = Q("bool", filter=_chosen(search, but=facet))
        counts = request.aggs.bucket(facet.value, "filter", filter=others)
        size = MOST_YEARS if facet == Facet.YEARS else MOST_VALUES
        counts.bucket("values", "terms", field=FIELDS[facet], size=size)
        own = sorted({value for choice in search.scope.choices(facet) for value in choice})
        if own:
            counts.bucket("chosen", "terms", field=FIELDS[facet], size=len(own), include=list(own))
    return request


def counts_of(search: Search, aggregations: Mapping[str, Any]) -> dict[Facet, Counts]:
    return {
        facet: {
            bucket["key"]: bucket["doc_count"]
            for name in ("values", "chosen")
            for bucket in aggregations[facet.value].get(name, {"buckets": []})["buckets"]
        }
        for facet in search.facets
    }


def _request(query: Query, *, size: int, is_counted: bool) -> Request:
    return (
        Request()
        .query(query)
        .source(fields=False)
        .extra(size=size, track_total_hits=is_counted, timeout=f"{int(READ_SECONDS * 1000)}ms")
    )


def _words(search: Search, tier: Tier) -> list[Query]:
    """What an entry of the tier must have."""
    phrases, words = _queries(search, is_phrase=True), _queries(search)
    if not words:
        return phrases
    least = search.plan.required - len(phrases)
    if has_tiers(search) and tier != Tier.ENOUGH:
        least = 0 if phrases else 1
    return [*phrases, Q("bool", should=words, minimum_should_match=least)]


def _excluded(search: Search, tier: Tier) -> list[Query]:
    excluded = [alternative_query(each, WORDS) for each in search.plan.excluded]
    if tier == Tier.TOO_FEW:
        excluded += _words(search, Tier.ENOUGH)[-1:]
    return excluded


def _queries(search: Search, *, is_phrase: bool = False, is_bonus: bool = False) -> list[Query]:
    field = NAMES if search.without_bodies else WORDS
    return [
        query_of(group, field)
        for group in search.plan.groups
        if (group.is_phrase, group.is_bonus) == (is_phrase, is_bonus)
    ]


def visible(scope: Scope) -> Iterator[Query]:
    yield Q("terms", access=list(scope.access))
    if scope.unsettled.entry_ids:
        yield Q("bool", must_not=[Q("terms", entry_id=list(scope.unsettled.entry_ids))])


def _chosen(search: Search, *, but: Facet | None = None) -> list[Query]:
    found = (chosen_of(search.scope, facet) for facet in search.scope.chosen if facet != but)
    return [condition for conditions in found for condition in conditions]


def chosen_of(scope: Scope, facet: Facet) -> list[Query]:
    if facet == Facet.YEARS:
        days: dict[str, str] = {}
        if scope.first_day:
            days["gte"] = scope.first_day.isoformat()
        if scope.last_day:
            days["lte"] = scope.last_day.isoformat()
        return [Q("range", date=days)]
    return [Q("terms", **{FIELDS[facet]: list(choice)}) for choice in scope.choices(facet)]


def query_of(group: WordGroup, field: str) -> Query:
    return Q("dis_max", queries=[alternative_query(each, field) for each in group.alternatives])


def alternative_query(alternative: Alternative, field: str) -> Query:
    if alternative.kind == Kind.CONTENT_KIND:
        return Q(
            "constant_score",
            filter=Q("term", kind=alternative.words[0]),
            boost=alternative.weight,
        )
    suffix = "forms" if alternative.kind in OF_FORMS else "lemmas"
    text = " ".join(alternative.words)
    if alternative.kind == Kind.PREFIX:
        boosts = {each: alternative.weight * PREFIX_WEIGHTS[each] for each in {NAMES, field}}
        return Q(
            "dis_max",
            queries=[
                Q("prefix", **{f"{each}_{suffix}": {"value": text, "boost": boost}})
                for each, boost in boosts.items()
            ],
        )
    name = f"{field}_{suffix}"
    if alternative.kind in (Kind.NEAR, Kind.PHRASE):
        slop = NEAR_DISTANCE if alternative.kind == Kind.NEAR else 0
        return Q(
            "bool",
            filter=Q("match_phrase", **{name: {"query": text, "slop": slop}}),
            must=[
                Q("term", **{name: {"value": word, "boost": alternative.weight}})
                for word in dict.fromkeys(alternative.words)
            ],
        )
    return Q("term", **{name: {"value": text, "boost": alternative.weight}})
