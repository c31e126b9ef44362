"""The part of a ranking query that databases share: best alternative of each word, their sum, the
scope, the order, the page."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import connection

from search.backends.interface import ENOUGH_WORDS_BONUS, Ranked, Ranking, Search
from search.ordering import Order

# A SELECT of a group's number, an entry's id and the score of one alternative, with its parameters.
Parameter = str | int | float
Part = tuple[str, list[Parameter]]


def rank(search: Search, parts: Sequence[Part]) -> Ranking:
    if not parts or not search.scope.access:
        return Ranking((), 0, has_next=False)
    sql, parameters = _query(search, parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    if not rows and search.after:
        # Past the end there is no row to carry the total.
        return replace(rank(replace(search, after=None, first=0), parts), has_next=False)
    page = rows[: search.first]
    return Ranking(
        entries=tuple(
            Ranked(pk, key if isinstance(key, float) else str(key)) for pk, key, _ in page
        ),
        total=rows[0][2] if rows else 0,
        has_next=len(rows) > search.first,
    )


def _query(search: Search, parts: Sequence[Part]) -> Part:
    scope_sql, scope_parameters = (
        search.scope.entries().order_by().values("pk").query.sql_with_params()
    )
    words = sum(not group.is_bonus for group in search.plan.groups)
    least_words = 1 if search.order == Order.RELEVANCE else search.plan.required
    page_sql, page_parameters = _page(search)
    # Not a word of it comes from a request: values are parameters.
    sql = f"""
        WITH hits (word, id, score) AS ({" UNION ALL ".join(sql for sql, _ in parts)}),
        best AS (SELECT word, id, MAX(score) AS score FROM hits GROUP BY word, id),
        summed AS (
            SELECT id, SUM(score) AS score, SUM(CASE WHEN word < %s THEN 1 ELSE 0 END) AS words
            FROM best GROUP BY id
        ),
        ranked AS (
            SELECT entry.id, entry.date, entry.title_key,
                score + CASE WHEN words >= %s THEN {ENOUGH_WORDS_BONUS}.0 ELSE 0.0 END AS relevance
            FROM summed JOIN search_archiveentry entry ON entry.id = summed.id
            WHERE words >= %s AND entry.id IN ({scope_sql})
        ),
        counted AS (SELECT id, {search.order.column} AS key, COUNT(*) OVER () AS total FROM ranked)
        SELECT id, key, total FROM counted {page_sql}
    """  # noqa: S608
    part_parameters = [parameter for _, parameters in parts for parameter in parameters]
    counts = [words, search.plan.required, least_words]
    return sql, [*part_parameters, *counts, *scope_parameters, *page_parameters]


def _page(search: Search) -> Part:
    direction = "DESC" if search.order.is_descending else "ASC"
    order = f"ORDER BY key {direction}, id {direction} LIMIT %s"
    if search.after is None:
        return order, [search.first + 1]
    beyond = "<" if search.order.is_descending else ">"
    key, entry_id = search.after.key, search.after.entry_id
    where = f"WHERE key {beyond} %s OR (key = %s AND id {beyond} %s)"
    return f"{where} {order}", [key, key, entry_id, search.first + 1]
