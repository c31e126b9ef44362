"""A search server that fails, in whatever way, holds up no reader and no editor, and gets all that
it missed."""

import datetime
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from elastic_transport import Transport
from elasticsearch import ApiError, TransportError
from elasticsearch.helpers import BulkIndexError

from cms import journal
from cms.models import JournalReader
from cms.visibility import anonymous_viewer
from search import asking, server
from search.archive import ArchiveResults, search
from search.archive_request import ArchiveRequest
from search.backends import ElasticsearchBackend, elastic
from search.models import ArchiveEntry, SearchServerChange
from tests import search_server
from tests.search.breaking_proxy import BreakingProxy, breaking_proxy
from tests.search.conftest import MakeArticle, index

pytestmark = [pytest.mark.django_db, pytest.mark.services]
# Seconds within which a reader has an answer, whatever the server does.
PATIENCE = 1.5
FAILURES = (ApiError, TransportError, BulkIndexError)

FAULTS: dict[str, Callable[[BreakingProxy], None]] = {
    "refusing": BreakingProxy.refuse,
    "hanging": BreakingProxy.hang,
    "dripping": BreakingProxy.drip,
    "too busy": lambda proxy: proxy.answer("429 Too Many Requests", b"{}"),
    "unavailable": lambda proxy: proxy.answer("503 Service Unavailable", b"{}"),
    "restarted": BreakingProxy.reset,
    "no JSON": lambda proxy: proxy.answer("200 OK", b"<html>"),
    "other JSON": lambda proxy: proxy.answer("200 OK", b'{"hits": []}'),
    "no object": lambda proxy: proxy.answer("200 OK", b"[]"),
}


@pytest.fixture
def proxy(elasticsearch: ElasticsearchBackend, settings) -> Iterator[BreakingProxy]:
    """In front of the server, whose index is there already."""
    asking.pause.end()
    with breaking_proxy(search_server.URL) as proxy:
        settings.ELASTICSEARCH_URL = proxy.url
        server.push()
        yield proxy
    asking.pause.end()


def find(text: str) -> ArchiveResults:
    return search(ArchiveRequest(text=text), viewer=anonymous_viewer())


def titles(results: ArchiveResults) -> list[str]:
    return sorted(hit.entry.title for hit in results.hits)


@pytest.mark.parametrize("fault", FAULTS)
def test_reader_is_answered_in_time_from_the_database(
    proxy: BreakingProxy, make_article: MakeArticle, fault: str
) -> None:
    make_article("Kronika")
    server.push()
    assert not find("kronika").degraded
    FAULTS[fault](proxy)
    began = time.monotonic()
    results = find("kronika")
    assert time.monotonic() - began < PATIENCE
    assert results.degraded
    assert titles(results) == ["Kronika"]


def test_second_request_of_a_search_has_the_time_that_the_first_left(
    proxy: BreakingProxy, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article("Kronika")
    server.push()
    times = iter([100.0, 100.0, 100.7])
    monkeypatch.setattr(elastic, "monotonic", lambda: next(times))
    limits: list[float] = []
    perform = Transport.perform_request

    def noted(self: Transport, *args: Any, **options: Any) -> Any:
        limits.append(round(options["request_timeout"], 3))
        return perform(self, *args, **options)

    monkeypatch.setattr(Transport, "perform_request", noted)
    assert titles(find("kronika zamku")) == ["Kronika"]
    assert limits == [1.0, 0.3]


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "refusing"])
def test_changes_arrive_once_the_server_is_back(
    proxy: BreakingProxy, make_article: MakeArticle, fault: str
) -> None:
    stays, goes = make_article("Kronika wsi"), make_article("Kronika gminy")
    server.push()
    FAULTS[fault](proxy)
    stays.title = "Kronika miasta"
    stays.save()
    goes.unpublish()
    new = make_article("Kronika parafii")
    index(stays, goes, new)
    with pytest.raises(Exception):  # noqa: B017, PT011  (each fault has an error of its own)
        server.push()
    assert SearchServerChange.objects.exists()
    proxy.mend()
    asking.pause.end()
    server.push()
    assert not SearchServerChange.objects.exists()
    results = find("kronika")
    assert not results.degraded
    assert titles(results) == ["Kronika miasta", "Kronika parafii"]


def test_each_waiting_entry_is_sent_once(proxy: BreakingProxy, make_article: MakeArticle) -> None:
    article = make_article("Kronika")
    for number in range(5):
        article.title = f"Kronika {number}"
        article.save()
        index(article)
    proxy.requests.clear()
    server.push()
    sent = b"".join(proxy.requests)
    assert sent.count(b'"_id":') == 1
    assert titles(find("kronika")) == ["Kronika 4"]


