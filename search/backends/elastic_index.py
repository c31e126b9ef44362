"""The index of an Elasticsearch 8 or 9: its fields, what is written to it, and how it is replaced.

Lemmas and folded forms come analysed, so that it only splits them at spaces.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Date, Document, Index, Integer, Keyword, Long, MetaField, Text
from elasticsearch.dsl import Search as Request
from elasticsearch.helpers import BulkIndexError, bulk

from search.analysis import ANALYSER, NAMES, WEIGHTS
from search.backends.deadline import DeadlineNode
from search.backends.elastic_query import READ_SECONDS
from search.backends.interface import analysed_fields
from search.models import ArchiveEntry
from search.scope import REFERENCES

WRITE_SECONDS = 30.0
# Without a worker an editor waits for it.
WRITE_SECONDS_IN_PROCESS = 10.0
BULK = 200
# Of one request: a text may have a megabyte.
MOST_BYTES = 10 * 1024 * 1024
# Entries looked at at once.
SCAN = 5_000
PREFIXES = {"min_chars": 2, "max_chars": 8}
ERRORS = (ApiError, TransportError, BulkIndexError)


class IndexState(Enum):
    MISSING = "missing"
    # Of another mapping or analyser.
    OUTDATED = "outdated"
    CURRENT = "current"


class EntryDocument(Document):
    entry_id = Long()
    digest = Keyword()
    access = Long()
    kind = Keyword()
    topics = Keyword()
    series_id = Long()
    experts = Long()
    places = Long()
    year = Integer()
    date = Date(format="strict_date")
    title_key = Keyword()
    # Each name as many times as it counts: frequency and length are weighted by that, and a word is
    # looked up in one field.
    names_lemmas = Text(analyzer="whitespace")
    names_forms = Text(analyzer="whitespace", index_prefixes=PREFIXES)
    words_lemmas = Text(analyzer="whitespace")
    words_forms = Text(analyzer="whitespace")

    class Meta:
        dynamic = MetaField("strict")
        # Titles and passages are shown from the database, where the viewer is asked for again.
        source = MetaField(enabled=False)


class ElasticsearchIndex:
    def __init__(self, *, url: str = "", archive: str = "") -> None:
        # What the names of all its indices begin with.
        self.archive: str = archive or settings.ELASTICSEARCH_INDEX
        # A reader waits no longer than a second; who writes has time.
        self.reading = client_of(url or settings.ELASTICSEARCH_URL)
        self.writing = self.reading.options(
            request_timeout=WRITE_SECONDS
            if settings.BACKGROUND_WORKER
            else WRITE_SECONDS_IN_PROCESS
        )

    @property
    def alias(self) -> str:
        """Of the index in use. One that was made from another mapping or analyser has another: a
        search that it could not answer finds no index, and the database answers.
        """
        return f"{self.archive}-made-from-{made_from()}"

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        self.write(entries)

    def write(
        self,
        entries: Sequence[ArchiveEntry],
        *,
        versions: Mapping[int, int] | None = None,
        index: str = "",
    ) -> None:
        """Into this index, or the one in use. An entry that the server has with a higher version
        stays as it is."""
        prefetch_related_objects(entries, "references")
        self._bulk(
            (
                {"_id": entry.pk, "_source": document(entry), **version_of(entry.pk, versions)}
                for entry in entries
            ),
            index,
        )

    def remove(self, entry_ids: Collection[int]) -> None:
        self.delete(dict.fromkeys(entry_ids))

    def delete(self, versions: Mapping[int, int | None], *, index: str = "") -> None:
        self._bulk(
            ({"_op_type": "delete", "_id": pk, **version_of(pk, versions)} for pk in versions),
            index,
        )

    def _bulk(self, actions: Iterable[dict[str, Any]], index: str) -> None:
        bulk(
            self.writing,
            actions,
            index=index or self.alias,
            chunk_size=BULK,
            max_chunk_bytes=MOST_BYTES,
            # Without it a missing alias would become an index of that name, with guessed fields.
            require_alias=not index,
            # What is not there is removed already; what conflicts is newer there.
            ignore_status=[404, 409],
        )

    def exists(self) -> bool:
        return self.state() != IndexState.MISSING

    def state(self) -> IndexState:
        """Of the index in use. Asked as briefly as a search."""
        if self.reading.indices.exists_alias(name=self.alias):
            return IndexState.CURRENT
        others = self.reading.indices.get_alias(name=f"{self.archive}-made-from-*")
        return IndexState.OUTDATED if others.body else IndexState.MISSING

    def digests(self) -> Iterator[tuple[int, str]]:
        """What the index in use has: entries with their digest."""
        after: list[Any] = []
        while True:
            request = Request(using=self.writing, index=self.alias).source(fields=False)
            request = request.extra(
                size=SCAN,
                docvalue_fields=["digest"],
                sort=[{"entry_id": "asc"}],
                track_total_hits=False,
                **({"search_after": after} if after else {}),
            )
            hits = request.execute().to_dict()["hits"]["hits"]
            for hit in hits:
                yield int(hit["_id"]), hit["fields"]["digest"][0]
            if len(hits) < SCAN:
                return
            after = hits[-1]["sort"]

    def refresh(self, name: str | None = None) -> None:
        """Let what was written be found from now on: in this index, or in the one in use."""
        self.writing.indices.refresh(index=name or self.alias)

    def drop(self) -> None:
        """Delete all indices of this archive."""
        self._delete_indices(self._names())

    def remove_leftovers(self) -> None:
        """Delete what a rebuild that was ended has left: indices that nobody searches."""
        found = self._indices().items()
        self._delete_indices([name for name, index in found if not index["aliases"]])

    def _names(self) -> list[str]:
        return list(self._indices())

    def _indices(self) -> dict[str, Any]:
        """Those of this archive: another one may have a name that begins with this one's."""
        own = re.compile(rf"{re.escape(self.archive)}-\d{{20}}")
        found = self.writing.indices.get(index=f"{self.archive}-*").items()
        return {name: index for name, index in found if own.fullmatch(name)}

    def _delete_indices(self, names: list[str]) -> None:
        if names:
            self.writing.indices.delete(index=names)

    def make_index(self, *, is_live: bool) -> str:
        """Make an empty index with a name of its own; readers search it when it is live."""
        name = f"{self.archive}-{timezone.now().astimezone(datetime.UTC):%Y%m%d%H%M%S%f}"
        index = Index(name, using=self.writing)
        index.settings(
            number_of_shards=1,
            auto_expand_replicas="0-1",
            # For how long the version of what was deleted is remembered.
            gc_deletes="1h",
        )
        index.document(EntryDocument)
        if is_live:
            index.aliases(**{self.alias: {}})
        self.writing.indices.create(index=name, **index.to_dict())
        return name

    def switch(self, name: str) -> None:
        """Let readers search this index from now on, in one step, and delete those before it."""
        self.writing.indices.update_aliases(
            actions=[
                {"add": {"index": name, "alias": self.alias}},
                *({"remove_index": {"index": each}} for each in self._names() if each != name),
            ]
        )


