"""What readers find in the archive, and in which form."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.models import Topic
from cms.visibility import anonymous_viewer
from search.archive import search
from search.archive_request import ArchiveRequest, BadRequest
from search.models import Synonym
from search.ordering import BadCursor, Order
from tests.factories import WorkingGroupFactory
from tests.search.conftest import MakeArticle, index

pytestmark = pytest.mark.django_db


def titles(**request: object) -> list[str]:
    return [
        hit.entry.title for hit in search(ArchiveRequest(**request), viewer=anonymous_viewer()).hits
    ]


def test_inflected_word_finds_the_page(make_article: MakeArticle) -> None:
    make_article("Drukarki w bibliotece")
    assert titles(text="drukarka") == ["Drukarki w bibliotece"]


def test_word_without_diacritics_finds_the_page(make_article: MakeArticle) -> None:
    make_article("Książki dla młodych")
    assert titles(text="ksiazka") == ["Książki dla młodych"]


def test_topic_finds_the_page(make_article: MakeArticle) -> None:
    article = make_article("Bez słowa o tym")
    article.topics.add(Topic.objects.create(title="Fantastyka", slug="fantastyka"))
    article.save()
    index(article)
    assert titles(text="fantastyki") == ["Bez słowa o tym"]


def test_polish_name_of_the_kind_finds_the_page(make_article: MakeArticle) -> None:
    make_article("Bez słowa o tym")
    assert titles(text="artykuły") == ["Bez słowa o tym"]
    assert titles(text="grupy robocze") == []


def test_name_of_a_kind_with_more_than_one_word_finds_what_is_of_it(
    make_article: MakeArticle,
) -> None:
    make_article("Bez słowa o tym")
    groups = [WorkingGroupFactory(title="Otwarci"), WorkingGroupFactory(title="Seniorzy")]
    index(*groups)
    assert titles(text="grupy robocze") == ["Seniorzy", "Otwarci"]
    assert titles(text="grupa robocza seniorzy")[0] == "Seniorzy"


def test_contributor_finds_the_page(make_article: MakeArticle) -> None:
    article = make_article("Bez słowa o tym")
    article.contributions.create(name="Bożydar Zającowski")
    article.save()
    index(article)
    assert titles(text="Zającowskiego") == ["Bez słowa o tym"]


def test_misspelt_word_is_corrected_and_the_correction_is_said(make_article: MakeArticle) -> None:
    make_article("Planszówki w bibliotece")
    results = search(ArchiveRequest(text="plansówki w"), viewer=anonymous_viewer())
    assert [hit.entry.title for hit in results.hits] == ["Planszówki w bibliotece"]
    assert results.did_you_mean == "planszówki w"


def test_word_that_the_archive_has_is_not_corrected(make_article: MakeArticle) -> None:
    make_article("Gogle")
    make_article("Google")
    assert search(ArchiveRequest(text="gogle"), viewer=anonymous_viewer()).did_you_mean is None


def test_empty_text_browses_the_newest_first(make_article: MakeArticle) -> None:
    for year in (2019, 2021, 2020):
        make_article(f"Rok {year}", published_on=datetime.date(year, 5, 1))
    assert titles(text="  ") == ["Rok 2021", "Rok 2020", "Rok 2019"]


def test_titles_sort_as_a_polish_dictionary_does(make_article: MakeArticle) -> None:
    for title in ("Żaba", "Zebra", "Łoś", "Lis", "Łania"):
        make_article(title)
    assert titles(order=Order.TITLE) == ["Lis", "Łania", "Łoś", "Zebra", "Żaba"]


def test_years_limit_the_results(make_article: MakeArticle) -> None:
    for year in (2019, 2020, 2021):
        make_article(f"Kronika {year}", published_on=datetime.date(year, 12, 31))
    assert titles(text="kronika", year_from=2020, year_to=2020) == ["Kronika 2020"]


def test_topics_limit_the_results(make_article: MakeArticle) -> None:
    make_article("Kronika bez tematu")
    article = make_article("Kronika z tematem")
    article.topics.add(Topic.objects.create(title="Historia", slug="historia"))
    article.save()
    index(article)
    assert titles(text="kronika", topics=("historia",)) == ["Kronika z tematem"]


def test_kinds_limit_the_results(make_article: MakeArticle) -> None:
    make_article("Kronika")
    assert titles(text="kronika", kinds=("WEBINAR",)) == []


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("text", ["", "kronika"])
def test_pages_of_results_follow_each_other_without_gap_or_repetition(
    make_article: MakeArticle, order: Order, text: str
) -> None:
    for number in range(7):
        make_article("Kronika", f"kronika {'kronika ' * number}", slug=f"k{number}")
    found, after = [], None
    while True:
        request = ArchiveRequest(text=text, order=order, first=2, after=after)
        results = search(request, viewer=anonymous_viewer())
        assert results.total == 7
        found += [hit.entry.pk for hit in results.hits]
        after = results.end_cursor
        if not results.has_next:
            break
    assert len(found) == len(set(found)) == 7


@pytest.mark.parametrize("cursor", ["x", "WzFd", "ą", "bnVsbA", "a" * 10_000, "\ud800"])
def test_bad_cursor_is_refused(db: None, cursor: str) -> None:
    with pytest.raises(BadCursor, match="does not come from this search"):
        search(ArchiveRequest(text="kronika", after=cursor), viewer=anonymous_viewer())


def test_cursor_of_another_order_is_refused(make_article: MakeArticle) -> None:
    make_article("Kronika")
    cursor = search(ArchiveRequest(order=Order.TITLE), viewer=anonymous_viewer()).end_cursor
    with pytest.raises(BadCursor):
        search(ArchiveRequest(order=Order.NEWEST, after=cursor), viewer=anonymous_viewer())


@pytest.mark.parametrize(
    "request_fields",
    [
        {"text": "a" * 201},
        {"first": 0},
        {"first": 101},
        {"kinds": ("HOME",)},
        {"year_from": 0},
        {"topics": ("nie slug",)},
        {"experts": ("x" * 256,)},
        {"places": ("x",) * 51},
    ],
)
def test_request_out_of_bounds_is_refused(request_fields: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        ArchiveRequest(**request_fields)


def test_text_is_measured_after_trimming() -> None:
    assert ArchiveRequest(text=" " * 300 + "kot" + " " * 300).text == "kot"


def test_found_words_are_marked_and_everything_else_is_escaped(make_article: MakeArticle) -> None:
    make_article("Drukarki <script>", "Tekst &lt;b&gt; o drukarkach &amp; nożycach")
    (hit,) = search(ArchiveRequest(text="drukarka"), viewer=anonymous_viewer()).hits
    assert hit.title == "<mark>Drukarki</mark> &lt;script&gt;"
    assert hit.passage == "Tekst &lt;b&gt; o <mark>drukarkach</mark> &amp; nożycach"


def test_number_of_queries_does_not_depend_on_the_number_of_hits(
    make_article: MakeArticle, django_assert_num_queries
) -> None:
    make_article("Kronika pierwsza")
    with django_assert_num_queries(13) as one:
        search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer())
    for number in range(5):
        make_article(f"Kronika {number}")
    with django_assert_num_queries(len(one)):
        search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer())


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=200) | st.text(alphabet="\"'*():^{}+-,\\&|!<>%_aą \u0130ﷺ", max_size=200))
def test_no_text_raises(make_article: MakeArticle, text: str) -> None:
    search(ArchiveRequest(text=text), viewer=anonymous_viewer())


def test_words_of_a_synonym_are_marked_only_where_they_stand_together(
    make_article: MakeArticle,
) -> None:
    Synonym.objects.create(words="wiarus, stary wyga")
    make_article("Kurs", "Wyga był zmęczony." + " Słowo" * 20 + " Stary sprzęt, a przy nim wyga.")
    [hit] = search(ArchiveRequest(text="wiarus"), viewer=anonymous_viewer()).hits
    assert "<mark>Stary</mark> sprzęt, a przy nim <mark>wyga</mark>" in hit.passage
    assert "<mark>Wyga</mark> był" not in hit.passage
