"""Many writers at once on PostgreSQL: no row is lost or repeated, and nobody waits for ever."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cms import journal
from cms.models import Change, JournalEntry, JournalReader
from tests.factories import ArticleFactory, SeriesFactory, ThematicMonthFactory
from thematic_months.models import Article, ThematicMonth

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("on_postgresql"),
]
ROUNDS = 8
DEADLINE = 60


@pytest.fixture(autouse=True)
def worker_delivers(settings, monkeypatch):
    """Writers only write; readers are those of the test."""
    settings.BACKGROUND_WORKER = True
    monkeypatch.setattr(journal, "READERS", {})


def at_once(*works: Callable[[], None]) -> None:
    """Run each in a thread of its own, all starting together; an error of any is raised here."""
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        try:
            with connection.cursor() as cursor:
                # A deadlock is found after a second and fails its transaction, and so the test.
                cursor.execute("SET lock_timeout = '30s'")
            start.wait(DEADLINE)
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(run, work) for work in works]:
            future.result(DEADLINE)


def publish(pk: int) -> None:
    for number in range(ROUNDS):
        with transaction.atomic():
            article = Article.objects.get(pk=pk)
            article.title = f"Wydanie {number}"
            article.save_revision().publish()


def move_to_and_fro(pk: int, months: tuple[int, int]) -> None:
    for number in range(ROUNDS):
        with transaction.atomic():
            target = ThematicMonth.objects.get(pk=months[number % 2])
            Article.objects.get(pk=pk).move(target, pos="last-child")


def fail_after_publishing(pk: int) -> None:
    for _number in range(ROUNDS):
        with transaction.atomic():
            Article.objects.get(pk=pk).save_revision().publish()
            transaction.set_rollback(True)


def number_repeatedly() -> None:
    for _number in range(ROUNDS * 4):
        journal.number_committed()


def changes_since(last: int) -> Counter[tuple[int, str]]:
    entries = JournalEntry.objects.filter(pk__gt=last)
    return Counter(entries.values_list("object_id", "change"))


def test_publishing_moving_and_rolling_back_while_rows_are_numbered():
    series = SeriesFactory()
    one, two = ThematicMonthFactory(parent=series), ThematicMonthFactory(parent=series)
    published = [ArticleFactory(parent=one), ArticleFactory(parent=two)]
    moved = [ArticleFactory(parent=one), ArticleFactory(parent=two)]
    failed = ArticleFactory(parent=one)
    last = JournalEntry.objects.latest("pk").pk
    at_once(
        *(lambda pk=page.pk: publish(pk) for page in published),
        lambda: move_to_and_fro(moved[0].pk, (two.pk, one.pk)),
        lambda: move_to_and_fro(moved[1].pk, (one.pk, two.pk)),
        lambda: fail_after_publishing(failed.pk),
        number_repeatedly,
        number_repeatedly,
    )
    expected = {(page.pk, "CHANGED"): ROUNDS for page in published}
    expected |= {(page.pk, "MOVED"): ROUNDS for page in moved}
    assert changes_since(last) == expected
    assert Article.find_problems() == ([], [], [], [], [])


def test_numbers_are_complete_after_any_number_of_writers_and_numberers():
    def write(first: int) -> None:
        for object_id in range(first, first + ROUNDS):
            with transaction.atomic():
                journal.record("TOPIC", [object_id], Change.CHANGED)

    at_once(
        *(lambda first=n * 100: write(first) for n in range(4)),
        number_repeatedly,
        number_repeatedly,
    )
    journal.number_committed()
    found = list(JournalEntry.objects.order_by("number").values_list("number", flat=True))
    assert found == list(range(1, 4 * ROUNDS + 1))
    assert JournalReader.objects.get(name=journal.NUMBERING).position == 4 * ROUNDS


def test_reader_misses_nothing_of_a_transaction_that_commits_late():
    got: list[int] = []
    journal.reader("remembering")(lambda entries: got.extend(entry.object_id for entry in entries))
    written, delivered = threading.Event(), threading.Event()

    def commit_late() -> None:
        with transaction.atomic():
            journal.record("TOPIC", [1], Change.CHANGED)
            written.set()
            assert delivered.wait(DEADLINE)

    def commit_meanwhile() -> None:
        assert written.wait(DEADLINE)
        with transaction.atomic():
            journal.record("TOPIC", [2], Change.CHANGED)
        journal.deliver()
        delivered.set()

    at_once(commit_late, commit_meanwhile)
    assert got == [2]
    journal.deliver()
    assert got == [2, 1]


def test_deliverers_at_once_hand_each_entry_over_once():
    got: list[int] = []
    journal.reader("counting")(lambda entries: got.extend(entry.object_id for entry in entries))
    with transaction.atomic():
        journal.record("TOPIC", range(500), Change.CHANGED)
    at_once(*[journal.deliver] * 4)
    journal.deliver()
    assert got == list(range(500))
