"""Elasticsearch 8 or 9."""

from collections.abc import Iterator

from elasticsearch.dsl import Q
from elasticsearch.dsl import Search as Request
from elasticsearch.dsl.query import Query

from search.analysis import WEIGHTS
from search.backends.elastic_index import ERRORS, READ_SECONDS, ElasticsearchIndex
from search.backends.interface import (
    ENOUGH_WORDS_BONUS,
    BackendUnavailable,
    Ranked,
    Ranking,
    Search,
)
from search.ordering import Order
from search.plan import NEAR_DISTANCE, Alternative, Kind, WordGroup
from search.scope import Scope


class ElasticsearchBackend(ElasticsearchIndex):
    name = "elasticsearch"

    def search(self, search: Search) -> Ranking:
        try:
            answer = request_of(search).using(self.reading).index(self.alias).execute()
        except ERRORS as error:
            raise BackendUnavailable(str(error)) from error
        if answer.timed_out or answer._shards.failed:
            raise BackendUnavailable("Elasticsearch searched only a part.")
        hits = answer.hits[: search.first]
        return Ranking(
            entries=tuple(Ranked(int(hit.meta.id), hit.meta.sort[0]) for hit in hits),
            total=answer.to_dict()["hits"]["total"]["value"],
            has_next=len(answer.hits) > search.first,
        )


def request_of(search: Search) -> Request:
    words = [query_of(group) for group in search.plan.groups if not group.is_bonus]
    bonuses = [query_of(group) for group in search.plan.groups if group.is_bonus]
    enough = Q("bool", should=words, minimum_should_match=search.plan.required)
    some = Q("bool", should=words, minimum_should_match=1)
    query = Q(
        "bool",
        must=[some if search.order == Order.RELEVANCE else enough],
        should=[*bonuses, Q("constant_score", filter=enough, boost=ENOUGH_WORDS_BONUS)],
        filter=list(filters_of(search.scope)),
    )
    direction = "desc" if search.order.is_descending else "asc"
    key = {
        "relevance": {"_score": {"order": direction}},
        "date": {"date": {"order": direction, "format": "strict_date"}},
        "title_key": {"title_key": {"order": direction}},
    }[search.order.column]
    request = (
        Request().query(query).sort(key, {"entry_id": {"order": direction}}).source(fields=False)
    )
    request = request.extra(
        size=search.first + 1, track_total_hits=True, timeout=f"{int(READ_SECONDS * 1000)}ms"
    )
    if search.after:
        request = request.extra(search_after=[search.after.key, search.after.entry_id])
    return request


def filters_of(scope: Scope) -> Iterator[Query]:
    yield Q("terms", access=list(scope.access))
    if scope.kinds:
        yield Q("terms", kind=list(scope.kinds))
    if scope.topics:
        yield Q("terms", topics=list(scope.topics))
    if scope.series_id is not None:
        yield Q("term", series_id=scope.series_id)
    if scope.first_day:
        yield Q("range", date={"gte": scope.first_day.isoformat()})
    if scope.last_day:
        yield Q("range", date={"lte": scope.last_day.isoformat()})


def query_of(group: WordGroup) -> Query:
    return Q("dis_max", queries=[alternative_query(each) for each in group.alternatives])


def alternative_query(alternative: Alternative) -> Query:
    suffix = "forms" if alternative.kind in (Kind.FORM, Kind.PREFIX) else "lemmas"
    fields = {f"{field}_{suffix}": weight for field, weight in WEIGHTS.items()}
    text = " ".join(alternative.words)
    if alternative.kind == Kind.PREFIX:
        return Q(
            "dis_max",
            queries=[
                Q("prefix", **{field: {"value": text, "boost": alternative.weight * weight}})
                for field, weight in fields.items()
            ],
        )
    if alternative.kind == Kind.NEAR:
        return Q(
            "dis_max",
            queries=[
                Q(
                    "match_phrase",
                    **{
                        field: {
                            "query": text,
                            "slop": NEAR_DISTANCE,
                            "boost": alternative.weight * weight,
                        }
                    },
                )
                for field, weight in fields.items()
            ],
        )
    # Scores the fields as one, as bm25() of SQLite does; a match in each field would count thrice.
    return Q(
        "combined_fields",
        query=text,
        fields=[f"{field}^{weight}" for field, weight in fields.items()],
        boost=alternative.weight,
    )
