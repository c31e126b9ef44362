"""Values that databases, encoders and parsers choke on: each gets an answer or an error."""

import base64
import json

import pytest
from django.test import Client

from tests.contract.operations import send
from tests.contract.test_attacks import codes, outcome
from tests.factories import SeriesFactory, ThematicMonthFactory, TopicFactory


@pytest.fixture
def client(db) -> Client:
    # A resolver that fails must answer so, not raise into the test.
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


LIST = (
    "query ($where: ThematicMonthWhere, $first: Int, $after: String) {"
    " thematicMonths(where: $where, first: $first, after: $after) { edges { node { id } } } }"
)
MONTH = (
    "query ($s: String!, $y: Int!, $m: Int!)"
    " { thematicMonth(series: $s, year: $y, month: $m) { id } }"
)
TEXT_ARGUMENTS = {
    "series": "query ($v: String!) { series(slug: $v) { id } }",
    "article": "query ($v: String!) { article(path: $v) { id } }",
    "route": "query ($v: String!) { route(path: $v) { page { id } } }",
    "expert": "query ($v: String!) { expert(slug: $v) { id } }",
    "archive": "query ($v: String!) { archive(query: $v) { totalCount } }",
    "where": "query ($v: String!) { thematicMonths(where: {series: $v}) { totalCount } }",
}
TEXTS = {
    "quote": "'\"`;--",
    "like": "%_\\",
    "format": "{0} %s %(a)s $$ \\x00",
    "control": "\x01\x1b\x7f\u0085\u2028",
    "bidi": "\u202e\u200b\ufeff",
    "astral": "😀" * 50,
    "combining": "e" + "\u0301" * 500,
    "nested": "(" * 500,
    "operators": 'AND OR NOT NEAR * " : ^ - + !',
    "long": "ą" * 10_000,
    "words": "a b " * 2_500,
    "slashes": "/" * 5_000,
    "dots": "/../../etc/passwd",
    "blank": " \t\n",
    "empty": "",
}


@pytest.mark.parametrize("text", sorted(TEXTS))
@pytest.mark.parametrize("argument", sorted(TEXT_ARGUMENTS))
def test_any_text_is_an_answer_or_a_bad_argument(client, argument, text):
    response = send(client, TEXT_ARGUMENTS[argument], variables={"v": TEXTS[text]})
    assert response.status_code == 200
    assert codes(response) <= {"BAD_USER_INPUT"}


@pytest.mark.parametrize("argument", sorted(TEXT_ARGUMENTS))
@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a\udfffb"], ids=["nul", "high", "low"])
def test_text_that_no_database_holds_is_refused(client, argument, text):
    response = send(client, TEXT_ARGUMENTS[argument], variables={"v": text})
    assert outcome(response) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("part", ["query", "operationName", "variables", "extensions"])
def test_half_a_surrogate_anywhere_is_refused(client, part):
    half = "\ud800"
    body = {"query": "{ __typename }"}
    body[part] = {"a": {half: 1}} if part in {"variables", "extensions"} else half
    response = client.post("/graphql/", json.dumps(body), content_type="application/json")
    assert outcome(response) == (400, "BAD_REQUEST")


def test_nul_in_a_literal_is_refused(client):
    for literal in ('"a\\u0000b"', '"\\u0000"', '"""\0"""'):
        response = send(client, f"{{ series(slug: {literal}) {{ id }} }}")
        assert outcome(response) == (400, "BAD_REQUEST")


def test_text_that_is_too_long_is_refused(client):
    response = send(client, TEXT_ARGUMENTS["archive"], variables={"v": "a" * 10_001})
    assert response.json()["errors"][0]["extensions"] == {
        "code": "TEXT_TOO_LONG",
        "limit": "textLength",
        "asked": 10_001,
        "allowed": 10_000,
    }


def test_list_in_variables_that_is_too_long_is_refused(client):
    response = send(client, LIST, variables={"where": {"series": ["a"] * 101}})
    assert outcome(response) == (400, "LIST_TOO_LONG")


@pytest.mark.parametrize("number", [0, -1, 2**31 - 1, -(2**31)])
@pytest.mark.parametrize("argument", ["y", "m"])
def test_any_integer_is_an_answer_or_a_bad_argument(client, argument, number):
    SeriesFactory(slug="s")
    response = send(client, MONTH, variables={"s": "s", "y": 2026, "m": 1, argument: number})
    assert response.status_code == 200
    assert codes(response) <= {"BAD_USER_INPUT"}
    response = send(client, LIST, variables={"where": {"year": number}})
    assert (response.status_code, codes(response)) == (200, set())


