"""Elasticsearch 8 or 9: lemmas and folded forms come analysed, so that it only splits them at
spaces."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Date, Document, Index, Keyword, Long, MetaField, Q, Text
from elasticsearch.dsl import Search as Request
from elasticsearch.dsl.query import Query
from elasticsearch.helpers import BulkIndexError, bulk

from search.analysis import ANALYSER, FIELDS, WEIGHTS
from search.backends.interface import (
    ENOUGH_WORDS_BONUS,
    BackendUnavailable,
    Ranked,
    Ranking,
    Search,
    analysed_fields,
)
from search.models import ArchiveEntry
from search.ordering import Order
from search.plan import NEAR_DISTANCE, Alternative, Kind, WordGroup
from search.scope import TOPIC, Scope

READ_SECONDS = 1.0
WRITE_SECONDS = 30.0
BULK = 200
PREFIXES = {"min_chars": 2, "max_chars": 8}
ERRORS = (ApiError, TransportError, BulkIndexError)


class EntryDocument(Document):
    entry_id = Long()
    access = Long()
    kind = Keyword()
    topics = Keyword()
    series_id = Long()
    date = Date(format="strict_date")
    title_key = Keyword()
    title_lemmas = Text(analyzer="whitespace")
    topics_lemmas = Text(analyzer="whitespace")
    body_lemmas = Text(analyzer="whitespace")
    title_forms = Text(analyzer="whitespace", index_prefixes=PREFIXES)
    topics_forms = Text(analyzer="whitespace", index_prefixes=PREFIXES)
    body_forms = Text(analyzer="whitespace")

    class Meta:
        dynamic = MetaField("strict")
        # Titles and passages are shown from the database, where the viewer is asked for again.
        source = MetaField(enabled=False)
        meta = MetaField({"analyser": ANALYSER})


class ElasticsearchBackend:
    name = "elasticsearch"

    def __init__(self, *, url: str = "", alias: str = "") -> None:
        self.alias: str = alias or settings.ELASTICSEARCH_INDEX
        # A reader waits no longer than a second; who writes has time.
        self.reading = client_of(url or settings.ELASTICSEARCH_URL)
        self.writing = self.reading.options(request_timeout=WRITE_SECONDS)

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        # Without it a missing alias would become an index of that name, with guessed fields.
        self.write(entries, index=self.alias, require_alias=True)

    def write(
        self, entries: Sequence[ArchiveEntry], *, index: str, require_alias: bool = False
    ) -> None:
        prefetch_related_objects(entries, "references")
        actions = (
            {"_index": index, "_id": entry.pk, "_source": document(entry)} for entry in entries
        )
        bulk(self.writing, actions, chunk_size=BULK, require_alias=require_alias)

    def remove(self, entry_ids: Collection[int]) -> None:
        actions = ({"_op_type": "delete", "_index": self.alias, "_id": pk} for pk in entry_ids)
        # One that is not there is removed already.
        bulk(self.writing, actions, ignore_status=404)

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

    def exists(self) -> bool:
        return bool(self.writing.indices.exists_alias(name=self.alias))

    def refresh(self, name: str | None = None) -> None:
        """Let what was written be found from now on: in this index, or in the one in use."""
        self.writing.indices.refresh(index=name or self.alias)

    def drop(self) -> None:
        """Delete all indices of this archive."""
        names = list(self.writing.indices.get(index=f"{self.alias}-*"))
        if names:
            self.writing.indices.delete(index=names)

    def make_index(self, *, is_live: bool) -> str:
        """Make an empty index with a name of its own; readers search it when it is live."""
        name = f"{self.alias}-{timezone.now().astimezone(datetime.UTC):%Y%m%d%H%M%S%f}"
        index = Index(name, using=self.writing)
        index.settings(number_of_shards=1, auto_expand_replicas="0-1")
        index.document(EntryDocument)
        if is_live:
            index.aliases(**{self.alias: {}})
        index.create()
        return name

    def switch(self, name: str) -> None:
        """Let readers search this index from now on, in one step, and delete those before it."""
        old = [each for each in self.writing.indices.get(index=f"{self.alias}-*") if each != name]
        self.writing.indices.update_aliases(
            actions=[
                {"add": {"index": name, "alias": self.alias}},
                *({"remove_index": {"index": each}} for each in old),
            ]
        )


@lru_cache(maxsize=4)
def client_of(url: str) -> Elasticsearch:
    """One client a server: it keeps its connections open, and threads share it."""
    return Elasticsearch(url, request_timeout=READ_SECONDS, max_retries=0, retry_on_timeout=False)


def document(entry: ArchiveEntry) -> dict[str, Any]:
    analysed = analysed_fields(entry)
    return {
        "entry_id": entry.pk,
        "access": entry.access_id,
        "kind": entry.kind,
        "topics": [each.slug for each in entry.references.all() if each.kind == TOPIC],
        "series_id": entry.series_id,
        "date": entry.date.isoformat(),
        "title_key": entry.title_key,
        **{f"{field}_lemmas": analysed[field].lemmas for field in FIELDS},
        **{f"{field}_forms": analysed[field].forms for field in FIELDS},
    }


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