def made_from() -> str:
    """Tells apart what an index may be made from: mappings and analysers."""
    mapping = EntryDocument._doc_type.mapping.to_dict()
    parts = json.dumps([ANALYSER, mapping], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def version_of(pk: int, versions: Mapping[int, int | None] | None) -> dict[str, Any]:
    version = versions.get(pk) if versions else None
    return {} if version is None else {"version": version, "version_type": "external_gte"}


@lru_cache(maxsize=4)
def client_of(url: str) -> Elasticsearch:
    """One client a server: it keeps its connections open, and threads share it."""
    return Elasticsearch(
        url,
        request_timeout=READ_SECONDS,
        max_retries=0,
        retry_on_timeout=False,
        node_class=DeadlineNode,
    )


def document(entry: ArchiveEntry) -> dict[str, Any]:
    analysed = analysed_fields(entry)
    names = [text for field in NAMES for text in [analysed[field]] * WEIGHTS[field]]
    return {
        "entry_id": entry.pk,
        "digest": entry.digest,
        "access": entry.access_id,
        "kind": entry.kind,
        **{
            facet.value: [
                getattr(each, name) for each in entry.references.all() if each.kind == kind
            ]
            for facet, (kind, name) in REFERENCES.items()
        },
        "series_id": entry.series_id,
        "year": entry.date.year,
        "date": entry.date.isoformat(),
        "title_key": entry.title_key,
        "names_lemmas": [text.lemmas for text in names],
        "names_forms": [text.forms for text in names],
        "words_lemmas": [text.lemmas for text in (*names, analysed["body"])],
        "words_forms": [text.forms for text in (*names, analysed["body"])],
    }
