"""Queries that Schemathesis makes from the schema, for a bounded time: none fails on our side."""

import time

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings

from cms.api.operations import FOLDER
from tests.contract.operations import send
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    QuestionFactory,
    SeriesFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
)

SECONDS = 45
# A root field has this many queries, unless the time is over; all fields have a turn first.
EXAMPLES, ROUNDS = 8, 4
# What a client's mistake may be told. Anything else, and any 5xx, is a defect of ours.
ALLOWED = {"BAD_USER_INPUT", "BAD_REQUEST", "GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COSTLY"}
ALLOWED |= {
    f"QUERY_TOO_{what}"
    for what in (
        "DEEP",
        "LARGE",
        "MANY_ALIASES",
        "MANY_DUPLICATES",
        "MANY_FIELDS",
        "MANY_ROOT_FIELDS",
        "MANY_TOKENS",
    )
}

schema = schemathesis.graphql.from_path(FOLDER / "schema.graphql")
operations = [each.ok() for each in schema.get_all_operations()]


@pytest.fixture
def content(home) -> None:
    topic = TopicFactory()
    expert = ExpertFactory(topics=[topic])
    series = SeriesFactory()
    month = ThematicMonthFactory(parent=series, topics=[topic])
    ArticleFactory(parent=month, contributions=[{"expert": expert}, {"name": "Ola Kos"}])
    WebinarFactory(parent=month)
    QuestionFactory(month=month)


def try_queries(operation, client: Client, end: float, seen: set[str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case) -> None:
        if time.monotonic() > end:
            return
        response = send(client, case.body)
        codes = {each["extensions"]["code"] for each in response.json().get("errors", [])}
        seen.add(operation.label)
        assert response.status_code in {200, 400}, response.content
        assert codes <= ALLOWED, response.content

    ask()


@pytest.mark.slow
def test_no_query_fails_on_our_side(content):
    client = Client(raise_request_exception=False)
    end = time.monotonic() + SECONDS
    asked: set[str] = set()
    for _ in range(ROUNDS):
        for operation in operations:
            try_queries(operation, client, end, asked)
    assert asked == {operation.label for operation in operations}