@pytest.mark.parametrize(
    ("variables", "path"),
    [
        ({"first": 2**31}, []),
        ({"first": 10**400}, []),
        ({"first": 1.5}, []),
        ({"first": 1e999}, []),
        ({"first": "1"}, []),
        ({"first": True}, []),
        ({"first": [1]}, []),
        ({"first": {}}, []),
        ({"after": 1}, []),
        ({"after": ["x"]}, []),
        ({"where": "x"}, []),
        ({"where": {"year": "x"}}, ["year"]),
        ({"where": {"years": 1}}, []),
        ({"where": [{"year": 1}]}, []),
    ],
)
def test_variable_of_a_wrong_type_is_named_with_the_path_to_the_value(client, variables, path):
    body = json.dumps({"query": LIST, "variables": variables}).replace("Infinity", "1e999")
    response = client.post("/graphql/", body, content_type="application/json")
    error = response.json()["errors"][0]["extensions"]
    assert response.status_code == 400
    (name,) = variables
    assert error == {"code": "BAD_USER_INPUT", "variable": name, "path": path}


def test_unknown_variable_is_named(client):
    response = send(client, LIST, variables={"frist": 1})
    assert outcome(response) == (400, "BAD_USER_INPUT")
    assert response.json()["errors"][0]["message"] == "The operation declares no variable $frist."


@pytest.mark.parametrize("variables", [{}, {"s": None, "y": 1, "m": 1}])
def test_missing_variable_is_named(client, variables):
    response = send(client, MONTH, variables=variables)
    assert outcome(response) == (400, "BAD_USER_INPUT")
    assert response.json()["errors"][0]["extensions"]["variable"] == "s"


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "9" * 5000, "[" * 50_000])
def test_value_that_is_no_json_is_refused(client, constant):
    body = f'{{"query": "{{ __typename }}", "variables": {{"a": {constant}}}}}'
    response = client.post("/graphql/", body, content_type="application/json")
    assert outcome(response) == (400, "BAD_REQUEST")


def test_deep_json_in_variables_is_an_error_of_the_variable(client):
    deep = json.loads('{"series":' * 400 + "1" + "}" * 400)
    assert outcome(send(client, LIST, variables={"where": deep})) == (400, "BAD_USER_INPUT")
    lists = json.loads("[" * 400 + "]" * 400)
    assert outcome(send(client, LIST, variables={"first": lists})) == (400, "BAD_USER_INPUT")


def cursor(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "after",
    [
        "x",
        "=",
        "ą",
        "a" * 5_000,
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"[" * 300).decode(),
        cursor({}),
        cursor([]),
        cursor([2026, 1]),
        cursor([2026, 1, None]),
        cursor([2026, 1, "x"]),
        cursor(["x", 1, 1]),
        cursor([2026, 1, 1.5]),
        cursor([float("nan"), 1, 1]),
        cursor([[1], 1, 1]),
    ],
)
@pytest.mark.parametrize("field", ["thematicMonths", "archive"])
def test_forged_cursor_is_a_bad_argument(client, field, after):
    ThematicMonthFactory()
    query = f"query ($after: String) {{ {field}(after: $after) {{ edges {{ cursor }} }} }}"
    response = send(client, query, variables={"after": after})
    assert response.status_code == 200
    assert codes(response) == {"BAD_USER_INPUT"}


@pytest.mark.parametrize("number", [10**30, -(10**30), 2**63, 2**31])
def test_cursor_with_a_number_of_any_size_is_an_answer_or_a_bad_argument(client, number):
    ThematicMonthFactory()
    for values in ([number, 1, 1], [2026, number, 1], [2026, 1, number]):
        response = send(client, LIST, variables={"after": cursor(values)})
        assert codes(response) <= {"BAD_USER_INPUT"}


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 300])
def test_cursor_with_any_text_is_an_answer_or_a_bad_argument(client, text):
    TopicFactory()
    query = "query ($after: String) { experts(after: $after) { edges { cursor } } }"
    response = send(client, query, variables={"after": cursor([text, 1])})
    assert codes(response) <= {"BAD_USER_INPUT"}


def test_content_length_that_is_no_number_is_refused(client):
    response = client.generic("POST", "/graphql/", b"{}", "application/json", CONTENT_LENGTH="many")
    assert outcome(response) == (400, "BAD_REQUEST")
