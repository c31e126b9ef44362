"""What an operation may ask for, and how quickly one that asks for more is refused."""

import pytest
from django.test import Client
from graphql import get_introspection_query, parse

from cms.api.errors import LimitExceeded, RefusedRequest, RequestErrors
from cms.api.operations import operations
from cms.api.prepared import make, prepare
from tests.contract.operations import send
from tests.contract.worst_documents import WORST, seconds
from tests.factories import SeriesFactory, ThematicMonthFactory


@pytest.fixture
def client(db) -> Client:
    return Client()


def refusal(client: Client, query: str, **parts) -> tuple[int, dict]:
    response = send(client, query, **parts)
    return response.status_code, response.json()["errors"][0]["extensions"]


def cost(client: Client, query: str, **parts) -> int:
    return send(client, query, **parts).json()["extensions"]["cost"]["requested"]


NESTED = "{ settings { mainSeries { " + "continues { " * 14 + "id" + " } " * 14 + "} } }"
FRAGMENTS = " ".join(f"fragment F{n} on Query {{ __typename }}" for n in range(41))
LIST = "thematicMonths(first: 100) { edges { node { topics { id slug title } } } }"
COSTLY = "{ " + " ".join(f"a{n}: {LIST}" for n in range(10)) + " }"


@pytest.mark.parametrize(
    ("query", "code", "limit", "asked", "allowed"),
    [
        ("{ __typename } #" + "ą" * 10_000, "QUERY_TOO_LARGE", "bytes", 20_016, 20_000),
        ("{ " + "__typename " * 1499 + "}", "QUERY_TOO_MANY_TOKENS", "tokens", 1501, 1500),
        (
            "{ __typename " + "@skip(if: false) " * 31 + "}",
            "QUERY_TOO_MANY_DIRECTIVES",
            "directives",
            31,
            30,
        ),
        (NESTED, "QUERY_TOO_DEEP", "depth", 17, 16),
        ("{ a(b: " + "[" * 59 + "]" * 59 + ") }", "QUERY_TOO_DEEP", "nesting", 61, 60),
        ("{ " + "__typename " * 11 + "}", "QUERY_TOO_MANY_ROOT_FIELDS", "rootFields", 11, 10),
        (
            "{ settings { " + " ".join(f"a{n}: motto" for n in range(61)) + " } }",
            "QUERY_TOO_MANY_ALIASES",
            "aliases",
            61,
            60,
        ),
        (
            "{ settings { " + "motto " * 91 + "} }",
            "QUERY_TOO_MANY_DUPLICATES",
            "duplicates",
            4095,
            4000,
        ),
        ("{ ...F0 } " + FRAGMENTS, "QUERY_TOO_MANY_FRAGMENTS", "fragments", 41, 40),
        (
            " ".join(f"query Q{n} {{ __typename }}" for n in range(11)),
            "QUERY_TOO_MANY_OPERATIONS",
            "operations",
            11,
            10,
        ),
        (
            COSTLY,
            "QUERY_TOO_COSTLY",
            "cost",
            # Ten times: connection, edges, and of a hundred edges node, topics, ten topics' fields.
            10 * (2 + 100 * (2 + 10 * 3)),
            20_000,
        ),
    ],
)
def test_error_says_which_limit_what_was_asked_and_what_is_allowed(
    client, query, code, limit, asked, allowed
):
    assert refusal(client, query) == (
        400,
        {"code": code, "limit": limit, "asked": asked, "allowed": allowed},
    )


def test_fields_count_as_often_as_their_fragment_is_spread(client):
    chain = " ".join(
        f"fragment F{n} on Series {{"
        f" a: continues {{ ...F{n + 1} }} b: continues {{ ...F{n + 1} }} c: continues {{ id }} }}"
        for n in range(10)
    )
    query = "{ settings { mainSeries { ...F0 } } } " + chain + " fragment F10 on Series { id }"
    # In fragment n: four fields, and twice those of the next one. In the last: one.
    in_first = 1
    for _ in range(10):
        in_first = 4 + 2 * in_first
    assert refusal(client, query) == (
        400,
        {
            "code": "QUERY_TOO_MANY_FIELDS",
            "limit": "fields",
            "asked": 2 + in_first,
            "allowed": 3000,
        },
    )


