"""Elasticsearch 8 or 9."""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

from elasticsearch.dsl import MultiSearch
from elasticsearch.dsl import Search as Request

from search.backends.elastic_index import ERRORS, ElasticsearchIndex
from search.backends.elastic_query import (
    READ_SECONDS,
    Tier,
    counts_of,
    counts_request,
    has_tiers,
    hits_request,
    place_request,
    total_request,
)
from search.backends.interface import BackendUnavailable, Ranked, Ranking, Search
from search.ordering import Order

# For a request that begins when the time is nearly over: none at all is an error of another kind.
LEAST_SECONDS = 0.01


class ElasticsearchBackend(ElasticsearchIndex):
    name = "elasticsearch"

    def search(self, search: Search) -> Ranking:
        if not search.scope.access:
            return Ranking((), 0, has_next=False, facets={each: {} for each in search.facets})
        deadline = monotonic() + READ_SECONDS
        search = self._from_where_it_stands(search, deadline)
        wanted = search.first + 1
        requests = {"hits": hits_request(search, Tier.ENOUGH, size=wanted)}
        if has_tiers(search):
            requests["total"] = total_request(search)
        if search.facets:
            requests["counts"] = counts_request(search)
        answers = self._ask(requests, deadline)
        found = answers["hits"]["hits"]["hits"]
        if has_tiers(search) and len(found) < wanted:
            rest = {"hits": hits_request(search, Tier.TOO_FEW, size=wanted - len(found))}
            found = found + self._ask(rest, deadline)["hits"]["hits"]["hits"]
        return Ranking(
            entries=tuple(Ranked(int(hit["_id"]), hit["sort"][0]) for hit in found[: search.first]),
            total=answers.get("total", answers["hits"])["hits"]["total"]["value"],
            has_next=len(found) > search.first,
            facets=counts_of(search, answers["counts"]["aggregations"]) if search.facets else {},
        )

    def _from_where_it_stands(self, search: Search, deadline: float) -> Search:
        """Scores change with whatever is published: the page begins after the entry's of now."""
        if search.after is None or search.order != Order.RELEVANCE:
            return search
        tiers = [Tier.ENOUGH, Tier.TOO_FEW] if has_tiers(search) else [Tier.ENOUGH]
        entry_id = search.after.entry_id
        requests = {each.value: place_request(search, entry_id, each) for each in tiers}
        answers = self._ask(requests, deadline)
        found = [hit for each in answers.values() for hit in each["hits"]["hits"]]
        if not found:
            return search
        return replace(search, after=replace(search.after, key=found[0]["sort"][0]))

    def _ask(self, requests: Mapping[str, Request], deadline: float) -> dict[str, dict[str, Any]]:
        """All at once, so that the server works at them side by side."""
        left = max(deadline - monotonic(), LEAST_SECONDS)
        asked = MultiSearch(using=self.reading.options(request_timeout=left), index=self.alias)
        for request in requests.values():
            asked = asked.add(request)
        try:
            answers = asked.execute()
        except ERRORS as error:
            raise BackendUnavailable(str(error)) from error
        if any(answer.timed_out or answer._shards.failed for answer in answers):
            raise BackendUnavailable("Elasticsearch searched only a part.")
        return {name: answer.to_dict() for name, answer in zip(requests, answers, strict=True)}
