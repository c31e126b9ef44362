"""Cursors stay right while people publish and editors promote, on every backend."""

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from search.archive import ArchiveResults
from search.archive_request import ArchiveRequest
from search.ordering import BadCursor, Order, Position
from search.scope import Facet
from tests.search.conftest import MakeArticle
from tests.search.everywhere import Find, find

__all__ = ["find"]

pytestmark = pytest.mark.django_db


def titles(results: ArchiveResults) -> list[str]:
    return [hit.entry.title for hit in results.hits]


def pages(find: Find, text: str, *, first: int) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        results = find(text, first=first, after=after)
        found += titles(results)
        after = results.end_cursor
        if not results.has_next:
            return found


@pytest.fixture
def chronicles(make_article: MakeArticle) -> None:
    for number in range(12):
        make_article(f"Tekst {number:02}", "kronika " * (number + 1) + "opis " * 30)
    # So many that the word is rare, and rarer with each text without it.
    for number in range(14):
        make_article(f"Inny {number}", "inny " * 40)


@pytest.mark.parametrize("word", ["ogród", "kronika"])
def test_page_goes_on_where_the_one_before_ended_though_scores_have_changed(
    find: Find, make_article: MakeArticle, chronicles: None, word: str
) -> None:
    before = pages(find, "kronika", first=12)
    first = find("kronika", first=4)
    assert titles(first) == before[:4]
    for number in range(8):
        make_article(f"Nowy {number}", f"{word} " + "inny " * 90)
    rest = titles(find("kronika", first=50, after=first.end_cursor))
    assert [title for title in rest if title.startswith("Tekst")] == before[4:]


def test_page_goes_on_though_the_entry_it_begins_after_is_gone(
    find: Find, chronicles: None
) -> None:
    before = pages(find, "kronika", first=12)
    first = find("kronika", first=4)
    first.hits[-1].entry.delete()
    assert titles(find("kronika", first=50, after=first.end_cursor)) == before[4:]


@pytest.mark.parametrize("key", [9e13, -9e13, 10**15, True, "1"])
def test_cursor_with_a_score_that_no_entry_has_is_refused(find: Find, key: object) -> None:
    cursor = Position(Order.RELEVANCE, key, 1, ArchiveRequest(text="kronika").fingerprint).encode()
    with pytest.raises(BadCursor):
        find("kronika", after=cursor)


def test_promoted_pages_are_counted_with_the_others(
    find: Find, make_article: MakeArticle, chronicles: None
) -> None:
    for place, title in enumerate(["Regulamin", "Statut", "Kronika promowana"]):
        page = make_article(title)
        SearchPromotion.objects.create(query=Query.get("kronika"), page=page, sort_order=place)
    results = find("kronika", first=2, facets=(Facet.KINDS,))
    assert titles(results) == ["Regulamin", "Statut"]
    assert results.total == 15
    assert [value.count for value in results.facets[Facet.KINDS]] == [15]
    found = pages(find, "kronika", first=2)
    assert found[:3] == ["Regulamin", "Statut", "Kronika promowana"]
    assert len(found) == len(set(found)) == 15
    rest = find("kronika", first=50, after=results.end_cursor)
    assert titles(results) + titles(rest) == found


def test_promoted_page_alone_is_one_result(find: Find, make_article: MakeArticle) -> None:
    page = make_article("Regulamin")
    SearchPromotion.objects.create(query=Query.get("kronika"), page=page, sort_order=0)
    results = find("kronika")
    assert (titles(results), results.total, results.has_next) == (["Regulamin"], 1, False)