def test_change_made_during_a_push_is_not_forgotten(
    proxy: BreakingProxy, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article("Kronika")
    send = server.send

    def send_while_somebody_publishes(*arguments: object, **options: object) -> None:
        send(*arguments, **options)
        if article.title == "Kronika":
            article.title = "Dziennik"
            article.save()
            index(article)

    monkeypatch.setattr(server, "send", send_while_somebody_publishes)
    server.push()
    assert titles(find("dziennik")) == ["Dziennik"]
    assert titles(find("kronika")) == []


def test_lost_index_is_made_anew_though_nothing_was_published(
    elasticsearch: ElasticsearchBackend, proxy: BreakingProxy, make_article: MakeArticle
) -> None:
    make_article("Kronika")
    server.push()
    elasticsearch.drop()
    assert titles(find("kronika")) == ["Kronika"]
    assert not asking.pause.is_over
    asking.pause.end()
    server.look_after()
    assert not find("kronika").degraded


def test_full_disk_keeps_changes_waiting_and_readers_served(
    elasticsearch: ElasticsearchBackend, proxy: BreakingProxy, make_article: MakeArticle
) -> None:
    make_article("Kronika wsi")
    server.push()
    block = {"index.blocks.read_only_allow_delete": True}
    elasticsearch.writing.indices.put_settings(index=elasticsearch.alias, settings=block)
    make_article("Kronika gminy")
    with pytest.raises(BulkIndexError):
        server.push()
    journal.deliver()
    results = find("kronika")
    assert results.degraded
    assert titles(results) == ["Kronika gminy", "Kronika wsi"]
    free = {"index.blocks.read_only_allow_delete": None}
    elasticsearch.writing.indices.put_settings(index=elasticsearch.alias, settings=free)
    server.push()
    results = find("kronika")
    assert not results.degraded
    assert titles(results) == ["Kronika gminy", "Kronika wsi"]


def quickest(action: Callable[[], object]) -> float:
    times = []
    for _turn in range(5):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times)


def test_publishing_is_as_quick_as_with_a_server_that_works(
    proxy: BreakingProxy,
    make_article: MakeArticle,
    settings,
    django_capture_on_commit_callbacks,
) -> None:
    settings.BACKGROUND_WORKER = True
    article = make_article("Kronika")

    def publish() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            article.save_revision().publish()

    publish()
    before = quickest(publish)
    proxy.hang()
    assert quickest(publish) < 2 * before + 0.05


def test_editor_without_a_worker_waits_for_one_answer_and_then_for_none(
    proxy: BreakingProxy, make_article: MakeArticle
) -> None:
    article = make_article("Kronika")
    proxy.hang()
    asked = len(proxy.requests)
    article.save_revision().publish()
    journal.deliver()
    assert len(proxy.requests) == asked + 1
    reader = JournalReader.objects.get(name=server.READER)
    assert reader.failures == 1
    reader.next_try_at = timezone.now() + datetime.timedelta(hours=1)
    reader.save()
    article.save_revision().publish()
    journal.deliver()
    assert len(proxy.requests) == asked + 1


def test_dead_server_is_not_hammered_by_the_clock(
    proxy: BreakingProxy, make_article: MakeArticle
) -> None:
    article = make_article("Kronika")
    proxy.reset()
    article.save_revision().publish()
    journal.deliver()
    asked = len(proxy.requests)
    for _tick in range(10):
        journal.deliver()
        server.look_after()
    assert len(proxy.requests) == asked
    JournalReader.objects.filter(name=server.READER).update(next_try_at=None)
    proxy.mend()
    server.look_after()
    assert dict(ElasticsearchBackend().digests()) == dict(
        ArchiveEntry.objects.values_list("pk", "digest")
    )


def test_requests_that_hang_do_not_pile_up(
    proxy: BreakingProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from elastic_transport import ConnectionTimeout

    from search.backends import deadline

    # A socket's own time-out does not end these.
    proxy.drip()
    with monkeypatch.context() as patch:
        patch.setattr(deadline, "_slots", threading.BoundedSemaphore(1))
        for _turn in range(2):
            with pytest.raises(ConnectionTimeout):
                ElasticsearchBackend().state()
    asked = [data for data in proxy.requests if data.startswith(b"HEAD /_alias/")]
    # One when the index was looked for at first, one that nobody hears any more.
    assert len(asked) == 2
