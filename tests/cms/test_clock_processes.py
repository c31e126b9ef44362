"""A scheduled page goes live by itself, in processes as an operator starts them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from cms.models import JournalEntry, JournalReader, Lease
from tests import database
from tests.factories import ArticleFactory, ThematicMonthFactory
from thematic_months.models import Article

pytestmark = pytest.mark.django_db(transaction=True)
DEADLINE = 60
# Port 0: any free one. Nobody calls the server; its clock is what is tested.
EMBEDDED = {
    "runserver": ["manage.py", "runserver", "--noreload", "127.0.0.1:0"],
    "gunicorn": ["-m", "gunicorn", "cms.wsgi", "--workers", "2", "--bind", "127.0.0.1:0"],
}


@contextmanager
def running(
    arguments: list[str], url: str, *, has_worker: bool
) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "CLOCK_SECONDS": "1",
        # The archive in the database is enough here; tests/search is about the server.
        "ELASTICSEARCH_URL": "",
        "BACKGROUND_WORKER": "true" if has_worker else "false",
    }
    command = [sys.executable, *arguments]
    process = subprocess.Popen(command, cwd=database.ROOT, env=environment)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        process.wait(DEADLINE)


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Poll: what the other process writes is seen in no other way."""
    end = time.monotonic() + DEADLINE
    while not condition():
        assert process.poll() is None, "The process has ended."
        assert time.monotonic() < end, f"It has not happened in time: {state_of_the_work()}"
        time.sleep(0.1)


def state_of_the_work() -> dict[str, object]:
    """What a failure is to be understood by."""
    return {
        "now": timezone.now(),
        "pages": list(Page.objects.filter(depth__gt=3).values("title", "live", "expire_at")),
        "scheduled": list(Revision.objects.values("object_id", "approved_go_live_at")),
        "journal": list(JournalEntry.objects.values("number", "kind", "object_id", "change")),
        "readers": list(JournalReader.objects.values()),
        "leases": list(Lease.objects.values()),
    }


@pytest.fixture
def url(database_copies: database.Copies) -> str:
    return database_copies.url(str(connection.settings_dict["NAME"]))


@pytest.fixture
def scheduled() -> Article:
    """A draft that is to go live in some seconds."""
    article = ArticleFactory(live=False)
    article.go_live_at = timezone.now() + timedelta(seconds=3)
    article.save_revision().publish()
    return article


@pytest.fixture
def expiring() -> Article:
    return ArticleFactory(
        parent=ThematicMonthFactory(), expire_at=timezone.now() + timedelta(seconds=3)
    )


def is_live(article: Article) -> bool:
    return Article.objects.get(pk=article.pk).live


def changes(article: Article) -> list[str]:
    entries = JournalEntry.objects.filter(kind="ARTICLE", object_id=article.pk).order_by("number")
    return list(entries.values_list("change", flat=True))


def is_delivered() -> bool:
    """Whether every reader has had all that was written."""
    last = JournalEntry.objects.order_by("-pk").first().number
    positions = JournalReader.objects.values_list("position", flat=True)
    return last is not None and set(positions) == {last}


@pytest.mark.parametrize("server", sorted(EMBEDDED))
def test_page_goes_live_and_another_expires_on_the_embedded_default(
    server, scheduled, expiring, url
):
    with running(EMBEDDED[server], url, has_worker=False) as process:
        wait_until(lambda: is_live(scheduled) and not is_live(expiring) and is_delivered(), process)
    assert Article.objects.get(pk=scheduled.pk).first_published_at >= scheduled.go_live_at
    assert changes(scheduled) == ["PUBLISHED"]
    assert changes(expiring) == ["PUBLISHED", "WITHDRAWN"]


def test_page_goes_live_with_the_worker_and_no_web_process(scheduled, expiring, url):
    def tasks_are_done() -> bool:
        statuses = set(DBTaskResult.objects.values_list("status", flat=True))
        return statuses == {"SUCCESSFUL"}

    with running(["manage.py", "worker"], url, has_worker=True) as process:
        wait_until(lambda: is_live(scheduled) and not is_live(expiring) and is_delivered(), process)
        # Wagtail's own tasks, which publishing has queued, run in the same process.
        wait_until(tasks_are_done, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
    assert changes(scheduled) == ["PUBLISHED"]
    assert changes(expiring) == ["PUBLISHED", "WITHDRAWN"]
