"""A search in the language of Elasticsearch, and the counts in its answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from elasticsearch.dsl import A, Q
from elasticsearch.dsl import Search as Request
from elasticsearch.dsl.aggs import Agg
from elasticsearch.dsl.query import Query

from search.analysis import WEIGHTS
from search.backends.bm25 import SATURATION
from search.backends.interface import ENOUGH_WORDS_BONUS, Counts, Search
from search.backends.interface import UNIT as RELEVANCE_UNIT
from search.ordering import Key, Order
from search.plan_parts import NEAR_DISTANCE, OF_FORMS, Alternative, Kind, WordGroup
from search.scope import Facet, Scope

READ_SECONDS = 1.0
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
# Elasticsearch leaves this factor of BM25 out, as it changes no order.
UNIT = 1 / (SATURATION + 1)


def request_of(search: Search) -> Request:
    plan = search.plan
    fields = {
        field: weight
        for field, weight in WEIGHTS.items()
        if not (search.without_bodies and field == "body")
    }

    def queries(*, is_phrase: bool = False, is_bonus: bool = False) -> list[Query]:
        return [
            query_of(group, fields)
            for group in plan.groups
            if (group.is_phrase, group.is_bonus) == (is_phrase, is_bonus)
        ]

    phrases, words, bonuses = queries(is_phrase=True), queries(), queries(is_bonus=True)
    least = plan.required - plan.phrases
    enough = Q("bool", should=words, minimum_should_match=least)
    must, should = phrases, bonuses
    is_partial = search.order == Order.RELEVANCE and bool(words) and plan.required > 1
    if words:
        some = Q("bool", should=words, minimum_should_match=0 if phrases else 1)
        must = [*phrases, some if is_partial else enough]
    if is_partial:
        should = [*bonuses, Q("constant_score", filter=enough, boost=ENOUGH_WORDS_BONUS)]
    conditions = [*visible(search.scope)]
    chosen = {facet: chosen_of(search.scope, facet) for facet in search.scope.chosen}
    selection = [condition for each in chosen.values() for condition in each]
    # What was chosen must not narrow its own counts; without counts it is quicker to filter first.
    query = Q(
        "bool",
        must=must,
        should=should,
        filter=conditions if search.facets else conditions + selection,
        must_not=[alternative_query(each, WEIGHTS) for each in plan.excluded],
    )
    request = Request().query(query).source(fields=False)
    if search.facets and selection:
        request = request.post_filter(Q("bool", filter=selection))
    request = _with_counts(request, search, enough if is_partial else None, chosen)
    return _page(request, search)


def _page(request: Request, search: Search) -> Request:
    direction = "desc" if search.order.is_descending else "asc"
    sort = {
        "relevance": {"_score": {"order": direction}},
        "date": {"date": {"order": direction, "format": "strict_date"}},
        "title_key": {"title_key": {"order": direction}},
    }[search.order.column]
    request = request.sort(sort, {"entry_id": {"order": direction}}).extra(
        size=search.first + 1, track_total_hits=True, timeout=f"{int(READ_SECONDS * 1000)}ms"
    )
    if search.after:
        key: Key = search.after.key
        if isinstance(key, int):
            # The database gave it.
            key = key / RELEVANCE_UNIT
        request = request.extra(search_after=[key, search.after.entry_id])
    return request


def _with_counts(
    request: Request,
    search: Search,
    enough: Query | None,
    chosen: Mapping[Facet, list[Query]],
) -> Request:
    if not search.facets:
        return request
    tier = A("filter", filter=enough or Q("match_all"))
    request.aggs.bucket("tier", tier)
    for facet in search.facets:
        others = [each for other, found in chosen.items() if other != facet for each in found]
        counts: Agg[Any] = A("filter", filter=Q("bool", filter=others))
        tier.bucket(facet.value, counts)
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
            for bucket in aggregations["tier"][facet.value].get(name, {"buckets": []})["buckets"]
        }
        for facet in search.facets
    }


def visible(scope: Scope) -> Iterator[Query]:
    yield Q("terms", access=list(scope.access))
    if scope.unsettled.entry_ids:
        yield Q("bool", must_not=[Q("terms", entry_id=list(scope.unsettled.entry_ids))])


def chosen_of(scope: Scope, facet: Facet) -> list[Query]:
    if facet == Facet.YEARS:
        days: dict[str, str] = {}
        if scope.first_day:
            days["gte"] = scope.first_day.isoformat()
        if scope.last_day:
            days["lte"] = scope.last_day.isoformat()
        return [Q("range", date=days)]
    return [Q("terms", **{FIELDS[facet]: list(choice)}) for choice in scope.choices(facet)]


def query_of(group: WordGroup, fields: Mapping[str, float]) -> Query:
    return Q("dis_max", queries=[alternative_query(each, fields) for each in group.alternatives])


def alternative_query(alternative: Alternative, weights: Mapping[str, float]) -> Query:
    if alternative.kind == Kind.CONTENT_KIND:
        return Q(
            "constant_score",
            filter=Q("term", kind=alternative.words[0]),
            boost=alternative.weight * UNIT,
        )
    suffix = "forms" if alternative.kind in OF_FORMS else "lemmas"
    fields = {f"{field}_{suffix}": weight for field, weight in weights.items()}
    text = " ".join(alternative.words)
    if alternative.kind == Kind.PREFIX:
        return _best(fields, "prefix", {"value": text}, alternative.weight)
    if alternative.kind in (Kind.NEAR, Kind.PHRASE):
        slop = NEAR_DISTANCE if alternative.kind == Kind.NEAR else 0
        return _best(fields, "match_phrase", {"query": text, "slop": slop}, alternative.weight)
    # Scores the fields as one, as bm25() of SQLite does; a match in each field would count thrice.
    return Q(
        "combined_fields",
        query=text,
        fields=[f"{field}^{weight}" for field, weight in fields.items()],
        boost=alternative.weight,
    )


def _best(
    fields: Mapping[str, float], name: str, options: Mapping[str, Any], weight: float
) -> Query:
    return Q(
        "dis_max",
        queries=[
            Q(name, **{field: {**options, "boost": weight * field_weight}})
            for field, field_weight in fields.items()
        ],
    )
