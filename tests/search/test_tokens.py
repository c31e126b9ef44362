from hypothesis import given
from hypothesis import strategies as st

from search.tokens import LONGEST_WORD, fold, fold_in_place, tokens


def forms(text: str) -> list[tuple[str, ...]]:
    return [token.forms for token in tokens(text)]


def test_words_are_split_at_spaces_and_punctuation() -> None:
    assert forms("Kto, kiedy? 3D!") == [("Kto",), ("kiedy",), ("3D",)]


def test_bracketed_prefix_belongs_to_the_word_and_not() -> None:
    assert forms("(nie)Konferencja") == [("niekonferencja", "Konferencja")]


def test_hyphenated_word_is_one_and_its_parts() -> None:
    assert forms("Re-Animuj") == [("ReAnimuj", "Re", "Animuj")]


def test_token_stands_where_its_word_does() -> None:
    (_first, second) = tokens("o książce")
    assert (second.start, second.end) == (2, 9)


def test_word_of_absurd_length_is_left_out() -> None:
    assert forms("a" * (LONGEST_WORD + 1)) == []


def test_polish_letters_are_folded() -> None:
    assert fold("ZAŻÓŁĆ gęślą jaźń") == "zazolc gesla jazn"


def test_foreign_accents_are_folded() -> None:
    assert fold("Café Dvořák") == "cafe dvorak"


@given(st.text())
def test_folding_in_place_keeps_each_character_in_its_place(text: str) -> None:
    assert len(fold_in_place(text)) == len(text)


@given(st.text(max_size=200))
def test_no_form_is_longer_than_the_vocabulary_holds(text: str) -> None:
    assert all(len(fold(form)) <= LONGEST_WORD for token in tokens(text) for form in token.forms)
