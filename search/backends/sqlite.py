"""SQLite: postings that score, and an FTS5 table, its rowid the entry's id, for what stands near or
after each other. https://www.sqlite.org/fts5.html"""

from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from search.analysis import FIELDS
from search.backends.interface import Ranking, Search, analysed_fields
from search.backends.postings import POSTINGS, hits, length_of, postings_of
from search.backends.sql import ENTRIES, Part, rank
from search.models import ArchiveEntry
from search.plan_parts import NEAR_DISTANCE, OF_FORMS, Alternative, Kind

TABLE = "search_fulltext"
LEMMA_COLUMNS = [f"{field}_lemmas" for field in FIELDS]
FORM_COLUMNS = [f"{field}_forms" for field in FIELDS]
# The analysis has folded already what is to be folded; SQLite must not fold lemmas.
CREATE = f"""
    CREATE VIRTUAL TABLE {TABLE} USING fts5(
        {", ".join(LEMMA_COLUMNS + FORM_COLUMNS)},
        tokenize="unicode61 remove_diacritics 0"
    )
"""
DROP = f"DROP TABLE IF EXISTS {TABLE}"
INSERT = f"""
    INSERT INTO {TABLE} (rowid, {", ".join(LEMMA_COLUMNS + FORM_COLUMNS)})
    VALUES (%s, {", ".join(["%s"] * 2 * len(FIELDS))})
"""  # noqa: S608  (constants; values are parameters)
DELETE = f"DELETE FROM {TABLE} WHERE rowid = %s"  # noqa: S608  (constants; values are parameters)
LENGTHS = "search_length"
# In the order in which they are read: all entries of a word, or of a prefix.
CREATE_POSTINGS = (
    f"""
    CREATE TABLE {POSTINGS} (
        is_form boolean NOT NULL, word text NOT NULL, entry_id integer NOT NULL,
        frequency real NOT NULL, in_names real NOT NULL, length integer NOT NULL,
        PRIMARY KEY (is_form, word, entry_id)
    ) WITHOUT ROWID
    """,
    f"CREATE INDEX {POSTINGS}_entry ON {POSTINGS} (entry_id)",
    # For who is typing: one letter begins a tenth of all words.
    f"""
    CREATE INDEX {POSTINGS}_names ON {POSTINGS} (is_form, word, entry_id, in_names, length)
        WHERE in_names > 0
    """,
    f"CREATE TABLE {LENGTHS} (entry_id integer PRIMARY KEY, length integer NOT NULL)",
)
DROP_POSTINGS = (f"DROP TABLE IF EXISTS {POSTINGS}", f"DROP TABLE IF EXISTS {LENGTHS}")
INSERT_POSTINGS = (
    f"INSERT INTO {POSTINGS} (is_form, word, entry_id, frequency, in_names, length)"  # noqa: S608  (constants; values are parameters)
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
INSERT_LENGTH = f"INSERT INTO {LENGTHS} (entry_id, length) VALUES (%s, %s)"  # noqa: S608  (constants; values are parameters)
DELETE_LENGTH = f"DELETE FROM {LENGTHS} WHERE entry_id = %s"  # noqa: S608  (constants; values are parameters)
DELETE_POSTINGS = f"DELETE FROM {POSTINGS} WHERE entry_id = %s"  # noqa: S608  (constants; values are parameters)


class SQLiteBackend:
    name = "sqlite"
    # Otherwise it reads a page of the table for each entry, whose texts are long.
    entries = f"{ENTRIES} INDEXED BY search_entry_scope"

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        self.remove([entry.pk for entry in entries])
        with connection.cursor() as cursor:
            for entry in entries:
                fields = analysed_fields(entry)
                lemmas = [fields[field].lemmas for field in FIELDS]
                forms = [fields[field].forms for field in FIELDS]
                cursor.execute(INSERT, [entry.pk, *lemmas, *forms])
                cursor.execute(INSERT_LENGTH, [entry.pk, length_of(fields)])
                cursor.executemany(INSERT_POSTINGS, sorted(postings_of(entry.pk, fields)))

    def remove(self, entry_ids: Collection[int]) -> None:
        ids = [[entry_id] for entry_id in entry_ids]
        with connection.cursor() as cursor:
            for statement in (DELETE, DELETE_LENGTH, DELETE_POSTINGS):
                cursor.executemany(statement, ids)

    def search(self, search: Search) -> Ranking:
        return rank(search, self)

    def hits(self, search: Search) -> Iterator[Part]:
        return hits(search, standing, LENGTHS)

    def having(self, alternatives: Sequence[Alternative]) -> Part:
        expression = " OR ".join(f"({match_expression(each)})" for each in alternatives)
        return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [expression]  # noqa: S608  (constants; values are parameters)


def standing(alternative: Alternative, *, without_bodies: bool) -> Part:
    expression = match_expression(alternative, without_bodies=without_bodies)
    return f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [expression]  # noqa: S608  (constants; values are parameters)


def match_expression(alternative: Alternative, *, without_bodies: bool = False) -> str:
    columns = FORM_COLUMNS if alternative.kind in OF_FORMS else LEMMA_COLUMNS
    if without_bodies:
        columns = [column for column in columns if not column.startswith("body")]
    words = [f'"{word}"' for word in (each.replace('"', '""') for each in alternative.words)]
    if alternative.kind == Kind.NEAR:
        expression = f"NEAR({' '.join(words)}, {NEAR_DISTANCE})"
    else:
        expression = " + ".join(words)
    return f"{{{' '.join(columns)}}} : {expression}"
