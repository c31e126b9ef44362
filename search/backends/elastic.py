"""Elasticsearch 8 or 9."""

from search.backends.elastic_index import ERRORS, ElasticsearchIndex
from search.backends.elastic_query import counts_of, request_of
from search.backends.interface import BackendUnavailable, Ranked, Ranking, Search


class ElasticsearchBackend(ElasticsearchIndex):
    name = "elasticsearch"

    def search(self, search: Search) -> Ranking:
        if not search.scope.access:
            return Ranking((), 0, has_next=False, facets={each: {} for each in search.facets})
        try:
            answer = request_of(search).using(self.reading).index(self.alias).execute()
        except ERRORS as error:
            raise BackendUnavailable(str(error)) from error
        if answer.timed_out or answer._shards.failed:
            raise BackendUnavailable("Elasticsearch searched only a part.")
        hits = answer.hits[: search.first]
        found = answer.to_dict()
        return Ranking(
            entries=tuple(Ranked(int(hit.meta.id), hit.meta.sort[0]) for hit in hits),
            total=found["hits"]["total"]["value"],
            has_next=len(answer.hits) > search.first,
            facets=counts_of(search, found.get("aggregations", {})),
        )
