"""The command that makes the archive's index anew."""

from io import StringIO

import pytest
from django.core.management import call_command

from search.models import AccessClass, ArchiveEntry, VocabularyWord
from tests.search.conftest import MakeArticle

pytestmark = pytest.mark.django_db


def run(action: str) -> str:
    output = StringIO()
    call_command("search_index", action, stdout=output)
    return output.getvalue()


def test_rebuilding_counts_every_word_once(make_article: MakeArticle) -> None:
    make_article("Kronika")
    before = set(VocabularyWord.objects.values_list("form", "lemma", "documents"))
    run("rebuild")
    assert set(VocabularyWord.objects.values_list("form", "lemma", "documents")) == before


def test_rebuilding_removes_what_is_gone(make_article: MakeArticle) -> None:
    article = make_article("Kronika")
    article.delete()
    run("rebuild")
    assert not ArchiveEntry.objects.exists()
    assert not AccessClass.objects.exists()


def test_status_says_that_entries_of_another_analyser_are_to_be_rebuilt(
    make_article: MakeArticle,
) -> None:
    make_article("Kronika")
    ArchiveEntry.objects.update(analyser="old")
    assert "1 entries are of another analyser: run search_index rebuild." in run("status")
