"""The words by which the databases score: one row for each word of an entry."""

import pytest
from django.db import connection

from search.backends import database_backend, sqlite
from search.models import ArchiveEntry
from tests.search.conftest import MakeArticle

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT is_form, word, entry_id, frequency, in_names, length FROM search_posting"
            " WHERE word IN ('drukarka', 'drukarki', 'drukarek') ORDER BY is_form, word, entry_id"
        )
        return cursor.fetchall()


def fill_anew() -> None:
    """As the migration does that came after the full text."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_posting")
            cursor.execute("DELETE FROM search_length")
        sqlite.fill_postings()
    else:
        database_backend().index(ArchiveEntry.objects.all())


def test_word_has_a_row_with_its_weighted_frequency(make_article: MakeArticle) -> None:
    make_article("Drukarka", "Nie ma drukarek, są drukarki. Drukarka.")
    entry = ArchiveEntry.objects.get(title="Drukarka")
    (length,) = {row[-1] for row in rows()}
    # In the title three times as much as in the body, where it is three times.
    assert rows() == [
        (False, "drukarka", entry.pk, 6.0, 3.0, length),
        (True, "drukarek", entry.pk, 1.0, 0.0, length),
        (True, "drukarka", entry.pk, 4.0, 3.0, length),
        (True, "drukarki", entry.pk, 1.0, 0.0, length),
    ]


def test_postings_of_the_full_text_that_was_there_are_those_of_indexing(
    make_article: MakeArticle,
) -> None:
    make_article("Drukarka", "Nie ma drukarek, są drukarki. Drukarka.")
    before = rows()
    fill_anew()
    assert rows() == before != []


def test_entry_that_is_removed_leaves_no_row(make_article: MakeArticle) -> None:
    make_article("Drukarka", "Nie ma drukarek, są drukarki. Drukarka.")
    make_article("Ploter i drukarka", "Zostaje")
    entry = ArchiveEntry.objects.get(title="Drukarka")
    database_backend().remove([entry.pk])
    assert {row[2] for row in rows()} == {ArchiveEntry.objects.get(title="Ploter i drukarka").pk}
