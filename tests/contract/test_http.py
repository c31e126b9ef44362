"""HTTP: what caches may keep, GET by hash, methods, media types."""

import hashlib
import json
from urllib.parse import urlencode

import pytest
from django.test import Client

from cms.api.operations import FOLDER, manifest, operations
from tests.contract.operations import send
from tests.factories import SeriesFactory, ThematicMonthFactory

NEW = "application/graphql-response+json"


@pytest.fixture
def client(db) -> Client:
    return Client(enforce_csrf_checks=True)


def code(response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def extensions(sha256: str) -> str:
    return json.dumps({"persistedQuery": {"version": 1, "sha256Hash": sha256}})


def get(client: Client, name: str = "MonthList", *, variables: dict | None = None, **headers):
    parameters = {"extensions": extensions(operations()[name].sha256)}
    if variables is not None:
        parameters["variables"] = json.dumps(variables)
    return client.get(f"/graphql/?{urlencode(parameters)}", headers=headers)


def get_text(client: Client, query: str, **parameters: str):
    return client.get(f"/graphql/?{urlencode({'query': query, **parameters})}")


def test_operation_by_hash_is_answered_with_its_variables(client):
    series = SeriesFactory()
    for month in (1, 2):
        ThematicMonthFactory(parent=series, year=2026, month=month)
    answer = get(client, variables={"first": 1}).json()["data"]["thematicMonths"]
    assert (answer["totalCount"], len(answer["nodes"])) == (2, 1)


def test_answer_by_hash_is_for_every_cache(client, settings):
    settings.GRAPHQL_CACHE_SECONDS = 90
    response = get(client)
    assert response["Cache-Control"] == "public, max-age=90"
    assert response["Vary"] == "Accept"
    assert response.cookies == {}


def test_member_who_asks_by_get_is_a_stranger(client, member):
    from cms.models import Audience
    from tests.factories import ArticleFactory

    article = ArticleFactory(parent=SeriesFactory(slug="s"), audience=Audience.MEMBERS)
    client.force_login(member)
    path = {"path": f"/s/{article.slug}/"}
    response = get(client, "ArticleDetail", variables=path)
    assert response.json()["data"]["article"]["locked"] is True
    assert (response["Vary"], response.cookies) == ("Accept", {})
    query = operations()["ArticleDetail"].text
    assert send(client, query, variables=path).json()["data"]["article"]["locked"] is False


def test_answer_that_did_not_change_is_304_and_one_that_did_is_not(client):
    SeriesFactory()
    etag = get(client)["ETag"]
    same = get(client, **{"if-none-match": etag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert same["Cache-Control"].startswith("public")
    ThematicMonthFactory()
    assert get(client, **{"if-none-match": etag}).status_code == 200


def test_tag_differs_by_media_type(client):
    assert get(client)["ETag"] != get(client, accept=NEW)["ETag"]


def test_answer_with_an_error_is_kept_by_no_cache(client):
    response = get(client, variables={"after": "x"})
    assert code(response) == "BAD_USER_INPUT"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_unknown_hash_is_told_in_the_words_that_apollo_knows(client):
    parameters = {"extensions": extensions("0" * 64)}
    response = client.get(f"/graphql/?{urlencode(parameters)}")
    assert (response.status_code, code(response)) == (404, "PERSISTED_QUERY_NOT_FOUND")
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert response["Cache-Control"] == "no-store"


def test_operation_by_hash_is_answered_by_post_too_and_for_no_cache(client):
    body = {"extensions": json.loads(extensions(operations()["SiteFrame"].sha256))}
    response = client.post("/graphql/", body, content_type="application/json")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"


def test_text_beside_an_unknown_hash_is_answered(client):
    """As Apollo Client sends both after the hash alone, with the hash of a manifest that is old."""
    old = json.loads(extensions("0" * 64))
    response = send(client, "{ topics { totalCount } }", extensions=old)
    assert response.json()["data"] == {"topics": {"totalCount": 0}}


def test_second_hash_is_of_the_operation_with_the_typename_of_every_object(client):
    ThematicMonthFactory()
    sha256 = json.loads(manifest())["sha256WithTypename"]["MonthList"]
    parameters = {"extensions": extensions(sha256)}
    answer = client.get(f"/graphql/?{urlencode(parameters)}").json()["data"]["thematicMonths"]
    [month] = answer["nodes"]
    assert (answer["__typename"], month["__typename"]) == (
        "ThematicMonthConnection",
        "ThematicMonth",
    )


@pytest.mark.parametrize(
    "persisted",
    [1, {}, {"version": 2, "sha256Hash": "0" * 64}, {"version": 1, "sha256Hash": "x"}],
)
def test_hash_of_a_wrong_shape_is_refused(client, persisted):
    parameters = {"extensions": json.dumps({"persistedQuery": persisted})}
    response = client.get(f"/graphql/?{urlencode(parameters)}")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


def test_text_by_get_is_answered_and_kept_by_no_cache(client):
    response = get_text(
        client, "query ($n: Int) { thematicMonths(first: $n) { totalCount } }", variables='{"n": 1}'
    )
    assert response.json()["data"] == {"thematicMonths": {"totalCount": 0}}
    assert (response["Cache-Control"], response["Vary"]) == ("no-store", "Accept")


@pytest.mark.parametrize(
    "address",
    [
        "query=%FF",
        "query={topics{nodes{id}}}&query={topics{nodes{id}}}",
        "query={topics{nodes{id}}}&variables=[]",
        "query={topics{nodes{id}}}&variables=x",
        "query={topics{nodes{id}}}&" + "&".join(f"a{n}=" for n in range(30)),
        "variables={}",
        "",
    ],
)
def test_address_of_a_wrong_shape_is_a_bad_request(client, address):
    response = client.get(f"/graphql/?{address}")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("variable", "variable"), ("a\n\x00b", "a??b"), ("ą" * 60, "ą" * 50), ("", "")],
)
def test_unknown_parameter_is_named(client, name, shown):
    query = "{ __typename }"
    by_post = send(client, query, **{name: 1})
    by_get = get_text(client, query, **{name: "1"})
    message = f"`{shown}` is none of query, variables, operationName, extensions."
    for response in (by_post, by_get):
        assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
        assert response.json()["errors"][0]["message"] == message


def test_unknown_extension_is_ignored(client):
    """Clients tell of themselves there."""
    about = {"clientLibrary": {"name": "@apollo/client"}}
    response = send(client, "{ __typename }", extensions=about)
    assert response.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    response = getattr(client, method)("/graphql/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_head_is_get_without_a_body(client, member):
    ThematicMonthFactory()
    client.force_login(member)
    known = {"extensions": extensions(operations()["MonthList"].sha256)}
    for parameters in (known, {"query": "{ topics { totalCount } }"}, {"query": "{ secrets }"}):
        address = f"/graphql/?{urlencode(parameters)}"
        head, whole = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert dict(head.items()) == dict(whole.items())


def test_head_runs_no_mutation(client):
    parameters = urlencode({"query": "mutation { __typename }"})
    assert client.head(f"/graphql/?{parameters}").status_code == 405


def test_head_of_an_answer_that_did_not_change_is_304(client):
    parameters = urlencode({"extensions": extensions(operations()["SiteFrame"].sha256)})
    headers = {"if-none-match": get(client, "SiteFrame")["ETag"]}
    assert client.head(f"/graphql/?{parameters}", headers=headers).status_code == 304


def test_manifest_names_the_hash_of_every_operation():
    assert (FOLDER / "operations.json").read_text() == manifest(), "Run make sdl."
    published = json.loads(manifest())
    text = operations()["MonthList"].text
    assert published["sha256"]["MonthList"] == hashlib.sha256(text.encode()).hexdigest()
    assert set(published["sha256"]) == set(published["sha256WithTypename"]) == set(operations())


# Media types


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        (NEW, NEW),
        (f"{NEW}, application/json;q=0.9", NEW),
        (f"application/json, {NEW};q=0.5", "application/json"),
        (f"{NEW};q=0, */*", "application/json"),
    ],
)
def test_media_type_is_what_the_client_prefers(client, accept, media_type):
    headers = {"accept": accept} if accept else {}
    response = client.post(
        "/graphql/", {"query": "{ __typename }"}, content_type="application/json", headers=headers
    )
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert "Accept" in response["Vary"]


@pytest.mark.parametrize(
    ("accept", "status"), [(None, 400), ("*/*", 400), (NEW, 400), ("application/json", 200)]
)
def test_invalid_document_is_400_but_to_clients_from_before_the_draft(client, accept, status):
    headers = {"accept": accept} if accept else {}
    response = client.post(
        "/graphql/", {"query": "{ secrets }"}, content_type="application/json", headers=headers
    )
    assert (response.status_code, code(response)) == (status, "GRAPHQL_VALIDATION_FAILED")


def test_charset_other_than_utf8_is_refused(client):
    body = '{"query": "{ __typename }"}'
    for charset, status in (("utf-8", 200), ("UTF-8", 200), ("latin-1", 415)):
        response = client.post(
            "/graphql/", body, content_type=f"application/json; charset={charset}"
        )
        assert response.status_code == status
