"""Pages that editors put first for a query."""

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH, normalise_query_string

from search.indexing import page_models
from search.models import ArchiveEntry
from search.scope import Scope

MOST_PROMOTED = 5


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
    by_page = {entry.object_id: entry for entry in entries}
    return [by_page[pk] for pk in dict.fromkeys(page_ids) if pk in by_page]
