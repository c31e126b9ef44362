"""The ranking query that databases share: the best alternative of each word, their sum, the scope,
the order, the page and the counts, in one statement."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol

from django.db import connection

from search.backends.interface import ENOUGH_WORDS_BONUS, UNIT, Counts, Ranked, Ranking, Search
from search.ordering import Key, Order
from search.plan_parts import Alternative, Kind
from search.scope import REFERENCES, Choice, Facet, Scope
from search.unsettled import unsettled_entries

Parameter = str | int | float
# SQL with its parameters. Not a word of it comes from a request: values are parameters.
Part = tuple[str, Sequence[Parameter]]

ENTRIES = "search_archiveentry entry"
# In the index that covers what a search needs of every entry it finds.
SCOPE_COLUMNS = "entry.id, entry.kind, entry.series_id, entry.date"
EVERYTHING = "1 = 1"
NOTHING = "1 = 0"
COLUMNS = {Facet.KINDS: "kind", Facet.SERIES: "series_id"}
YEAR = "SUBSTR(CAST(enough.date AS TEXT), 1, 4)"


class Translator(Protocol):
    """What is of a database's own."""

    # The entries, as `entry`, where no more of them is read than `SCOPE_COLUMNS`.
    entries: str

    def hits(self, search: Search) -> Iterator[Part]:
        """SELECTs of a group's number, an entry's id and a score, one at least for each group that
        is no kind's.
        """

    def having(self, alternatives: Sequence[Alternative]) -> Part:
        """A SELECT of the ids of the entries that have any of these."""


def rank(search: Search, translator: Translator) -> Ranking:
    if not search.scope.access:
        return Ranking((), 0, has_next=False, facets={each: {} for each in search.facets})
    sql, parameters = _query(search, translator)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    page = sorted(
        ((_key(key, search.order), int(value)) for part, value, key, _ in rows if part == "hit"),
        reverse=search.order.is_descending,
    )
    counts: dict[Facet, dict[str | int, int]] = defaultdict(dict)
    for part, value, _key_text, number in rows:
        if part in search.facets:
            facet = Facet(part)
            counts[facet][value if facet in (Facet.KINDS, Facet.TOPICS) else int(value)] = number
    return Ranking(
        entries=tuple(Ranked(pk, key) for key, pk in page[: search.first]),
        total=next(number for part, _, _, number in rows if part == "total"),
        has_next=len(page) > search.first,
        facets={facet: _frozen(counts[facet]) for facet in search.facets},
    )


def _frozen(counts: dict[str | int, int]) -> Counts:
    return dict(counts)


def _key(text: str, order: Order) -> Key:
    return int(text) if order == Order.RELEVANCE else text


def _query(search: Search, translator: Translator) -> Part:
    with_found = _joined(", ", list(_found(search, translator)))
    chosen = _all(f"found.in_{facet}" for facet in search.scope.chosen)
    parts: list[Part] = [
        (f"SELECT 'total', '', '', COUNT(*) FROM found WHERE {chosen}", []),  # noqa: S608  (constants; values are parameters)
        *([_page(search, chosen)] if search.first else []),
        *((_counts(search, facet), []) for facet in search.facets),
    ]
    sql, parameters = _joined(" UNION ALL ", parts)
    return f"WITH {with_found[0]} {sql}", [*with_found[1], *parameters]


def _found(search: Search, translator: Translator) -> Iterator[Part]:
    """The common table expressions. `found` has all that the words find, and whether it is among
    what the viewer has chosen; `enough` what of it has enough of the words.
    """
    plan = search.plan
    relevance: Part = ("0", [])
    by_title = search.order == Order.TITLE
    source = ENTRIES if by_title else translator.entries
    conditions: list[Part] = [*_visible(search.scope)]
    if plan.groups:
        yield from _summed(search, translator)
        source = f"summed JOIN {source} ON entry.id = summed.id"
        bonus: Part = ("0.0", [])
        if plan.required > 1:
            enough = f"CASE WHEN words >= %s THEN {ENOUGH_WORDS_BONUS}.0 ELSE 0.0 END"
            bonus = (enough, [plan.required])
        relevance = (f"CAST((score + {bonus[0]}) * {UNIT} AS bigint)", bonus[1])
        least = 1 if search.order == Order.RELEVANCE else plan.required
        conditions.append(("words >= %s AND phrases = %s", [least, plan.phrases]))
    if plan.excluded:
        sql, parameters = translator.having(plan.excluded)
        conditions.append((f"entry.id NOT IN ({sql})", parameters))
    has_enough: Part = ("words >= %s", [plan.required]) if plan.groups else (EVERYTHING, [])
    columns = _joined(
        ", ",
        [
            (f"{SCOPE_COLUMNS}, entry.title_key" if by_title else SCOPE_COLUMNS, []),
            (f"{relevance[0]} AS relevance", relevance[1]),
            (f"({has_enough[0]}) AS has_enough", has_enough[1]),
            *((f"({sql}) AS in_{facet}", values) for facet, (sql, values) in _chosen(search)),
        ],
    )
    where = _joined(" AND ", conditions)
    yield (
        f"found AS MATERIALIZED (SELECT {columns[0]} FROM {source} WHERE {where[0]})",  # noqa: S608  (constants; values are parameters)
        [*columns[1], *where[1]],
    )
    # With one word, that is all of them: they are not copied.
    copied = "AS MATERIALIZED" if plan.required > 1 else "AS NOT MATERIALIZED"
    yield f"enough {copied} (SELECT * FROM found WHERE has_enough)", []  # noqa: S608  (constants; values are parameters)


