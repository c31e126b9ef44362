"""How the journal's rows reach those who follow it."""

import datetime
from contextlib import suppress

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from cms import journal
from cms.leases import lease
from cms.models import Change, JournalEntry, JournalReader
from tests.cms.journal_reading import rows


class Follower:
    """A reader that remembers what it got, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.got: list[int] = []
        self.failures = 0

    def __call__(self, entries: list[JournalEntry]) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("The search server is away.")
        self.got += [entry.object_id for entry in entries]


@pytest.fixture
def readers(monkeypatch) -> dict[str, journal.Follow]:
    """No readers but those of the test."""
    monkeypatch.setattr(journal, "READERS", {})
    return journal.READERS


@pytest.fixture
def follower(readers) -> Follower:
    follower = Follower()
    journal.reader("follower")(follower)
    return follower


def write(*object_ids: int) -> None:
    with transaction.atomic():
        journal.record("TOPIC", object_ids, Change.CHANGED)


def fail_after_writing(object_id: int) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        journal.record("TOPIC", [object_id], Change.CHANGED)
        raise ZeroDivisionError


def numbers() -> list[tuple[int, int | None]]:
    return list(JournalEntry.objects.order_by("pk").values_list("object_id", "number"))


def later(minutes: int, monkeypatch) -> None:
    moment = timezone.now() + datetime.timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.django_db(transaction=True)
def test_writing_outside_a_transaction_is_refused(readers):
    with pytest.raises(TransactionManagementError, match="in the transaction of the change"):
        journal.record("TOPIC", [1], Change.CHANGED)
    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_even_writing_nothing_outside_a_transaction_is_refused(readers):
    with pytest.raises(TransactionManagementError):
        journal.record_subtree("00010001", Change.CHANGED)


@pytest.mark.django_db(transaction=True)
def test_rolled_back_change_leaves_no_row_and_tells_nobody(follower):
    fail_after_writing(1)
    assert rows() == []
    assert follower.got == []


@pytest.mark.django_db(transaction=True)
def test_savepoint_that_is_rolled_back_takes_its_rows_alone(follower):
    with transaction.atomic():
        journal.record("TOPIC", [1], Change.CHANGED)
        fail_after_writing(2)
        journal.record("TOPIC", [3], Change.CHANGED)
    assert follower.got == [1, 3]


@pytest.mark.django_db(transaction=True)
def test_delivery_survives_a_savepoint_that_asked_for_it_first(follower):
    with transaction.atomic():
        fail_after_writing(1)
        journal.record("TOPIC", [2], Change.CHANGED)
    assert follower.got == [2]


@pytest.mark.django_db(transaction=True)
def test_readers_are_served_once_after_the_commit_on_the_embedded_default(readers):
    calls = []
    journal.reader("counting")(lambda entries: calls.append(len(entries)))
    with transaction.atomic():
        journal.record("TOPIC", [1], Change.CHANGED)
        journal.record("TOPIC", [2, 3], Change.CHANGED)
        assert calls == []
    assert calls == [3]


@pytest.mark.django_db(transaction=True)
def test_readers_wait_for_the_worker_where_there_is_one(follower, settings):
    settings.BACKGROUND_WORKER = True
    write(1)
    assert follower.got == []
    journal.deliver()
    assert follower.got == [1]


@pytest.mark.django_db(transaction=True)
def test_failing_reader_does_not_fail_the_change(follower):
    follower.failures = 1
    write(1)
    assert rows() == [("TOPIC", 1, "CHANGED")]


def test_numbers_have_no_gap_and_stay(db, readers):
    write(10, 11)
    journal.number_committed()
    write(12)
    journal.number_committed()
    journal.number_committed()
    assert numbers() == [(10, 1), (11, 2), (12, 3)]


def test_row_that_is_committed_late_gets_the_next_number(db, readers):
    write(1)
    late = JournalEntry.objects.create(kind="TOPIC", object_id=2, change=Change.CHANGED, number=99)
    write(3)
    journal.number_committed()
    JournalEntry.objects.filter(pk=late.pk).update(number=None)
    journal.number_committed()
    assert numbers() == [(1, 1), (2, 3), (3, 2)]


def test_reader_gets_each_entry_once_and_in_order(db, follower):
    write(1, 2)
    journal.deliver()
    write(3)
    journal.deliver()
    journal.deliver()
    assert follower.got == [1, 2, 3]


def test_new_reader_begins_at_the_first_entry(db, readers):
    write(1)
    journal.deliver()
    follower = Follower()
    journal.reader("newcomer")(follower)
    journal.deliver()
    assert follower.got == [1]


def test_many_entries_come_in_batches(db, readers):
    sizes = []
    journal.reader("counting")(lambda entries: sizes.append(len(entries)))
    write(*range(journal.BATCH * 2 + 1))
    journal.deliver()
    assert sizes == [journal.BATCH, journal.BATCH, 1]


def test_failed_reader_gets_the_same_entries_later_and_once(db, follower, monkeypatch):
    follower.failures = 1
    write(1, 2)
    journal.deliver()
    assert follower.got == []
    later(1, monkeypatch)
    write(3)
    journal.deliver()
    journal.deliver()
    assert follower.got == [1, 2, 3]


def test_failed_reader_is_left_alone_until_its_time_has_come(db, follower):
    follower.failures = 1
    write(1)
    journal.deliver()
    journal.deliver()
    assert follower.got == []
    assert JournalReader.objects.get(name="follower").failures == 1


def test_success_ends_the_back_off(db, follower, monkeypatch):
    follower.failures = 1
    write(1)
    journal.deliver()
    later(1, monkeypatch)
    journal.deliver()
    state = JournalReader.objects.get(name="follower")
    assert (state.position, state.failures, state.next_try_at) == (1, 0, None)


def test_failing_reader_keeps_no_other_waiting(db, follower, readers):
    follower.failures = 1
    other = Follower()
    journal.reader("other")(other)
    write(1)
    journal.deliver()
    assert (follower.got, other.got) == ([], [1])


@pytest.mark.parametrize(
    ("failures", "seconds"), [(1, 2), (2, 4), (5, 32), (10, 600), (10_000, 600)]
)
def test_back_off_doubles_up_to_ten_minutes(failures, seconds):
    assert journal.back_off(failures).total_seconds() == seconds


def test_second_deliverer_hands_over_nothing_meanwhile(db, readers):
    got = []

    def follow(entries):
        journal.deliver()
        got.extend(entry.object_id for entry in entries)

    journal.reader("busy")(follow)
    write(1, 2)
    journal.deliver()
    assert got == [1, 2]


def test_entries_written_while_a_reader_works_are_delivered_too(db, readers):
    got = []

    def follow(entries):
        got.extend(entry.object_id for entry in entries)
        if got == [1]:
            write(2)
            journal.number_committed()

    journal.reader("busy")(follow)
    write(1)
    journal.deliver()
    assert got == [1, 2]


def test_reader_whose_process_died_is_served_when_its_lease_is_over(db, follower, monkeypatch):
    write(1)
    with lease("journal:follower", seconds=journal.LEASE_SECONDS) as mine:
        assert mine
        journal.deliver()
        assert follower.got == []
        later(6, monkeypatch)
        journal.deliver()
        assert follower.got == [1]


def test_reader_that_failed_in_another_process_meanwhile_is_not_tried_at_once(
    db, follower, monkeypatch
):
    write(1)
    usual = journal.lease

    def lease_after_a_failure(name, *, seconds):
        next_try = timezone.now() + datetime.timedelta(minutes=1)
        JournalReader.objects.filter(name="follower").update(failures=1, next_try_at=next_try)
        return usual(name, seconds=seconds)

    monkeypatch.setattr(journal, "lease", lease_after_a_failure)
    journal.deliver()
    assert follower.got == []


def test_lease_is_free_again_after_an_error(db):
    with pytest.raises(ZeroDivisionError), lease("work", seconds=60):
        raise ZeroDivisionError
    with lease("work", seconds=60) as mine:
        assert mine


def test_holder_whose_lease_ran_out_does_not_end_that_of_the_next(db, monkeypatch):
    first, second = lease("work", seconds=60), lease("work", seconds=600)
    assert first.__enter__()
    later(2, monkeypatch)
    assert second.__enter__()
    first.__exit__(None, None, None)
    with lease("work", seconds=60) as third:
        assert not third
    second.__exit__(None, None, None)
    with lease("work", seconds=60) as fourth:
        assert fourth
