"""The words by which the databases score: one row for each word of an entry."""

import pytest
from django.db import connection

from search.backends import database_backend
from search.checking import check_full_text
from search.models import ArchiveEntry
from tests.search.conftest import MakeArticle, body_of, index

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT is_form, word, entry_id, frequency, in_names, length FROM search_posting"
            " WHERE word IN ('drukarka', 'drukarki', 'drukarek') ORDER BY is_form, word, entry_id"
        )
        return cursor.fetchall()


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


def test_entry_with_other_words_has_the_rows_of_those_alone(make_article: MakeArticle) -> None:
    article = make_article("Drukarka", "Nie ma drukarek, są drukarki. Drukarka.")
    article.title, article.body = "Ploter", body_of("Jedna drukarka")
    article.save_revision().publish()
    index(article)
    entry = ArchiveEntry.objects.get(title="Ploter")
    (length,) = {row[-1] for row in rows()}
    assert rows() == [
        (False, "drukarka", entry.pk, 1.0, 0.0, length),
        (True, "drukarka", entry.pk, 1.0, 0.0, length),
    ]


def test_entries_without_postings_are_missing_until_they_are_mended(
    make_article: MakeArticle,
) -> None:
    make_article("Drukarka")
    before = rows()
    forget = {
        "sqlite": ["DELETE FROM search_posting", "DELETE FROM search_length"],
        "postgresql": ["DELETE FROM search_posting", "UPDATE search_fulltext SET length = NULL"],
    }
    with connection.cursor() as cursor:
        for statement in forget[connection.vendor]:
            cursor.execute(statement)
    finding = check_full_text()
    assert (finding.missing, finding.surplus) == (1, 0)
    finding.mend()
    assert rows() == before != []
    assert check_full_text().number == 0


def test_entry_that_is_removed_leaves_no_row(make_article: MakeArticle) -> None:
    make_article("Drukarka", "Nie ma drukarek, są drukarki. Drukarka.")
    make_article("Ploter i drukarka", "Zostaje")
    entry = ArchiveEntry.objects.get(title="Drukarka")
    database_backend().remove([entry.pk])
    assert {row[2] for row in rows()} == {ArchiveEntry.objects.get(title="Ploter i drukarka").pk}
