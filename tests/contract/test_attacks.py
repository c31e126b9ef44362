"""What attackers try, after the list in the README of graphql-cop.

https://github.com/dolevf/graphql-cop#detections
"""

import json

import pytest
from django.test import Client

from cms.api.operations import operations
from tests.contract.operations import send


@pytest.fixture
def client(db) -> Client:
    # A resolver that fails must answer so, not raise into the test.
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def outcome(response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


def codes(response) -> set[str]:
    return {each["extensions"]["code"] for each in response.json().get("errors", [])}


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
    ask = operations()["AskQuestion"].text
    for mutation in ("mutation { __typename }", ask):
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
    assert "Did you mean 'topic' or 'topics'?" in response.json()["errors"][0]["message"]


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
