import pytest
from django.core.exceptions import ValidationError

from cms.visibility import anonymous_viewer
from search.archive import ArchiveRequest, search
from search.models import Synonym, check_synonym_line
from search.synonyms import read_synonym_lines
from tests.search.conftest import MakeArticle


@pytest.mark.parametrize("line", ["plakat, afisz", "fb => facebook", "a, b => c, d e"])
def test_line_of_synonyms_is_accepted(line: str) -> None:
    check_synonym_line(line)


@pytest.mark.parametrize("line", ["plakat", "plakat,", "=> plakat", "a => b => c", ",", ""])
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
