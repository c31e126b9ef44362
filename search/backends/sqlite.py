"""SQLite: one FTS5 table, its rowid the entry's id. https://www.sqlite.org/fts5.html"""

from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from search.analysis import FIELDS, WEIGHTS
from search.backends.interface import Ranking, Search, analysed_fields
from search.backends.sql import Part, rank
from search.models import ArchiveEntry
from search.plan_parts import NEAR_DISTANCE, OF_FORMS, Alternative, Kind

TABLE = "search_fulltext"
LEMMA_COLUMNS = [f"{field}_lemmas" for field in FIELDS]
FORM_COLUMNS = [f"{field}_forms" for field in FIELDS]
# The analysis has folded already what is to be folded; SQLite must not fold lemmas.
CREATE = f"""
    CREATE VIRTUAL TABLE {TABLE} USING fts5(
        {", ".join(LEMMA_COLUMNS + FORM_COLUMNS)},
        tokenize="unicode61 remove_diacritics 0", prefix='2 3 4'
    )
"""
DROP = f"DROP TABLE IF EXISTS {TABLE}"
INSERT = f"""
    INSERT INTO {TABLE} (rowid, {", ".join(LEMMA_COLUMNS + FORM_COLUMNS)})
    VALUES (%s, {", ".join(["%s"] * 2 * len(FIELDS))})
"""  # noqa: S608
DELETE = f"DELETE FROM {TABLE} WHERE rowid = %s"  # noqa: S608
# bm25() is the better the more negative; the same weights for lemmas and forms.
BM25 = f"-bm25({TABLE}, {', '.join(str(WEIGHTS[field]) for field in FIELDS * 2)})"


class SQLiteBackend:
    name = "sqlite"

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        rows: list[list[str | int]] = []
        for entry in entries:
            fields = analysed_fields(entry)
            lemmas = [fields[field].lemmas for field in FIELDS]
            forms = [fields[field].forms for field in FIELDS]
            rows.append([entry.pk, *lemmas, *forms])
        self.remove([entry.pk for entry in entries])
        with connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)

    def remove(self, entry_ids: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(DELETE, [[entry_id] for entry_id in entry_ids])

    def search(self, search: Search) -> Ranking:
        return rank(search, self)

    def hits(self, search: Search) -> Iterator[Part]:
        for number, group in enumerate(search.plan.groups):
            for alternative in group.alternatives:
                if alternative.kind == Kind.CONTENT_KIND:
                    continue
                # In a subquery of its own: bm25() works only beside its MATCH.
                yield (
                    f"SELECT * FROM (SELECT {number}, rowid, %s * {BM25}"  # noqa: S608
                    f" FROM {TABLE} WHERE {TABLE} MATCH %s)",
                    [
                        alternative.weight,
                        match_expression(alternative, without_bodies=search.without_bodies),
                    ],
                )

    def having(self, alternatives: Sequence[Alternative]) -> Part:
        expression = " OR ".join(f"({match_expression(each)})" for each in alternatives)
        return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [expression]  # noqa: S608


def match_expression(alternative: Alternative, *, without_bodies: bool = False) -> str:
    columns = FORM_COLUMNS if alternative.kind in OF_FORMS else LEMMA_COLUMNS
    if without_bodies:
        columns = [column for column in columns if not column.startswith("body")]
    words = [f'"{word}"' for word in (each.replace('"', '""') for each in alternative.words)]
    if alternative.kind == Kind.NEAR:
        expression = f"NEAR({' '.join(words)}, {NEAR_DISTANCE})"
    elif alternative.kind == Kind.PREFIX:
        expression = f"{words[0]} *"
    else:
        expression = " + ".join(words)
    return f"{{{' '.join(columns)}}} : {expression}"
