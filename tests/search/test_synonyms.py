from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from cms.visibility import anonymous_viewer
from search.archive import search
from search.archive_request import ArchiveRequest
from search.models import Synonym, check_synonym_line
from search.synonyms import read_synonym_lines
from tests.search.conftest import MakeArticle


@pytest.mark.parametrize("line", ["plakat, afisz", "fb => facebook", "a, b => c, d e"])
def test_line_of_synonyms_is_accepted(line: str) -> None:
    check_synonym_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "plakat",
        "plakat,",
        "=> plakat",
        "a => b => c",
        ",",
        "",
        "plakat, ?",
        "plakat, Plakat",
        "plakat, jeden dwa trzy cztery pięć sześć siedem",
    ],
)
def test_line_that_says_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValidationError):
        check_synonym_line(line)


def test_first_synonyms_are_lines_that_an_editor_could_write() -> None:
    for line in read_synonym_lines():
        check_synonym_line(line)


@pytest.mark.django_db
def test_synonym_works_from_the_next_search_on(make_article: MakeArticle) -> None:
    make_article("Krokodyl")
    request = ArchiveRequest(text="aligator ")
    assert search(request, viewer=anonymous_viewer()).total == 0
    Synonym.objects.create(words="krokodyl, aligator")
    assert search(request, viewer=anonymous_viewer()).total == 1


@pytest.mark.django_db
def test_lines_of_a_file_are_added_once(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text("# uwagi\nkrokodyl, aligator\n\nkrok => chód # jednostronnie\n")
    before = Synonym.objects.count()
    for _turn in range(2):
        call_command("import_synonyms", file, stdout=StringIO())
    assert Synonym.objects.count() == before + 2


@pytest.mark.django_db
def test_file_with_a_wrong_line_adds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text("krokodyl, aligator\nsam\n")
    before = Synonym.objects.count()
    with pytest.raises(CommandError, match="sam"):
        call_command("import_synonyms", file, stdout=StringIO())
    assert Synonym.objects.count() == before
