"""Every argument of every root field, by its type, with the values at and beyond the edges of what
databases and Python's types hold. A field that is added tomorrow is tried without a change here.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from graphql import (
    GraphQLInputObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_argument,
)

from cms.api.schema import schema
from tests.contract.operations import send
from tests.contract.test_attacks import codes
from tests.factories import ArticleFactory, SeriesFactory, ThematicMonthFactory, WebinarFactory

NUMBERS = [0, -1, 32_768, 2**31 - 1, -(2**31)]
TEXTS = ["", "0", "-1", "1.5", "1_0", "٣", " 1 ", "x", "9" * 40, "/", "//", "../", "%", "'", "😀"]
VALUES: dict[str, list[Any]] = {
    "Int": NUMBERS,
    "String": TEXTS,
    "ID": [*TEXTS, *NUMBERS, str(2**63), str(2**31)],
    "Date": ["0001-01-01", "9999-12-31"],
    "DateTime": [
        "2026-11-03T18:00:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
    ],
}
USUAL: dict[str, Any] = {"Int": 1, "String": "x", "ID": "1"}
ROOT = schema.graphql_schema.query_type.fields


def places(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each argument, or field of a `where`, with one extreme value; as variables."""
    for argument, definition in ROOT[name].args.items():
        named = get_named_type(definition.type)
        if isinstance(named, GraphQLInputObjectType):
            for key, field in named.fields.items():
                for value in values(field.type):
                    yield f"{argument}.{key}={value!r}", {argument: {key: value}}
        else:
            for value in values(definition.type):
                yield f"{argument}={value!r}", {argument: value}


def values(of: Any) -> list[Any]:
    found = VALUES.get(get_named_type(of).name, [])
    return [[value] for value in found] if is_list_type(get_nullable_type(of)) else found


def query(name: str) -> str:
    field = ROOT[name]
    declared = ", ".join(f"${key}: {each.type}" for key, each in field.args.items())
    passed = ", ".join(f"{key}: ${key}" for key in field.args)
    named = get_named_type(field.type)
    fields = getattr(named, "fields", {})
    lists = "totalCount " * ("totalCount" in fields) + "nodes { __typename }" * ("nodes" in fields)
    selected = f"{{ __typename {lists} }}" if hasattr(named, "fields") else ""
    return f"query ({declared}) {{ {name}({passed}) {selected} }}"


@pytest.fixture
def client(db) -> Client:
    month = ThematicMonthFactory(parent=SeriesFactory(slug="x"), year=2026, month=1)
    ArticleFactory(parent=month)
    WebinarFactory(parent=month)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", sorted(name for name, field in ROOT.items() if field.args))
def test_extreme_argument_is_an_answer_or_a_mistake_of_the_client(client, name):
    required = {
        key: USUAL[get_named_type(each.type).name]
        for key, each in ROOT[name].args.items()
        if is_required_argument(each)
    }
    text = query(name)
    for place, variables in places(name):
        response = send(client, text, variables={**required, **variables})
        assert response.status_code in {200, 400}, place
        assert codes(response) <= {"BAD_USER_INPUT"}, place
