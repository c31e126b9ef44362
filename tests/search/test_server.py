"""The search server answers when it can, and the database whenever it cannot."""

from collections.abc import Iterator

import pytest
from elasticsearch import ConnectionError

from cms.visibility import anonymous_viewer
from search import asking, server
from search.archive import search
from search.archive_request import ArchiveRequest
from search.backends import ElasticsearchBackend
from search.models import SearchServerChange
from search.ordering import Order
from tests.search.conftest import MakeArticle, index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_pause() -> Iterator[None]:
    asking.pause.end()
    yield
    asking.pause.end()


@pytest.fixture
def dead_server(settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"


def test_database_answers_for_a_dead_server(dead_server: None, make_article: MakeArticle) -> None:
    make_article("Kronika")
    results = search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer())
    assert results.degraded
    assert [hit.entry.title for hit in results.hits] == ["Kronika"]


def test_dead_server_is_not_asked_by_everybody(
    dead_server: None, make_article: MakeArticle
) -> None:
    make_article("Kronika")
    search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer())
    assert not asking.pause.is_over
    assert search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer()).degraded


def test_change_waits_for_a_dead_server(dead_server: None, make_article: MakeArticle) -> None:
    make_article("Kronika")
    with pytest.raises(ConnectionError):
        server.push()
    assert SearchServerChange.objects.count() == 1


@pytest.mark.embedded
def test_nothing_waits_without_a_server(settings, make_article: MakeArticle) -> None:
    make_article("Kronika")
    assert not SearchServerChange.objects.exists()


@pytest.mark.services
def test_server_gets_what_waits_and_forgets_what_is_gone(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    stays, goes = make_article("Kronika miasta"), make_article("Kronika wsi")
    server.push()
    goes.unpublish()
    index(goes)
    server.push()
    results = search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer())
    assert not results.degraded
    assert [hit.entry.object_id for hit in results.hits] == [stays.pk]
    assert results.total == 1


@pytest.mark.services
def test_rebuilt_index_replaces_the_one_before(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    make_article("Kronika")
    list(server.rebuild(elasticsearch))
    list(server.rebuild(elasticsearch))
    server.push()
    assert len(elasticsearch.writing.indices.get(index=f"{elasticsearch.archive}-*")) == 1
    assert search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer()).total == 1


@pytest.mark.services
@pytest.mark.parametrize("order", list(Order))
def test_pages_of_the_server_follow_each_other(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle, order: Order
) -> None:
    for number in range(5):
        make_article("Kronika", f"tekst {'kronika ' * number}", slug=f"k{number}")
    server.push()
    found, after = [], None
    for _page in range(3):
        request = ArchiveRequest(text="kronika", order=order, first=2, after=after)
        results = search(request, viewer=anonymous_viewer())
        assert not results.degraded
        found += [hit.entry.pk for hit in results.hits]
        after = results.end_cursor
    assert len(found) == len(set(found)) == 5
    assert not results.has_next


@pytest.mark.services
def test_next_page_comes_from_the_database_when_the_server_falls_away(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle, settings
) -> None:
    for number in range(6):
        make_article(f"Kronika {number}", "kronika " * number)
    server.push()
    first = search(ArchiveRequest(text="kronika", first=2), viewer=anonymous_viewer())
    settings.ELASTICSEARCH_URL = ""
    rest = search(
        ArchiveRequest(text="kronika", first=10, after=first.end_cursor), viewer=anonymous_viewer()
    )
    # They rank nearly alike: something may come twice, and nothing is left out.
    found = {hit.entry.title for hit in (*first.hits, *rest.hits)}
    assert found == {f"Kronika {number}" for number in range(6)}
