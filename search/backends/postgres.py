"""PostgreSQL: prebuilt tsvectors, ts_rank times the rarity of each alternative among the entries
that are searched."""

from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from search.analysis import FIELDS
from search.backends.interface import Ranking, Search, analysed_fields
from search.backends.sql import Part, rank
from search.models import ArchiveEntry
from search.plan import Alternative, Kind, Plan

TABLE = "search_fulltext"
# Without a foreign key: TRUNCATE of the entries, as test suites do, would refuse to work.
CREATE = f"""
    CREATE TABLE {TABLE} (
        entry_id bigint PRIMARY KEY, lemmas tsvector NOT NULL, forms tsvector NOT NULL
    );
    CREATE INDEX {TABLE}_lemmas ON {TABLE} USING gin (lemmas);
    CREATE INDEX {TABLE}_forms ON {TABLE} USING gin (forms);
"""
DROP = f"DROP TABLE IF EXISTS {TABLE}"
UPSERT = f"""
    INSERT INTO {TABLE} (entry_id, lemmas, forms) VALUES (%s, %s::tsvector, %s::tsvector)
    ON CONFLICT (entry_id) DO UPDATE SET lemmas = excluded.lemmas, forms = excluded.forms
"""  # noqa: S608
DELETE = f"DELETE FROM {TABLE} WHERE entry_id = ANY(%s)"  # noqa: S608
LABELS = {"title": "A", "topics": "B", "body": "D"}
# Weights of the labels D, C, B, A: as WEIGHTS of the analysis, divided by 3.
RANK = "ts_rank('{{0.33, 0.33, 0.5, 1}}', {column}, %s::tsquery)"
# The inverse document frequency of BM25; the window counts what the alternative matches.
RARITY = (
    f"ln(1 + ((SELECT COUNT(*) FROM {TABLE}) - COUNT(*) OVER () + 0.5) / (COUNT(*) OVER () + 0.5))"  # noqa: S608
)
LAST_POSITION = 16383


class PostgresBackend:
    name = "postgresql"

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        rows: list[list[str | int]] = []
        for entry in entries:
            fields = analysed_fields(entry)
            lemmas = {field: fields[field].lemmas for field in FIELDS}
            forms = {field: fields[field].forms for field in FIELDS}
            rows.append([entry.pk, vector(lemmas), vector(forms)])
        with connection.cursor() as cursor:
            cursor.executemany(UPSERT, rows)

    def remove(self, entry_ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(DELETE, [list(entry_ids)])

    def search(self, search: Search) -> Ranking:
        return rank(search, list(_parts(search.plan)))


def _parts(plan: Plan) -> Iterator[Part]:
    for number, group in enumerate(plan.groups):
        for alternative in group.alternatives:
            column = "forms" if alternative.kind in (Kind.FORM, Kind.PREFIX) else "lemmas"
            query = query_text(alternative)
            yield (
                f"SELECT {number}, entry_id, %s * {RARITY} * {RANK.format(column=column)}"  # noqa: S608
                f" FROM {TABLE} WHERE {column} @@ %s::tsquery",
                [alternative.weight, query, query],
            )


def vector(texts: dict[str, str]) -> str:
    """The tsvector, as text, of words that are analysed already."""
    position = 0
    lexemes = []
    for field, text in texts.items():
        for word in text.split():
            position = min(position + 1, LAST_POSITION)
            lexemes.append(f"{quoted(word)}:{position}{LABELS[field]}")
    return " ".join(lexemes)


def query_text(alternative: Alternative) -> str:
    words = [quoted(word) for word in alternative.words]
    if alternative.kind == Kind.PREFIX:
        return f"{words[0]}:*"
    return " & ".join(words)


def quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
