"""`manage.py search_check` finds what differs in each part of the archive, and mends it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from search import server
from search.backends import ElasticsearchBackend, database_backend
from search.models import ArchiveEntry, VocabularyWord
from tests.search.conftest import MakeArticle, index

pytestmark = pytest.mark.django_db
FINE = {
    f"{part}: 0 missing, 0 surplus, 0 outdated" for part in ("entries", "full text", "vocabulary")
}


def check(**options: bool) -> set[str]:
    output = StringIO()
    call_command("search_check", stdout=output, **options)
    return set(output.getvalue().splitlines())


def assert_found_and_mended(expected: str) -> None:
    output = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("search_check", stdout=output)
    assert ended.value.code == 1
    assert expected in output.getvalue().splitlines()
    assert f"{expected.split(':')[0]}: repaired" in check(repair=True)
    assert check() >= FINE


def test_nothing_differs_in_an_archive_that_followed_its_things(make_article: MakeArticle) -> None:
    make_article("Kronika")
    assert check() == FINE


def test_missing_entry_is_found_and_made(make_article: MakeArticle) -> None:
    article = make_article("Kronika")
    article.live = False
    article.save()
    index(article)
    type(article).objects.filter(pk=article.pk).update(live=True)
    assert_found_and_mended("entries: 1 missing, 0 surplus, 0 outdated")


def test_entry_of_what_is_gone_is_found_and_removed(make_article: MakeArticle) -> None:
    make_article("Kronika").delete()
    assert_found_and_mended("entries: 0 missing, 1 surplus, 0 outdated")


def test_entry_of_what_is_hidden_is_found_and_removed(make_article: MakeArticle) -> None:
    make_article("Kronika").unpublish()
    assert_found_and_mended("entries: 0 missing, 1 surplus, 0 outdated")


def test_outdated_entry_is_found_and_written_anew(make_article: MakeArticle) -> None:
    article = make_article("Kronika")
    article.title = "Dziennik"
    article.save()
    assert_found_and_mended("entries: 0 missing, 0 surplus, 1 outdated")
    assert ArchiveEntry.objects.get().title == "Dziennik"


def test_entry_of_another_analyser_is_outdated(make_article: MakeArticle) -> None:
    make_article("Kronika")
    ArchiveEntry.objects.update(analyser="old")
    assert_found_and_mended("entries: 0 missing, 0 surplus, 1 outdated")


def test_entry_without_full_text_is_found_and_indexed(make_article: MakeArticle) -> None:
    make_article("Kronika")
    database_backend().remove([ArchiveEntry.objects.get().pk])
    assert_found_and_mended("full text: 1 missing, 0 surplus, 0 outdated")


def test_entry_without_postings_is_found_and_indexed(make_article: MakeArticle) -> None:
    make_article("Kronika")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_posting")
    assert_found_and_mended("full text: 1 missing, 0 surplus, 0 outdated")


def test_entry_without_a_word_is_in_order(make_article: MakeArticle) -> None:
    make_article("?!", "…", slug="bez-slow")
    call_command("search_check")


def test_full_text_without_an_entry_is_found_and_removed(make_article: MakeArticle) -> None:
    make_article("Kronika")
    entry = ArchiveEntry.objects.get()
    entry.pk = 999_999
    database_backend().index([entry])
    assert_found_and_mended("full text: 0 missing, 1 surplus, 0 outdated")


def test_wrong_counts_of_words_are_found_and_mended(make_article: MakeArticle) -> None:
    make_article("Kronika gminy")
    word = VocabularyWord.objects.filter(form="kronika").first()
    VocabularyWord.objects.filter(pk=word.pk).update(documents=5)
    VocabularyWord.objects.filter(form="gmina").delete()
    VocabularyWord.objects.create(
        access=word.access, form="tajne", folded="tajne", lemma="tajny", documents=1
    )
    assert_found_and_mended("vocabulary: 1 missing, 1 surplus, 1 outdated")


@pytest.mark.services
def test_what_the_server_lacks_or_has_too_much_is_mended(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    for number in range(3):
        make_article("Kronika", slug=f"k{number}")
    server.push()
    first, second, third = ArchiveEntry.objects.order_by("pk")
    elasticsearch.remove([first.pk])
    second.digest = "old"
    third.pk = 999_999
    elasticsearch.index([second, third])
    assert_found_and_mended("search server: 1 missing, 1 surplus, 1 outdated")


@pytest.mark.services
def test_server_without_an_index_gets_one(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    make_article("Kronika")
    assert_found_and_mended("search server: 1 missing, 0 surplus, 0 outdated")


def test_dead_server_is_told_of_and_not_taken_for_well(settings, make_article: MakeArticle) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    make_article("Kronika")
    with pytest.raises(Exception, match="The search server failed"):
        check()


def test_vendor_has_a_full_text_to_compare() -> None:
    from search.checking import FULL_TEXT_IDS

    assert connection.vendor in FULL_TEXT_IDS
