"""PostgreSQL: postings of one row for each word of an entry, scored by BM25 as SQLite scores; and
tsvectors for what stands near or right after each other."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from django.db import connection

from search.analysis import FIELDS, WEIGHTS, AnalysedText
from search.backends.bm25 import LENGTH_PART, SATURATION, Statistics
from search.backends.interface import Ranking, Search, analysed_fields
from search.backends.sql import Part, rank
from search.models import ArchiveEntry
from search.plan_parts import NEAR_DISTANCE, OF_FORMS, Alternative, Kind

TABLE = "search_fulltext"
POSTINGS = "search_posting"
# Without foreign keys: TRUNCATE of the entries, as test suites do, would refuse to work.
CREATE = f"""
    CREATE TABLE {TABLE} (
        entry_id bigint PRIMARY KEY, lemmas tsvector NOT NULL, forms tsvector NOT NULL
    );
    CREATE INDEX {TABLE}_lemmas ON {TABLE} USING gin (lemmas);
    CREATE INDEX {TABLE}_forms ON {TABLE} USING gin (forms);
"""
DROP = f"DROP TABLE IF EXISTS {TABLE}"
# Bytes are compared, so that a prefix is a range. `frequency` is weighted by the field, `in_names`
# the same without the body; `length` is the entry's, in words.
CREATE_POSTINGS = f"""
    ALTER TABLE {TABLE} ADD COLUMN length real NOT NULL DEFAULT 0;
    CREATE TABLE {POSTINGS} (
        word text COLLATE "C" NOT NULL, is_form boolean NOT NULL, entry_id bigint NOT NULL,
        frequency real NOT NULL, in_names real NOT NULL, length real NOT NULL
    );
    CREATE INDEX {POSTINGS}_word ON {POSTINGS} (word, is_form)
        INCLUDE (entry_id, frequency, in_names, length);
    CREATE INDEX {POSTINGS}_entry ON {POSTINGS} (entry_id);
"""
DROP_POSTINGS = f"""
    DROP TABLE IF EXISTS {POSTINGS};
    ALTER TABLE {TABLE} DROP COLUMN IF EXISTS length;