def _summed(search: Search, translator: Translator) -> Iterator[Part]:
    """The best alternative of each word, and their sum for each entry."""
    scored = [group for group in search.plan.groups if not group.is_bonus]
    hits = _joined(" UNION ALL ", [*translator.hits(search), *_kinds(search)])
    # SQLite would write down the rows of both first, which takes a fifth of the whole.
    yield f"hits (word, id, score) AS NOT MATERIALIZED ({hits[0]})", hits[1]
    yield (
        "best AS NOT MATERIALIZED"
        " (SELECT word, id, MAX(score) AS score FROM hits GROUP BY id, word),"
        " summed AS (SELECT id, SUM(score) AS score,"
        " SUM(CASE WHEN word < %s THEN 1 ELSE 0 END) AS phrases,"
        " SUM(CASE WHEN word < %s THEN 1 ELSE 0 END) AS words FROM best GROUP BY id)",
        [search.plan.phrases, len(scored)],
    )


def _visible(scope: Scope) -> Iterator[Part]:
    yield _among("entry.access_id", scope.access)
    if scope.unsettled.is_too_much:
        sql, parameters = unsettled_entries().values("pk").query.sql_with_params()
        yield f"entry.id NOT IN ({sql})", parameters
    elif scope.unsettled.entry_ids:
        sql, values = _among("entry.id", scope.unsettled.entry_ids)
        yield f"NOT {sql}", values


def _kinds(search: Search) -> Iterator[Part]:
    for number, group in enumerate(search.plan.groups):
        for each in group.alternatives:
            if each.kind == Kind.CONTENT_KIND:
                yield (
                    f"SELECT {number}, id, %s FROM search_archiveentry WHERE kind = %s",  # noqa: S608  (constants; values are parameters)
                    [each.weight, each.words[0]],
                )


def _chosen(search: Search) -> Iterator[tuple[Facet, Part]]:
    """For each facet in use the condition that an entry is among what was chosen."""
    for facet in search.scope.chosen:
        if facet == Facet.YEARS:
            first, last = search.scope.first_day, search.scope.last_day
            days: list[Part] = []
            if first:
                days.append(("entry.date >= %s", [first.isoformat()]))
            if last:
                days.append(("entry.date <= %s", [last.isoformat()]))
            yield facet, _joined(" AND ", days)
        else:
            choices = search.scope.choices(facet)
            yield facet, _joined(" AND ", [_any_of(facet, choice) for choice in choices])


def _any_of(facet: Facet, choice: Choice) -> Part:
    if facet in COLUMNS:
        # A series may be null, which is no answer.
        return _among(f"COALESCE(entry.{COLUMNS[facet]}, {NO_VALUE[facet]})", choice)
    kind, name = REFERENCES[facet]
    sql, values = _among(name, choice)
    return (
        f"entry.id IN (SELECT entry_id FROM search_entryreference WHERE kind = '{kind}' AND {sql})",  # noqa: S608  (constants; values are parameters)
        values,
    )


NO_VALUE: Mapping[Facet, str] = {Facet.KINDS: "''", Facet.SERIES: "0"}


def _among(column: str, values: Choice) -> Part:
    if not values:
        return NOTHING, []
    return f"{column} IN ({', '.join(['%s'] * len(values))})", list(values)


def _counts(search: Search, facet: Facet) -> str:
    """Of the common table `enough`."""
    where = _all([f"enough.in_{each}" for each in search.scope.chosen if each != facet])
    if facet in REFERENCES:
        kind, name = REFERENCES[facet]
        return (
            f"SELECT '{facet}', CAST(reference.{name} AS TEXT), '', COUNT(*) FROM enough"  # noqa: S608  (constants; values are parameters)
            f" CROSS JOIN search_entryreference reference"
            f" WHERE reference.entry_id = enough.id AND reference.kind = '{kind}' AND {where}"
            f" GROUP BY reference.{name}"
        )
    column = YEAR if facet == Facet.YEARS else f"enough.{COLUMNS[facet]}"
    if facet == Facet.SERIES:
        where = f"enough.series_id IS NOT NULL AND {where}"
    return (
        f"SELECT '{facet}', CAST({column} AS TEXT), '', COUNT(*) FROM enough"  # noqa: S608  (constants; values are parameters)
        f" WHERE {where} GROUP BY {column}"
    )


def _page(search: Search, chosen: str) -> Part:
    column = f"found.{search.order.column}"
    direction = "DESC" if search.order.is_descending else "ASC"
    where, parameters = chosen, []
    if search.after is not None:
        beyond = "<" if search.order.is_descending else ">"
        key: Parameter = search.after.key
        if isinstance(key, float):
            # Elasticsearch gave it.
            key = round(key * UNIT)
        place: Part = ("%s", [key])
        if search.order == Order.RELEVANCE:
            # Where the entry stands by now: scores change with whatever is published.
            now = "COALESCE((SELECT relevance FROM found WHERE id = %s), %s)"
            place = (now, [search.after.entry_id, key])
        where += (
            f" AND ({column} {beyond} {place[0]}"
            f" OR ({column} = {place[0]} AND found.id {beyond} %s))"
        )
        parameters = [*place[1], *place[1], search.after.entry_id]
    return (
        f"SELECT * FROM (SELECT 'hit', CAST(found.id AS TEXT), CAST({column} AS TEXT), 0"  # noqa: S608  (constants; values are parameters)
        f" FROM found WHERE {where} ORDER BY {column} {direction}, found.id {direction} LIMIT %s)"
        " page",
        [*parameters, search.first + 1],
    )


def _all(conditions: "Iterator[str] | list[str]") -> str:
    return " AND ".join(conditions) or EVERYTHING


def _joined(separator: str, parts: Sequence[Part]) -> Part:
    return separator.join(sql for sql, _ in parts), list(
        chain.from_iterable(values for _, values in parts)
    )
