import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from cms.visibility import anonymous_viewer
from search import morphology
from search.archive import search
from search.archive_request import ArchiveRequest
from search.morphology import lemmas, light_stem, query_lemmas, restored_lemmas
from tests.search.conftest import MakeArticle


@pytest.mark.parametrize("form", ["drukarka", "drukarkami", "drukarek"])
def test_forms_of_a_word_share_their_lemma(form: str) -> None:
    assert lemmas(form) == ("drukarka",)


def test_capital_letter_of_a_sentence_hides_no_common_word() -> None:
    assert "książka" in lemmas("Książkami")


def test_name_typed_in_lower_case_is_known() -> None:
    assert "gdańsk" in query_lemmas("gdańsku")


@pytest.mark.parametrize("form", ["bibliocampu", "bibliocampem", "bibliocampy"])
def test_unknown_word_loses_its_ending(form: str) -> None:
    assert lemmas(form) == ("bibliocamp",)


def test_short_unknown_word_is_left_alone() -> None:
    assert light_stem("abcde") == "abcde"


def test_word_without_diacritics_gets_them_back() -> None:
    assert "książka" in restored_lemmas("ksiazkami")


@pytest.mark.parametrize("word", ["ół", "żó", "3d", "zażółć"])
def test_word_that_cannot_lack_diacritics_gets_none(word: str) -> None:
    assert restored_lemmas(word) == ()


def test_word_with_too_many_spellings_is_not_tried() -> None:
    assert restored_lemmas("z" * 30) == ()


def test_threads_get_the_same_lemmas() -> None:
    words = ["książkami", "Gdańsku", "bibliotekarzom", "niepełnosprawnych"] * 50
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(query_lemmas, words)) == [query_lemmas(word) for word in words]


@pytest.fixture
def no_morfeusz(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine for which there is none."""
    monkeypatch.setitem(sys.modules, "morfeusz2", None)
    monkeypatch.setattr(morphology, "_dictionary", morphology.choose_dictionary())
    caches = (morphology._dictionary_lemmas, morphology.restored_lemmas)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_machine_without_morfeusz_has_an_analyser_of_another_name(no_morfeusz: None) -> None:
    assert morphology.choose_dictionary().name == "light stem"
    assert morphology.NAME.startswith("morfeusz ")


@pytest.mark.parametrize("form", ["biblioteka", "bibliotekami", "bibliotekach", "biblioteki"])
def test_forms_of_a_long_word_meet_without_morfeusz(no_morfeusz: None, form: str) -> None:
    assert lemmas(form) == query_lemmas(form.capitalize()) == ("bibliotek",)


def test_no_diacritics_are_restored_without_morfeusz(no_morfeusz: None) -> None:
    assert restored_lemmas("ksiazkami") == ()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["biblioteką", "bibliotekami", "bibliotekom", "biblotekach"])
def test_archive_is_searched_without_morfeusz(
    no_morfeusz: None, make_article: MakeArticle, typed: str
) -> None:
    make_article("Spotkania w bibliotekach")
    found = search(ArchiveRequest(text=typed), viewer=anonymous_viewer())
    assert [hit.title for hit in found.hits] == ["Spotkania w <mark>bibliotekach</mark>"]
