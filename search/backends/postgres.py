"""PostgreSQL: postings that score, and tsvectors for what stands near or right after each other."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from django.db import connection

from search.analysis import FIELDS
from search.backends.interface import Ranking, Search, analysed_fields
from search.backends.postings import POSTINGS, Posting, hits, length_of, postings_of
from search.backends.sql import ENTRIES, Parameter, Part, rank
from search.models import ArchiveEntry
from search.plan_parts import NEAR_DISTANCE, OF_FORMS, Alternative, Kind

TABLE = "search_fulltext"
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
# the same without the body; `length` is the entry's, in words, and null where there are no postings
# yet.
CREATE_POSTINGS = f"""
    ALTER TABLE {TABLE} ADD COLUMN length real;
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
    f"INSERT INTO {TABLE} (entry_id, lemmas, forms, length)"  # noqa: S608  (constants; values are parameters)
    " VALUES (%s, %s::tsvector, %s::tsvector, %s)"
)
LABELS = {"title": "A", "topics": "B", "body": "D"}
NAMES = "AB"
LAST_POSITION = 16383
# A little less than a tsvector may have in its words, repeated ones counted.
MOST_BYTES = 1_000_000
# Between two fields, so that nothing reaches from one into the next.
GAP = 2 * NEAR_DISTANCE


class PostgresBackend:
    name = "postgresql"
    entries = ENTRIES

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        self.remove([entry.pk for entry in entries])
        texts: list[list[int | str]] = []
        found: list[Posting] = []
        for entry in entries:
            fields = analysed_fields(entry)
            lemmas = {field: fields[field].lemmas for field in FIELDS}
            forms = {field: fields[field].forms for field in FIELDS}
            texts.append([entry.pk, vector(lemmas), vector(forms), length_of(fields)])
            found += postings_of(entry.pk, fields)
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, texts)
            if found:
                cursor.execute(
                    f"INSERT INTO {POSTINGS} (is_form, word, entry_id, frequency, in_names, length)"  # noqa: S608  (constants; values are parameters)
                    " SELECT * FROM unnest(%s::boolean[], %s::text[], %s::bigint[], %s::real[],"
                    " %s::real[], %s::real[])",
                    [list(column) for column in zip(*found, strict=True)],
                )

    def remove(self, entry_ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            for table in (TABLE, POSTINGS):
                cursor.execute(
                    f"DELETE FROM {table} WHERE entry_id = ANY(%s)",  # noqa: S608  (constants; values are parameters)
                    [list(entry_ids)],
                )

    def search(self, search: Search) -> Ranking:
        return rank(search, self)

    def hits(self, search: Search) -> Iterator[Part]:
        return hits(search, standing, TABLE)

    def having(self, alternatives: Sequence[Alternative]) -> Part:
        parts = [standing(each, without_bodies=False) for each in alternatives]
        return (
            " UNION ALL ".join(sql for sql, _ in parts),
            [value for _, values in parts for value in values],
        )


def standing(alternative: Alternative, *, without_bodies: bool) -> Part:
    is_form = alternative.kind in OF_FORMS
    column = "forms" if is_form else "lemmas"
    query = query_text(alternative, NAMES if without_bodies else "")
    words = sorted(set(alternative.words))
    source = TABLE
    parameters: list[Parameter] = []
    if len(words) > 1:
        # PostgreSQL takes a look into a tsvector for cheap, and would unpack that of every entry.
        # What has all the words is found first; OFFSET 0 keeps that order.
        source = (
            f"(SELECT entry_id, {column} FROM {TABLE} WHERE entry_id IN ("  # noqa: S608  (names of ours and a number; words are parameters)
            f"SELECT entry_id FROM {POSTINGS} WHERE is_form = %s"
            f" AND word IN ({', '.join(['%s'] * len(words))})"
            f" GROUP BY entry_id HAVING COUNT(*) = {len(words)}) OFFSET 0) having_all"
        )
        parameters = [is_form, *words]
    return (
        f"SELECT entry_id FROM {source} WHERE {column} @@ %s::tsquery",  # noqa: S608  (`source` is built above; the query is a parameter)
        [*parameters, query],
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
