"""How a typed query is taken apart."""

import pytest

from search.query_language import ParsedQuery, Years, parse


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("rok:2015", Years(2015, 2015)),
        ("rok: 2015", Years(2015, 2015)),
        ("ROK:2015-2017", Years(2015, 2017)),
        ("rok:2015–2017", Years(2015, 2017)),
        ('rok:"2015 - 2017"', Years(2015, 2017)),
        ("rok:2017..2015", Years(2015, 2017)),
        ("rok:2015-", Years(2015, None)),
        ("rok:2015–", Years(2015, None)),
        ("rok:-2017", Years(None, 2017)),
    ],
)
def test_years_are_read_however_they_are_written(text: str, years: Years) -> None:
    assert parse(text).years == [years]
    assert parse(text).words.strip() == ""


@pytest.mark.parametrize("text", ["rok:0000", "rok:20155", "rok:teraz", "rok:", "krok:2015"])
def test_what_is_no_year_is_words(text: str) -> None:
    assert parse(text) == ParsedQuery(text)


@pytest.mark.parametrize(
    "text", ['"mała sztuka"', "„mała sztuka”", "“mała sztuka”", "«mała sztuka»"]
)
def test_quotes_of_any_kind_keep_a_phrase(text: str) -> None:
    assert parse(text).phrases == ["mała sztuka"]


def test_quote_that_is_not_closed_is_none() -> None:
    assert parse('kot "w butach') == ParsedQuery('kot "w butach')


def test_minus_before_a_word_or_phrase_leaves_it_out() -> None:
    query = parse('kot -pies -"mały dom"')
    assert (query.excluded, query.excluded_phrases) == (["pies"], ["mały dom"])


@pytest.mark.parametrize("text", ["re-animuj", "biblioteka - miejsce", "-", "--", "2015-2017"])
def test_minus_within_or_between_words_leaves_nothing_out(text: str) -> None:
    assert parse(text) == ParsedQuery(text)


def test_names_of_several_words_are_quoted() -> None:
    query = parse('autor:"Anna Nowak" temat:czytelnictwo AUTOR: Kot')
    assert query.authors == ["Anna Nowak", "Kot"]
    assert query.topics == ["czytelnictwo"]


def test_words_stay_where_they_are() -> None:
    text = '"a b" kot rok:2015 pies'
    words = parse(text).words
    assert len(words) == len(text)
    assert words.index("kot") == text.index("kot")
    assert words.split() == ["kot", "pies"]
