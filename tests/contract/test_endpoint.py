"""The endpoint over HTTP: what it takes, what it refuses, and what its errors tell."""

import json
from unittest.mock import patch

import pytest
from django.test import Client

from home.models import SiteSettings
from tests.contract.operations import send
from tests.factories import SeriesFactory


@pytest.fixture
def client(db) -> Client:
    # A stranger's script: it has no CSRF token.
    return Client(enforce_csrf_checks=True)


def code(response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def test_operation_by_post_as_json_is_answered(client):
    response = send(client, "{ topics { nodes { title } } }")
    assert (response.status_code, response.json()["data"]) == (200, {"topics": {"nodes": []}})


def test_form_is_refused_so_that_a_foreign_page_cannot_send_one(client):
    response = client.post("/graphql/", {"query": "{ topics { nodes { title } } }"})
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"nothing",
        b'"\xff"',
        b'{"query": 1}',
        b'{"query": ""}',
        b'{"query": "{a}", "variables": 1}',
    ],
)
def test_body_of_a_wrong_shape_is_a_bad_request(client, body):
    response = client.post("/graphql/", body, content_type="application/json")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


def test_body_that_is_too_large_is_refused(client):
    response = send(client, "{ topics { nodes { title } } }" + " " * 100_000)
    assert (response.status_code, code(response)) == (413, "REQUEST_TOO_LARGE")


def test_query_with_too_many_tokens_is_refused(client):
    response = send(client, "{ " + "a:topics{id} " * 1000 + "}")
    assert (response.status_code, code(response)) == (400, "QUERY_TOO_MANY_TOKENS")


def test_unknown_field_is_a_validation_error(client):
    response = send(client, "{ secrets }")
    assert (response.status_code, code(response)) == (400, "GRAPHQL_VALIDATION_FAILED")


def test_unknown_operation_name_is_refused(client):
    response = send(client, "query A { topics { nodes { title } } }", operationName="B")
    assert (response.status_code, code(response)) == (400, "OPERATION_NOT_FOUND")


def test_bad_cursor_is_an_error_that_says_what_to_pass(client):
    response = send(client, '{ thematicMonths(after: "x") { totalCount } }')
    error = response.json()["errors"][0]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "endCursor" in error["message"]


@pytest.mark.parametrize("first", [0, -1, 101])
@pytest.mark.parametrize(
    "field", ["thematicMonths", "pagePaths", "changes", 'archive(query: "", ', "topics"]
)
def test_list_size_out_of_bounds_says_what_was_asked_and_what_is_allowed(client, field, first):
    opened = field if "(" in field else f"{field}("
    response = send(client, f"{{ {opened}first: {first}) {{ pageInfo {{ endCursor }} }} }}")
    [error] = response.json()["errors"]
    assert error["message"] == f"`first` must be from 1 to 100, and is {first}."
    assert error["extensions"] == {
        "code": "BAD_USER_INPUT",
        "limit": "first",
        "asked": first,
        "allowed": 100,
    }


def test_text_of_an_exception_stays_inside_and_good_fields_are_answered(client):
    query = '{ topics { nodes { title } } currentMonth(series: "x") { title } }'
    target = "thematic_months.schema.query.month_of"
    with patch(target, side_effect=RuntimeError("password at db.internal")):
        response = send(client, query)
    answer = response.json()
    assert answer["data"] == {"topics": {"nodes": []}, "currentMonth": None}
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL_ERROR"
    assert "db.internal" not in json.dumps(answer)


def test_error_inside_a_loader_reaches_its_field_and_no_other(client):
    settings = SiteSettings.load()
    settings.main_series = SeriesFactory()
    settings.save()
    query = "{ topics { nodes { title } } settings { motto mainSeries { title } } }"
    with patch("cms.api.loaders.specific_pages", side_effect=RuntimeError("db.internal")):
        answer = send(client, query).json()
    assert answer["data"]["topics"] == {"nodes": []}
    assert answer["data"]["settings"]["mainSeries"] is None
    assert [error["path"] for error in answer["errors"]] == [["settings", "mainSeries"]]


def test_error_below_a_non_null_field_costs_the_thing_above_and_nothing_beside_it(client):
    SeriesFactory(slug="cykl")
    query = '{ series(slug: "cykl") { title topics { title } } topics { nodes { title } } }'
    with patch("cms.api.loaders.topics_of", side_effect=RuntimeError("db.internal")):
        answer = send(client, query).json()
    assert answer["data"] == {"series": None, "topics": {"nodes": []}}
    assert [error["path"] for error in answer["errors"]] == [["series", "topics"]]


def test_error_that_nothing_above_can_bear_is_answered_without_data(client):
    SeriesFactory()
    query = "{ allSeries { nodes { title topics { title } } } }"
    with patch("cms.api.loaders.topics_of", side_effect=RuntimeError("db.internal")):
        answer = send(client, query).json()
    assert answer["data"] is None
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"INTERNAL_ERROR"}


def test_answer_to_a_member_is_kept_by_no_cache(client, member):
    client.force_login(member)
    assert send(client, "{ topics { nodes { title } } }")["Cache-Control"] == "private, no-store"


def test_page_to_try_queries_loads_nothing_from_elsewhere(client):
    response = client.get("/graphql/", headers={"accept": "text/html"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "/static/cms/graphiql/graphiql.min.js" in page
    assert "//" not in page.replace("<!doctype html>", "")


def test_page_to_try_queries_is_kept_by_no_cache_in_place_of_an_answer(client):
    response = client.get("/graphql/", headers={"accept": "text/html"})
    assert (response["Cache-Control"], response["Vary"]) == ("no-store", "Accept")


def test_page_to_try_queries_can_be_switched_off(client, settings):
    settings.GRAPHIQL = False
    response = client.get("/graphql/", headers={"accept": "text/html"})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


def test_failure_before_execution_is_answered_in_json_and_tells_nothing(client):
    with patch("cms.api.view.prepare", side_effect=RuntimeError("db.internal")):
        response = send(client, "{ __typename }")
    assert (response.status_code, code(response)) == (500, "INTERNAL_ERROR")
    assert b"db.internal" not in response.content
