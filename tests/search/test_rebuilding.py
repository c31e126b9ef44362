"""The archive is rebuilt while it is searched and published to, by one process at a time."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.leases import lease
from cms.visibility import anonymous_viewer
from search import asking, morphology, server
from search.archive import search
from search.archive_request import ArchiveRequest
from search.backends import ElasticsearchBackend
from search.checks import check_analyser, check_dictionary
from search.indexing import BATCH
from search.management import progress
from search.models import ArchiveEntry, SearchServerChange, VocabularyWord
from search.rebuilding import LEASE, RebuildRunning, rebuild
from tests.search.conftest import MakeArticle, index

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    results = search(ArchiveRequest(text=text), viewer=anonymous_viewer())
    assert not results.degraded
    return [hit.entry.title for hit in results.hits]


def vocabulary() -> set[tuple[str, str, int]]:
    return set(VocabularyWord.objects.values_list("form", "lemma", "documents"))


@pytest.fixture
def many(make_article: MakeArticle) -> None:
    for number in range(BATCH + 1):
        make_article("Kronika", slug=f"kronika-{number}")


def test_archive_is_whole_after_each_batch_of_a_rebuild(many: None) -> None:
    before = vocabulary()
    for _done in rebuild():
        assert search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer()).total == BATCH + 1
        assert vocabulary() >= {("kronika", "kronika", BATCH + 1)}
    assert vocabulary() == before


def test_what_is_published_during_a_rebuild_is_found_and_counted(
    many: None, make_article: MakeArticle
) -> None:
    steps = rebuild()
    next(steps)
    make_article("Hipopotam")
    assert found("hipopotam") == ["Hipopotam"]
    list(steps)
    assert found("hipopotam") == ["Hipopotam"]
    assert ("hipopotam", "hipopotam", 1) in vocabulary()


def test_words_that_another_analyser_counted_are_gone_after_a_rebuild(
    make_article: MakeArticle,
) -> None:
    make_article("Kronika")
    before = vocabulary()
    entry = ArchiveEntry.objects.get()
    VocabularyWord.objects.create(
        access=entry.access, form="kronika", folded="kronika", lemma="kron", documents=1
    )
    VocabularyWord.objects.filter(lemma="kronika").update(documents=7)
    ArchiveEntry.objects.update(analyser="old", digest="old")
    list(rebuild())
    assert vocabulary() == before


def test_second_rebuild_refuses_while_one_runs(make_article: MakeArticle) -> None:
    make_article("Kronika")
    steps = rebuild()
    next(steps)
    with pytest.raises(RebuildRunning):
        list(rebuild())
    with pytest.raises(CommandError, match="Another process rebuilds the archive"):
        call_command("search_index", "rebuild", stdout=StringIO())
    list(steps)
    list(rebuild())


def test_rebuild_that_lost_its_lease_ends(many: None) -> None:
    steps = rebuild()
    next(steps)
    from cms.models import Lease

    Lease.objects.filter(name=LEASE).update(until=datetime.datetime.now(datetime.UTC))
    with pytest.raises(RebuildRunning):
        next(steps)


def test_prolonged_lease_is_given_back() -> None:
    with lease("own", seconds=10) as mine:
        mine.prolong()
        assert mine
        with lease("own", seconds=10) as other:
            assert not other
    with lease("own", seconds=10) as other:
        assert other


def test_rebuild_if_outdated_does_nothing_for_this_analyser(make_article: MakeArticle) -> None:
    make_article("Kronika")
    ArchiveEntry.objects.update(title="Zmieniona")
    call_command("search_index", "rebuild", if_outdated=True, stdout=StringIO())
    assert ArchiveEntry.objects.get().title == "Zmieniona"
    ArchiveEntry.objects.update(analyser="old")
    call_command("search_index", "rebuild", if_outdated=True, stdout=StringIO())
    assert ArchiveEntry.objects.get().title == "Kronika"


def test_another_analyser_is_warned_of_with_what_to_run(make_article: MakeArticle) -> None:
    make_article("Kronika")
    assert check_analyser(None) == []
    ArchiveEntry.objects.update(analyser="old")
    (warning,) = check_analyser(None)
    assert warning.id == "search.W001"
    assert "search_index rebuild" in warning.hint


def test_missing_dictionary_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_dictionary(None) == []
    monkeypatch.setattr(morphology, "_dictionary", morphology.NoDictionary())
    (warning,) = check_dictionary(None)
    assert warning.id == "search.W002"


def test_failing_server_stops_a_rebuild_by_hand_and_not_the_start(
    settings, make_article: MakeArticle, capsys: pytest.CaptureFixture[str]
) -> None:
    make_article("Kronika")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    with pytest.raises(CommandError, match="The database is done; the search server failed"):
        call_command("search_index", "rebuild", stdout=StringIO())
    ArchiveEntry.objects.update(analyser="old")
    call_command("search_index", "rebuild", if_outdated=True, stdout=StringIO())
    assert "the search server failed" in capsys.readouterr().err
    assert ArchiveEntry.objects.exclude(analyser="old").exists()


def test_progress_says_percentage_and_time_left() -> None:
    shown = progress.line(250, 1000, seconds=30)
    assert " 25%" in shown
    assert "250 of 1,000, 1:30 left" in shown


def test_progress_is_silent_when_nobody_looks() -> None:
    output = StringIO()
    progress.show([(1, 2), (2, 2)], output=output)
    assert output.getvalue() == ""


@pytest.mark.services
def test_server_is_searched_while_its_index_is_rebuilt(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    make_article("Kronika wsi")
    changed, gone = make_article("Kronika gminy"), make_article("Kronika miasta")
    server.push()
    steps = server.rebuild(elasticsearch)
    next(steps)
    changed.title = "Kronika powiatu"
    changed.save()
    gone.unpublish()
    new = make_article("Kronika parafii")
    index(changed, gone, new)
    # Into the index in use, so that nothing waits any more for the new one.
    server.push()
    assert not SearchServerChange.objects.exists()
    now = ["Kronika parafii", "Kronika powiatu", "Kronika wsi"]
    assert sorted(found("kronika")) == now
    list(steps)
    assert sorted(found("kronika")) == now
    assert dict(elasticsearch.digests()) == dict(ArchiveEntry.objects.values_list("pk", "digest"))


@pytest.mark.services
def test_server_is_searched_while_the_whole_archive_is_rebuilt(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    titles = sorted(f"Kronika {number:02}" for number in range(BATCH + 5))
    for title in titles:
        make_article(title)
    server.push()
    for _step in rebuild():
        results = search(ArchiveRequest(text="kronika", first=100), viewer=anonymous_viewer())
        assert (results.total, results.degraded) == (len(titles), False)


@pytest.mark.services
def test_what_a_killed_rebuild_left_is_removed(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    make_article("Kronika")
    server.push()
    left = elasticsearch.make_index(is_live=False)
    list(server.rebuild(elasticsearch))
    names = list(elasticsearch.writing.indices.get(index=f"{elasticsearch.archive}-*"))
    assert len(names) == 1
    assert left not in names


@pytest.mark.services
def test_index_of_another_mapping_is_made_anew_at_the_next_push(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article("Kronika")
    server.push()
    (before,) = elasticsearch.writing.indices.get(index=f"{elasticsearch.archive}-*")
    monkeypatch.setattr("search.backends.elastic_index.ANALYSER", "another")
    assert elasticsearch.state().value == "outdated"
    results = search(ArchiveRequest(text="kronika"), viewer=anonymous_viewer())
    assert (results.total, results.degraded) == (1, True)
    asking.pause.end()
    server.look_after()
    (after,) = elasticsearch.writing.indices.get(index=f"{elasticsearch.archive}-*")
    assert after != before
    assert elasticsearch.state().value == "current"
    assert found("kronika") == ["Kronika"]


@pytest.mark.services
def test_stalled_push_does_not_put_an_old_text_over_a_newer_one(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    article = make_article("Kronika")
    server.push()
    old_number = server.next_number()
    old = list(ArchiveEntry.objects.all())
    article.title = "Hipopotam"
    article.save()
    index(article)
    server.push()
    elasticsearch.write(old, versions={old[0].pk: old_number})
    elasticsearch.refresh()
    assert found("hipopotam") == ["Hipopotam"]
    assert found("kronika") == []


@pytest.mark.services
def test_stalled_push_does_not_bring_back_what_is_gone(
    elasticsearch: ElasticsearchBackend, make_article: MakeArticle
) -> None:
    article = make_article("Kronika")
    server.push()
    old_number = server.next_number()
    old = list(ArchiveEntry.objects.all())
    article.unpublish()
    index(article)
    server.push()
    elasticsearch.write(old, versions={old[0].pk: old_number})
    elasticsearch.refresh()
    assert list(elasticsearch.digests()) == []
