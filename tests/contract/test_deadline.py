"""The time that an operation's SQL may take, on the database that the tests run on."""

import logging
import threading
import time
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.deadline import OperationTimeout, Watchdog, cancel_statement, deadline, watchdog
from cms.models import Topic
from tests.contract.operations import send
from tests.factories import TopicFactory

# Cancelling a statement breaks PostgreSQL's transaction, so there must be none around the test.
pytestmark = pytest.mark.django_db(transaction=True)

# Half a minute at least, unless something ends it.
SLOW = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000000)"
    " SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(30)",
}


def slow_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SLOW[connection.vendor])
        cursor.fetchall()


def slow_month(*_arguments, **_options) -> None:
    slow_statement()


def slow_answer():
    with patch("thematic_months.schema.query.month_of", slow_month):
        return send(Client(), '{ settings { motto } currentMonth(series: "x") { id } }')


def test_operation_that_takes_too_long_is_told_so(settings):
    settings.GRAPHQL_TIMEOUT_MS = 100
    start = time.monotonic()
    response = slow_answer()
    assert time.monotonic() - start < 5
    assert response.status_code == 503
    assert response.json() == {
        "errors": [
            {
                "message": "The operation took longer than 100 ms. Ask for less at once.",
                "extensions": {"code": "TIMEOUT", "limit": "time", "allowed": 100},
            }
        ]
    }


def test_connection_serves_the_next_operation_after_one_was_cancelled(settings):
    settings.GRAPHQL_TIMEOUT_MS = 100
    slow_answer()
    settings.GRAPHQL_TIMEOUT_MS = 5000
    TopicFactory(title="Seniorzy")
    answer = send(Client(), "{ topics { nodes { title } } }").json()
    assert answer["data"] == {"topics": {"nodes": [{"title": "Seniorzy"}]}}


def test_no_statement_is_sent_after_the_time_is_over(settings):
    settings.GRAPHQL_TIMEOUT_MS = 50
    with deadline() as bound:
        with pytest.raises((OperationTimeout, OperationalError)):
            slow_statement()
        assert bound.is_over
        sent = []
        note = connection.execute_wrapper(lambda execute, *each: sent.append(each))
        with note, pytest.raises(OperationTimeout):
            Topic.objects.count()
        assert sent == []
    assert Topic.objects.count() == 0


def test_limit_costs_no_query_of_its_own():
    send(Client(), "{ __typename }")
    with CaptureQueriesContext(connection) as queries:
        send(Client(), "{ topics { nodes { id } } }")
    assert [each["sql"] for each in queries if "cms_topic" not in each["sql"]] == []


def test_work_of_the_admin_on_the_same_connection_is_not_limited(settings):
    settings.GRAPHQL_TIMEOUT_MS = 50
    send(Client(), "{ __typename }")
    statement = {
        "sqlite": SLOW["sqlite"].replace("1000000000", "2000000"),
        "postgresql": "SELECT pg_sleep(0.2)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.fetchone() is not None


def test_mutation_that_takes_too_long_is_rolled_back(settings):
    """As the endpoint runs a mutation: inside a transaction."""
    settings.GRAPHQL_TIMEOUT_MS = 100
    too_slow = pytest.raises((OperationTimeout, OperationalError))
    with too_slow, transaction.atomic(), deadline():
        TopicFactory(title="Niedokończony")
        slow_statement()
    assert not Topic.objects.filter(title="Niedokończony").exists()


def test_operation_between_statements_is_cancelled_once(settings):
    settings.GRAPHQL_TIMEOUT_MS = 20
    own, forgotten = Watchdog(), threading.Event()
    forget = own.forget

    def note(bound) -> None:
        forget(bound)
        forgotten.set()

    with (
        patch("cms.api.deadline.watchdog", own),
        patch.object(own, "forget", note),
        patch("cms.api.deadline.cancel_statement") as cancel,
        deadline() as bound,
    ):
        assert forgotten.wait(5)
        assert (bound.is_over, own.watched) == (True, set())
        with pytest.raises(OperationTimeout):
            Topic.objects.count()
    assert cancel.call_count == 1


def test_statement_that_a_cancellation_missed_is_cancelled_again(settings):
    settings.GRAPHQL_TIMEOUT_MS = 200
    # To connect is no statement, and takes a while.
    connection.ensure_connection()
    tries = []

    def miss_the_first(which) -> None:
        tries.append(which)
        if len(tries) > 1:
            cancel_statement(which)

    with (
        patch("cms.api.deadline.cancel_statement", miss_the_first),
        deadline(),
        pytest.raises((OperationTimeout, OperationalError)),
    ):
        slow_statement()
    assert len(tries) >= 2


def test_connection_that_cannot_be_cancelled_leaves_the_others_watched(settings, caplog):
    """The thread outlives an error, or no later operation would have a limit."""
    settings.GRAPHQL_TIMEOUT_MS = 50
    failed = threading.Event()

    def fail(_connection) -> None:
        failed.set()
        raise RuntimeError("gone")

    with (
        caplog.at_level(logging.WARNING, "hub.api"),
        patch("cms.api.deadline.cancel_statement", fail),
        deadline(),
    ):
        assert failed.wait(5)
    assert slow_answer().json()["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_nothing_stays_watched_after_its_operation():
    own = Watchdog()
    with patch("cms.api.deadline.watchdog", own), deadline():
        assert len(own.watched) == 1
    assert own.watched == set()
    assert watchdog is not own
