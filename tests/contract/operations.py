"""Sends the named operations of graphql/operations to the endpoint, as a frontend does."""

import json
from typing import Any, Protocol

import pytest
from django.test import Client

from cms.api.operations import operations
from members.models import Member


class RunOperation(Protocol):
    def __call__(
        self, name: str, *, member: Member | None = None, **variables: Any
    ) -> dict[str, Any]: ...


def send(client: Client, query: str, **parts: Any) -> Any:
    """POST a query; the response."""
    body = json.dumps({"query": query, **parts})
    return client.post("/graphql/", body, content_type="application/json")


@pytest.fixture
def run_operation(db: None) -> RunOperation:
    """run_operation("MonthList", first=2) → data; fails on any error. `member=` logs in."""

    def run(name: str, *, member: Member | None = None, **variables: Any) -> dict[str, Any]:
        client = Client()
        if member is not None:
            client.force_login(member)
        answer = send(client, operations()[name].text, variables=variables).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return run