@pytest.mark.parametrize("name", sorted(operations()))
def test_operation_of_the_contract_leaves_room_to_every_limit(name, settings):
    settings.GRAPHQL_LIMITS = {
        key: value * 2 // 3 for key, value in settings.GRAPHQL_LIMITS.items()
    }
    operation = make(operations()[name].text).operation(None)
    # The first page of each list, and a whole one of the list that the operation is about.
    assert operation.checked_cost({}) > 0
    assert operation.checked_cost({"first": 100}) > 0


@pytest.mark.parametrize(
    "options",
    [
        {},
        {
            "specified_by_url": True,
            "directive_is_repeatable": True,
            "schema_description": True,
            "input_value_deprecation": True,
            "input_object_one_of": True,
        },
    ],
    ids=["plain", "full"],
)
def test_introspection_of_tools_is_answered(client, options):
    answer = send(client, get_introspection_query(**options)).json()
    assert "errors" not in answer
    assert answer["extensions"]["cost"]["requested"] == 0


def test_introspection_beyond_what_tools_need_is_refused(client):
    types = " ".join(
        f"a{n}: types {{ fields {{ args {{ type {{ name }} }} }} }}" for n in range(50)
    )
    status, extensions = refusal(client, f"{{ __schema {{ {types} }} }}")
    assert (status, extensions["code"]) == (400, "INTROSPECTION_TOO_COSTLY")
    assert extensions["allowed"] == 100_000


def test_introspection_in_circles_is_refused(client):
    circles = "fields { type { " * 3 + "name" + " } }" * 3
    status, extensions = refusal(client, f"{{ __schema {{ types {{ {circles} }} }} }}")
    assert (status, extensions["code"]) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_cost_is_one_a_field_times_the_lists_around_it(client):
    # The root field, ten menus, two fields each.
    assert cost(client, "{ menus { key title } }") == 1 + 10 * 2
    assert cost(client, "{ menus { key } settings { motto } }") == 1 + 10 + 2


def test_cost_of_a_list_follows_what_it_is_asked_for(client):
    # Connection, its edges, and of each edge the node and one field of it.
    query = "{ thematicMonths(first: 7) { edges { node { id } } } }"
    assert cost(client, query) == 2 + 7 * 2
    assert cost(client, query.replace("(first: 7)", "")) == 2 + 20 * 2


def test_cost_of_a_list_follows_its_variable_and_the_variables_default(client):
    query = "query ($n: Int = 5) { thematicMonths(first: $n) { edges { node { id } } } }"
    assert cost(client, query) == 2 + 5 * 2
    assert cost(client, query, variables={"n": 50}) == 2 + 50 * 2
    assert cost(client, query, variables={"n": None}) == 2 + 20 * 2


def test_cost_reaches_into_fragments_once_for_each_spread(client):
    fragment = " fragment T on Menu { key title }"
    assert cost(client, "{ a: menus { ...T } b: menus { ...T } }" + fragment) == 2 * (1 + 20)


def test_cost_of_alternatives_is_that_of_the_dearest(client):
    query = """{ route(path: "/") { page { id ... on Series { title }
        ... on Article { title lead } ... on Expert { title lead slug } } } }"""
    assert cost(client, query) == 2 + 1 + 3


def test_list_above_its_maximum_is_told_so_and_not_that_it_is_costly(client):
    series = SeriesFactory()
    ThematicMonthFactory(parent=series)
    answer = send(client, "{ thematicMonths(first: 100000) { edges { node { id } } } }").json()
    assert answer["errors"][0]["message"] == "`first` must be from 1 to 100, and is 100000."


def analyse(text: str) -> BaseException | None:
    try:
        operation = make(text).operation(None)
        operation.checked_cost({})
    except (RefusedRequest, RequestErrors) as error:
        return error
    return None


@pytest.mark.parametrize("name", sorted(WORST))
def test_analysis_of_the_worst_documents_is_quick(name):
    # In parses of as many tokens, which nothing can save, since machines differ by a factor of two;
    # three of them are some 50 ms.
    prepare(operations()["MonthList"].text)
    assert seconds(analyse, WORST[name]) < 3 * seconds(parse, WORST["unknown fields"])


def test_worst_documents_are_mostly_over_a_limit():
    refused = [name for name, text in WORST.items() if isinstance(analyse(text), LimitExceeded)]
    assert len(refused) > len(WORST) // 2
