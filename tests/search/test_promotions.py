"""What editors promote for a query comes first, and only for those who may see it."""

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from cms.visibility import anonymous_viewer
from search.archive import ArchiveResults, search
from search.archive_request import ArchiveRequest
from search.ordering import Order
from tests.search.conftest import MakeArticle, index
from thematic_months.models import Article

pytestmark = pytest.mark.django_db


def promote(query: str, *pages: Article) -> None:
    for place, page in enumerate(pages):
        SearchPromotion.objects.create(query=Query.get(query), page=page, sort_order=place)


def find(text: str, **options: object) -> ArchiveResults:
    return search(ArchiveRequest(text=text, **options), viewer=anonymous_viewer())


def titles(results: ArchiveResults) -> list[tuple[str, bool]]:
    return [(hit.entry.title, hit.promoted) for hit in results.hits]


def test_promoted_page_comes_first_though_it_has_none_of_the_words(
    make_article: MakeArticle,
) -> None:
    make_article("Kronika")
    promote("Kronika", make_article("Regulamin"))
    assert titles(find(" KRONIKA ")) == [("Regulamin", True), ("Kronika", False)]


def test_promoted_page_is_shown_once(make_article: MakeArticle) -> None:
    make_article("Kronika kronika")
    promote("kronika", make_article("Kronika wsi i gminy"))
    assert titles(find("kronika")) == [("Kronika wsi i gminy", True), ("Kronika kronika", False)]


def test_editors_order_is_kept(make_article: MakeArticle) -> None:
    promote("kronika", make_article("Drugi"), make_article("Pierwszy"))
    assert titles(find("kronika")) == [("Drugi", True), ("Pierwszy", True)]


def test_other_queries_orders_and_suggestions_promote_nothing(make_article: MakeArticle) -> None:
    make_article("Kronika")
    promote("kronika", make_article("Regulamin"))
    only = [("Kronika", False)]
    assert titles(find("kronika gminy")) == only
    assert titles(find("kronika", order=Order.NEWEST)) == only
    assert titles(find("kronika", while_typing=True)) == only


def test_hidden_page_is_not_promoted(make_article: MakeArticle) -> None:
    page = make_article("Regulamin")
    promote("kronika", page)
    page.unpublish()
    assert titles(find("kronika")) == []
    index(page)
    assert titles(find("kronika")) == []


def test_page_behind_a_restriction_is_not_promoted(make_article: MakeArticle) -> None:
    page = make_article("Regulamin")
    promote("kronika", page)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert titles(find("kronika")) == []


def test_filters_hold_for_promoted_pages_too(make_article: MakeArticle) -> None:
    promote("kronika", make_article("Regulamin"))
    assert titles(find("kronika", kinds=("WEBINAR",))) == []


def test_pages_after_a_promoted_hit_miss_and_repeat_nothing(make_article: MakeArticle) -> None:
    for number in range(5):
        make_article(f"Kronika {number}")
    promote("kronika", make_article("Kronika promowana"), make_article("Regulamin"))
    found, after = [], None
    while True:
        results = find("kronika", first=3, after=after)
        found += [hit.entry.title for hit in results.hits]
        if not results.has_next:
            break
        after = results.end_cursor
    assert found[:2] == ["Kronika promowana", "Regulamin"]
    assert len(found) == len(set(found)) == 7
    first = find("kronika", first=3).hits[0]
    rest = find("kronika", first=10, after=first.cursor)
    assert rest.hits[0].entry.title == "Regulamin"
    assert sorted(hit.entry.title for hit in rest.hits[1:]) == [f"Kronika {n}" for n in range(5)]
