from concurrent.futures import ThreadPoolExecutor

import pytest

from search.morphology import lemmas, light_stem, query_lemmas, restored_lemmas


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
