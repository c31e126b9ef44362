"""What time itself changes, each once."""

import datetime
import logging
import threading
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Revision

from cms import clock, journal
from cms.leases import lease
from cms.models import ClockReading, HubPage
from home.models import Partner
from tests.cms.journal_reading import row, written
from tests.factories import (
    ArticleFactory,
    PartnerFactory,
    SeriesFactory,
    ThematicMonthFactory,
    WebinarFactory,
    in_hours,
)
from thematic_months.models import Article

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture(autouse=True)
def no_readers(monkeypatch):
    monkeypatch.setattr(journal, "READERS", {})


@pytest.fixture
def at(monkeypatch):
    """Sets the time: `at(moment)`."""

    def set_time(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_time


def schedule(page: HubPage, **changes: object) -> Revision:
    for name, value in {"go_live_at": in_hours(1), **changes}.items():
        setattr(page, name, value)
    revision = page.save_revision()
    revision.publish()
    return revision


@pytest.fixture
def month(db):
    return ThematicMonthFactory()


def test_scheduled_page_is_published_when_its_time_has_come(month, at):
    article = ArticleFactory(parent=month, live=False)
    schedule(article)
    clock.publish_scheduled()
    assert not Article.objects.get().live
    at(in_hours(1.01))
    with written() as found:
        clock.publish_scheduled()
        clock.publish_scheduled()
    assert Article.objects.get().live
    assert found == [row(article, "PUBLISHED")]


def test_broken_revision_stops_no_other(month, at, caplog):
    broken, sound = (
        ArticleFactory(parent=month, live=False),
        ArticleFactory(parent=month, live=False),
    )
    revision = schedule(broken, go_live_at=in_hours(0.5))
    Revision.objects.filter(pk=revision.pk).update(content={"title": "bez klucza"})
    schedule(sound)
    at(in_hours(1.01))
    with written() as found, caplog.at_level(logging.ERROR, "hub.clock"):
        clock.publish_scheduled()
    assert found == [row(sound, "PUBLISHED")]
    assert f"Could not publish wagtailcore.Revision {revision.pk}." in caplog.text


def test_broken_expiry_stops_no_other(month, monkeypatch):
    first, second = (
        ArticleFactory(parent=month, expire_at=in_hours(-2)),
        ArticleFactory(parent=month, expire_at=in_hours(-1)),
    )
    usual = journal.record_subtree

    def fail_for_the_first(path, *args, **options):
        if path == first.path:
            raise ZeroDivisionError
        usual(path, *args, **options)

    monkeypatch.setattr(journal, "record_subtree", fail_for_the_first)
    clock.publish_scheduled()
    assert Article.objects.get(pk=first.pk).live
    assert not Article.objects.get(pk=second.pk).live


def test_expired_page_is_withdrawn_once(month):
    article = ArticleFactory(parent=month, expire_at=in_hours(-1))
    with written() as found:
        clock.publish_scheduled()
        clock.publish_scheduled()
    saved = Article.objects.get()
    assert (saved.live, saved.expired) == (False, True)
    assert found == [row(article, "WITHDRAWN")]


def test_expired_month_takes_what_is_below_it(month):
    article = ArticleFactory(parent=month)
    type(month).objects.update(expire_at=in_hours(-1))
    with written() as found:
        clock.publish_scheduled()
    assert found == [row(month, "WITHDRAWN"), row(article, "WITHDRAWN")]


def test_snippet_is_published_and_expires_on_schedule(db, at):
    partner = PartnerFactory(live=False)
    schedule(partner, expire_at=in_hours(2))
    at(in_hours(1.01))
    with written() as found:
        clock.publish_scheduled()
    at(in_hours(2.01))
    with written() as later:
        clock.publish_scheduled()
    assert (found, later) == ([row(partner, "PUBLISHED")], [row(partner, "WITHDRAWN")])
    assert not Partner.objects.get().live


def test_command_publishes_as_the_clock_does(month, at):
    schedule(ArticleFactory(parent=month, live=False))
    at(in_hours(1.01))
    call_command("publish_scheduled")
    assert Article.objects.get().live


def test_dry_run_of_the_command_publishes_nothing(month, at, capsys):
    schedule(ArticleFactory(parent=month, live=False, title="Na jutro"))
    at(in_hours(1.01))
    call_command("publish_scheduled", dryrun=True)
    assert not Article.objects.get().live
    assert "Na jutro" in capsys.readouterr().out


def crossings(*moments: datetime.datetime) -> list[list]:
    """The rows that the clock writes at each of these moments."""
    found = []
    for moment in moments:
        with written() as rows:
            clock.record_crossings(moment)
        found.append(rows)
    return found


def test_webinar_writes_one_row_when_it_starts_and_one_when_it_ends(month):
    webinar = WebinarFactory(parent=month, starts=in_hours(1), ends=in_hours(2))
    moments = [timezone.now(), webinar.starts, in_hours(1.5), webinar.ends, in_hours(3)]
    started, ended = [row(webinar, "CHANGED")], [row(webinar, "CHANGED")]
    assert crossings(*moments) == [[], started, [], ended, []]


def test_webinar_that_passed_while_no_clock_ran_writes_one_row(month):
    webinar = WebinarFactory(parent=month, starts=in_hours(1), ends=in_hours(2))
    assert crossings(timezone.now(), in_hours(48)) == [[], [row(webinar, "CHANGED")]]


def test_draft_webinar_writes_none(month):
    WebinarFactory(parent=month, starts=in_hours(1), ends=in_hours(2), live=False)
    assert crossings(timezone.now(), in_hours(3)) == [[], []]


def test_first_reading_of_the_clock_tells_nothing_of_the_past(month):
    WebinarFactory(parent=month, starts=in_hours(-2), ends=in_hours(-1))
    assert crossings(timezone.now()) == [[]]


def test_end_of_the_time_for_questions_writes_one_row(db):
    month = ThematicMonthFactory(questions_open_until=in_hours(1))
    assert crossings(timezone.now(), in_hours(2), in_hours(3)) == [[], [row(month, "CHANGED")], []]


def test_midnight_in_warsaw_ends_one_month_and_begins_the_next(db):
    series = SeriesFactory()
    may = ThematicMonthFactory(parent=series, year=2016, month=5)
    june = ThematicMonthFactory(parent=series, year=2016, month=6)
    ThematicMonthFactory(parent=series, year=2016, month=7)
    ThematicMonthFactory(parent=series, year=2015, month=6)
    before = datetime.datetime(2016, 5, 31, 23, 59, tzinfo=WARSAW)
    midnight = before + datetime.timedelta(minutes=1)
    after = midnight + datetime.timedelta(minutes=1)
    changed = [row(may, "CHANGED"), row(june, "CHANGED")]
    assert crossings(before, midnight, after) == [[], changed, []]


def test_failing_crossing_leaves_the_reading_for_the_next_time(month, monkeypatch):
    webinar = WebinarFactory(parent=month, starts=in_hours(1), ends=in_hours(2))
    crossings(timezone.now())

    def fail(since, until):
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(clock, "CROSSINGS", [*clock.CROSSINGS, fail])
        with pytest.raises(ZeroDivisionError):
            clock.record_crossings(in_hours(1.5))
    assert crossings(in_hours(1.5)) == [[row(webinar, "CHANGED")]]


def test_tick_does_all_that_is_due(month, at):
    schedule(ArticleFactory(parent=month, live=False))
    at(in_hours(1.01))
    assert clock.tick()
    assert Article.objects.get().live
    assert ClockReading.objects.get().read_at == timezone.now()


def test_tick_leaves_the_work_to_the_process_that_is_at_it(month, at):
    schedule(ArticleFactory(parent=month, live=False))
    at(in_hours(1.01))
    with lease("clock", seconds=clock.LEASE_SECONDS):
        assert not clock.tick()
        assert not Article.objects.get().live
    assert clock.tick()


def test_clock_goes_on_after_a_failure(monkeypatch, caplog, settings):
    settings.CLOCK_SECONDS = 0
    stop = threading.Event()
    ticks = []

    def tick():
        ticks.append(len(ticks))
        if len(ticks) == 1:
            raise ConnectionError("The database is away.")
        stop.set()

    monkeypatch.setattr(clock, "tick", tick)
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    monkeypatch.setattr(clock.connection, "close", lambda: None)
    clock.run(stop)
    assert ticks == [0, 1]
    assert "The clock could not do its work" in caplog.text


def test_web_process_starts_no_clock_where_a_worker_has_it(settings):
    settings.BACKGROUND_WORKER = True
    assert clock.start_in_process() is None


def test_worker_refuses_to_run_beside_a_web_process_that_does_the_work(settings):
    settings.BACKGROUND_WORKER = False
    with pytest.raises(CommandError, match="Set BACKGROUND_WORKER=true"):
        call_command("worker")
