"""What attackers try. The first part follows the list in the README of graphql-cop, the second sends
values that databases, encoders and parsers choke on.
"""

import base64
import json

import pytest
from django.test import Client

from tests.contract.operations import send
from tests.factories import SeriesFactory, ThematicMonthFactory, TopicFactory


@pytest.fixture
def client(db) -> Client:
    # A resolver that fails must answer so, not raise into the test.
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def outcome(response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


def codes(response) -> set[str]:
    return {each["extensions"]["code"] for each in response.json().get("errors", [])}


# https://github.com/dolevf/graphql-cop#detections


def test_alias_overloading(client):
    query = "{ " + " ".join(f"alias{n}: __typename" for n in range(100)) + " }"
    assert outcome(send(client, query)) == (400, "QUERY_TOO_MANY_ROOT_FIELDS")
    query = "{ settings { " + " ".join(f"alias{n}: motto" for n in range(100)) + " } }"
    assert outcome(send(client, query)) == (400, "QUERY_TOO_MANY_ALIASES")


def test_array_based_query_batching(client):
    batch = json.dumps([{"query": "{ __typename }"}] * 10)
    response = client.post("/graphql/", batch, content_type="application/json")
    assert outcome(response) == (400, "BAD_REQUEST")


def test_field_duplication(client):
    query = "{ " + "__typename " * 500 + "}"
    assert outcome(send(client, query)) == (400, "QUERY_TOO_MANY_ROOT_FIELDS")
    query = "{ settings { " + "motto " * 500 + "} }"
    assert outcome(send(client, query)) == (400, "QUERY_TOO_MANY_DUPLICATES")


def test_directive_overloading(client):
    query = "{ __typename " + "@aa" * 50 + " }"
    assert outcome(send(client, query)) == (400, "QUERY_TOO_MANY_DIRECTIVES")


def test_circular_introspection(client):
    query = (
        "{ __schema { types { fields { type { fields { type { fields { type { fields "
        "{ type { name } } } } } } } } } } }"
    )
    assert outcome(send(client, query)) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_get_based_query_is_a_strangers(client, member):
    """Cookies have no part in it, so a foreign page learns and does nothing with them."""
    client.force_login(member)
    response = client.get("/graphql/?query={viewer{id}}")
    assert response["Cache-Control"] == "no-store"
    assert "Cookie" not in response["Vary"]


def test_get_based_mutation(client):
    for mutation in ("mutation { __typename }", "mutation { a }"):
        response = client.get("/graphql/", {"query": mutation})
        assert outcome(response) == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", ""],
)
def test_post_of_what_a_foreign_form_can_send(client, content_type):
    response = client.generic("POST", "/graphql/", b'{"query": "{ __typename }"}', content_type)
    assert outcome(response) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_tracing_and_debug_modes(client):
    response = client.post(
        "/graphql/",
        {"query": "{ __typename }", "extensions": {"tracing": True}},
        content_type="application/json",
        headers={"x-apollo-tracing": "1"},
    )
    assert set(response.json()) == {"data", "extensions"}
    assert set(response.json()["extensions"]) == {"cost"}


def test_page_to_try_queries_is_the_operators_choice(client, settings):
    settings.GRAPHIQL = False
    response = client.get("/graphql/", headers={"accept": "text/html"})
    assert b"graphiql" not in response.content.lower()


def test_introspection_is_the_operators_choice(client, settings):
    settings.GRAPHQL_TRUSTED_ONLY = True
    response = send(client, "{ __schema { types { name } } }")
    assert outcome(response) == (403, "OPERATION_NOT_TRUSTED")


def test_suggestions_name_what_the_public_schema_has(client):
    """Kept: the schema is public, and its names are no secret."""
    response = send(client, "{ topicz { id } }")
    assert response.json()["errors"][0]["message"].endswith(
        "Did you mean 'topics' or 'topic'?"
    ) or ("Did you mean 'topics'" in response.json()["errors"][0]["message"])


@pytest.mark.parametrize(
    "query", ["mutation { a }", "subscription { a }", "subscription { __typename }"]
)
def test_kinds_of_operation_that_the_schema_lacks(client, query):
    assert outcome(send(client, query)) == (400, "GRAPHQL_VALIDATION_FAILED")


@pytest.mark.parametrize(
    "query",
    [
        "query { a(",
        "queryy",
        "{",
        "}",
        "{ a }}",
        "\ufeff",
        "fragment A on Query { a }",
        "type A { a: Int }",
    ],
)
def test_text_that_is_no_operation_is_no_error_of_ours(client, query):
    status, code = outcome(send(client, query))
    assert (status, code) in {
        (400, "GRAPHQL_PARSE_FAILED"),
        (400, "GRAPHQL_VALIDATION_FAILED"),
    }


# Values

LIST = (
    "query ($where: ThematicMonthWhere, $first: Int, $after: String) {"
    " thematicMonths(where: $where, first: $first, after: $after) { edges { node { id } } } }"
)
MONTH = "query ($s: String!, $y: Int!, $m: Int!) { thematicMonth(series: $s, year: $y, month: $m) { id } }"
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
