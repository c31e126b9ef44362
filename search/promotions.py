"""Pages that editors put first for a query."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH, normalise_query_string

from cms.visibility import Viewer
from search.archive_request import ArchiveRequest
from search.asking import without
from search.backends.interface import Counts, Search
from search.indexing import page_models
from search.models import ArchiveEntry
from search.ordering import Order, Position
from search.recheck import seen
from search.scope import REFERENCES, Facet, Scope

MOST_PROMOTED = 5
# A score higher than any: of those who stand before all that was ranked.
BEFORE_ALL = 900_000_000_000_000


def promoted(request: ArchiveRequest, wanted: Search, *, viewer: Viewer) -> list[ArchiveEntry]:
    """What stands before all that is found, on the first page and on those after it."""
    by_relevance = wanted.order == Order.RELEVANCE
    # A single place is left to what fits best.
    if not by_relevance or request.while_typing or request.first == 1:
        return []
    # Then they could not be left out of what is ranked.
    if wanted.scope.unsettled.is_too_much:
        return []
    entries = promoted_entries(request.text, wanted.scope)
    visible = seen(entries, viewer=viewer) if entries else ()
    return [entry for entry in entries if entry.pk in visible]


def behind(entries: list[ArchiveEntry], after: Position | None) -> list[ArchiveEntry]:
    """Those that follow this place."""
    if after is None:
        return entries
    ids = [entry.pk for entry in entries]
    if after.key != BEFORE_ALL or after.entry_id not in ids:
        return []
    return entries[ids.index(after.entry_id) + 1 :]


def others(search: Search, entries: list[ArchiveEntry], *, first: int) -> Search:
    """The search for all but these."""
    if search.after is not None and search.after.key == BEFORE_ALL:
        search = replace(search, after=None)
    return replace(without(search, tuple(entry.pk for entry in entries)), first=first)


def counted_with(
    facets: Mapping[Facet, Counts], entries: list[ArchiveEntry]
) -> dict[Facet, Counts]:
    """The counts, and one more for each value that these have."""
    counts = {facet: Counter(each) for facet, each in facets.items()}
    for entry in entries:
        for facet, counter in counts.items():
            counter.update(values_of(entry, facet))
    return {facet: dict(counter) for facet, counter in counts.items()}


def values_of(entry: ArchiveEntry, facet: Facet) -> list[str | int]:
    if facet in REFERENCES:
        kind, name = REFERENCES[facet]
        return [getattr(each, name) for each in entry.references.all() if each.kind == kind]
    if facet == Facet.SERIES:
        return [] if entry.series_id is None else [entry.series_id]
    return [entry.kind if facet == Facet.KINDS else entry.date.year]


def promoted_entries(text: str, scope: Scope) -> list[ArchiveEntry]:
    """Entries of the pages promoted for exactly this query, in the editors' order, as far as the
    scope has them."""
    query = normalise_query_string(text)[:MAX_QUERY_STRING_LENGTH]
    page_ids = list(
        SearchPromotion.objects.filter(query__query_string=query, page__isnull=False)
        .order_by("sort_order", "pk")
        .values_list("page_id", flat=True)[:MOST_PROMOTED]
    )
    if not page_ids:
        return []
    # Things that are no pages have ids of their own.
    entries = scope.entries().filter(object_id__in=page_ids).filter(kind__in=page_models())
    by_page = {entry.object_id: entry for entry in entries.prefetch_related("references")}
    return [by_page[pk] for pk in dict.fromkeys(page_ids) if pk in by_page]