"""
INSERT = (
    f"INSERT INTO {TABLE} (entry_id, lemmas, forms, length)"  # noqa: S608
    " VALUES (%s, %s::tsvector, %s::tsvector, %s)"
)
LABELS = {"title": "A", "topics": "B", "body": "D"}
NAMES = "AB"
LAST_POSITION = 16383
# A little less than a tsvector may have in its words, repeated ones counted.
MOST_BYTES = 1_000_000
# Between two fields, so that nothing reaches from one into the next.
GAP = 2 * NEAR_DISTANCE
ENTRIES = "entries"
END = chr(0x10FFFF)


class PostgresBackend:
    name = "postgresql"

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        self.remove([entry.pk for entry in entries])
        texts: list[list[int | str]] = []
        postings: list[tuple[str, bool, int, float, float, float]] = []
        for entry in entries:
            fields = analysed_fields(entry)
            lemmas = {field: fields[field].lemmas for field in FIELDS}
            forms = {field: fields[field].forms for field in FIELDS}
            length = sum(map(_length, fields.values()))
            texts.append([entry.pk, vector(lemmas), vector(forms), length])
            for is_form, of_fields in ((False, lemmas), (True, forms)):
                for word, (frequency, in_names) in frequencies(of_fields).items():
                    postings.append((word, is_form, entry.pk, frequency, in_names, length))
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, texts)
            if postings:
                cursor.execute(
                    f"INSERT INTO {POSTINGS} SELECT * FROM unnest(%s::text[], %s::boolean[],"  # noqa: S608
                    " %s::bigint[], %s::real[], %s::real[], %s::real[])",
                    [list(column) for column in zip(*postings, strict=True)],
                )

    def remove(self, entry_ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            for table in (TABLE, POSTINGS):
                cursor.execute(
                    f"DELETE FROM {table} WHERE entry_id = ANY(%s)",  # noqa: S608
                    [list(entry_ids)],
                )

    def search(self, search: Search) -> Ranking:
        return rank(search, self)

    def hits(self, search: Search) -> Iterator[Part]:
        frequency = "in_names" if search.without_bodies else "frequency"
        label = NAMES if search.without_bodies else ""
        statistics = _statistics(search)
        for number, group in enumerate(search.plan.groups):
            for alternative in group.alternatives:
                if alternative.kind == Kind.CONTENT_KIND:
                    continue
                sql, parameters = _scored(alternative, statistics, frequency)
                if alternative.kind in (Kind.NEAR, Kind.PHRASE):
                    standing, query = _standing(alternative, label)
                    sql += f" AND entry_id IN ({standing})"
                    parameters = [*parameters, *query]
                score, group_by = ("SUM(score)", "GROUP BY entry_id")
                if len(alternative.words) == 1:
                    # A word has one row for an entry.
                    score, group_by = "score", ""
                yield (
                    f"SELECT {number}, entry_id, {score} FROM ({sql}) scored {group_by}",  # noqa: S608
                    parameters,
                )

    def having(self, alternatives: Sequence[Alternative]) -> Part:
        parts = [_standing(each, "") for each in alternatives]
        return (
            " UNION ALL ".join(sql for sql, _ in parts),
            [value for _, values in parts for value in values],
        )


def _length(text: AnalysedText) -> int:
    return len(text.lemmas.split()) + len(text.forms.split())


def frequencies(texts: dict[str, str]) -> dict[str, tuple[float, float]]:
    """How often each word is in the fields, weighted; and the same without the body."""
    total: dict[str, float] = defaultdict(float)
    in_names: dict[str, float] = defaultdict(float)
    for field, text in texts.items():
        for word, times in Counter(text.split()).items():
            total[word] += times * WEIGHTS[field]
            if field != "body":
                in_names[word] += times * WEIGHTS[field]
    return {word: (frequency, in_names[word]) for word, frequency in total.items()}


def _statistics(search: Search) -> Statistics:
    """Counted once for all words of the plan, and before anything is ranked."""
    prefixes: set[tuple[str, bool]] = set()
    words: set[tuple[str, bool]] = set()
    for group in search.plan.groups:
        for alternative in group.alternatives:
            for word in alternative.words if alternative.kind != Kind.CONTENT_KIND else ():
                target = prefixes if alternative.kind == Kind.PREFIX else words
                target.add((word, alternative.kind in OF_FORMS))
    parts = [f"SELECT '' AS word, '{ENTRIES}' AS what, COUNT(*), AVG(length) FROM {TABLE}"]  # noqa: S608
    parameters: list[str | bool] = []
    for word, is_form in sorted(words):
        parts.append(
            f"SELECT %s, %s, COUNT(*), 0 FROM {POSTINGS} WHERE word = %s AND is_form = %s"  # noqa: S608
        )
        parameters += [word, "form" if is_form else "lemma", word, is_form]
    for prefix, _is_form in sorted(prefixes):
        parts.append(
            f"SELECT %s, 'prefix', COUNT(DISTINCT entry_id), 0 FROM {POSTINGS}"  # noqa: S608
            " WHERE word >= %s AND word < %s AND is_form"
        )
        parameters += [prefix, prefix, prefix + END]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        rows = cursor.fetchall()
    having = {(word, what): number for word, what, number, _ in rows}
    length = next(average for _, what, _, average in rows if what == ENTRIES)
    return Statistics(having["", ENTRIES], float(length or 1), having)


def _scored(
    alternative: Alternative, statistics: Statistics, frequency: str
) -> tuple[str, list[str | int | float]]:
    """A SELECT of entry ids with the BM25 of each word; more conditions may follow."""
    is_form = alternative.kind in OF_FORMS
    what = "prefix" if alternative.kind == Kind.PREFIX else "form" if is_form else "lemma"
    rarities = {word: statistics.rarity(word, what) for word in dict.fromkeys(alternative.words)}
    bm25 = (
        f"tf * {SATURATION + 1} / (tf + {SATURATION} * ({1 - LENGTH_PART} + {LENGTH_PART}"
        " * length / %s))"
    )
    if alternative.kind == Kind.PREFIX:
        prefix = alternative.words[0]
        return (
            f"SELECT entry_id, %s * {bm25} AS score FROM (SELECT entry_id, SUM({frequency}) AS tf,"  # noqa: S608
            f" MAX(length) AS length FROM {POSTINGS} WHERE word >= %s AND word < %s AND is_form"
            f" AND {frequency} > 0 GROUP BY entry_id) posting WHERE TRUE",
            [alternative.weight * rarities[prefix], statistics.length, prefix, prefix + END],
        )
    cases = " ".join("WHEN %s THEN %s" for _ in rarities)
    weighted = [
        value
        for word, rarity in rarities.items()
        for value in (word, float(alternative.weight * rarity))
    ]
    marks = ", ".join(["%s"] * len(rarities))
    return (
        f"SELECT entry_id, (CASE word {cases} END) * {bm25} AS score FROM (SELECT word, entry_id,"  # noqa: S608
        f" {frequency} AS tf, length FROM {POSTINGS} WHERE word IN ({marks}) AND is_form = %s"
        f" AND {frequency} > 0) posting WHERE TRUE",
        [*weighted, statistics.length, *rarities, is_form],
    )


def _standing(alternative: Alternative, label: str) -> Part:
    column = "forms" if alternative.kind in OF_FORMS else "lemmas"
    return (
        f"SELECT entry_id FROM {TABLE} WHERE {column} @@ %s::tsquery",  # noqa: S608
        [query_text(alternative, label)],
    )


def vector(texts: dict[str, str]) -> str:
    """The tsvector, as text, of words that are analysed already."""
    position = size = 0
    lexemes: list[str] = []
    beyond: set[str] = set()
    for field, text in texts.items():
        for word in text.split():
            position = min(position + 1, LAST_POSITION)
            if position == LAST_POSITION:
                # From there on PostgreSQL knows no places: whether the word is there is enough.
                if word in beyond:
                    continue
                beyond.add(word)
            size += len(word.encode())
            if size > MOST_BYTES:
                return " ".join(lexemes)
            lexemes.append(f"{quoted(word)}:{position}{LABELS[field]}")
        position = min(position + GAP, LAST_POSITION)
    return " ".join(lexemes)


def query_text(alternative: Alternative, label: str = "") -> str:
    words = [f"{quoted(word)}:{label}" if label else quoted(word) for word in alternative.words]
    if alternative.kind == Kind.PREFIX:
        return f"{quoted(alternative.words[0])}:*{label}"
    if alternative.kind == Kind.NEAR:
        return " & ".join(f"({_near(*pair)})" for pair in pairwise(words)) or words[0]
    return " <-> ".join(words)


def _near(left: str, right: str) -> str:
    """Two words in either order; PostgreSQL knows exact distances alone."""
    return " | ".join(
        f"{one} <{distance}> {other}"
        for distance in range(1, NEAR_DISTANCE + 2)
        for one, other in ((left, right), (right, left))
    )


def quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
