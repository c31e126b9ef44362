"""Frontends on other origins: none unless settings name them."""

import pytest
from django.core.checks import Tags, run_checks
from django.test import Client

from tests.contract.operations import send
from tests.settings.test_settings import setting

FRIEND, STRANGER = "https://friend.example", "https://stranger.example"


@pytest.fixture
def client(db, settings) -> Client:
    settings.MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *settings.MIDDLEWARE]
    settings.CORS_ALLOWED_ORIGINS = [FRIEND]
    return Client(enforce_csrf_checks=True)


def preflight(client: Client, origin: str, path: str = "/graphql/"):
    return client.options(
        path,
        headers={
            "origin": origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type, preview-token, authorization",
        },
    )


def test_named_origin_may_ask_with_the_headers_of_the_api(client):
    response = preflight(client, FRIEND)
    assert response["Access-Control-Allow-Origin"] == FRIEND
    allowed = {each.strip() for each in response["Access-Control-Allow-Headers"].split(",")}
    assert allowed == {"accept", "authorization", "content-type", "preview-token"}
    assert response["Access-Control-Allow-Methods"] == "GET, POST, OPTIONS"


def test_cookies_of_other_origins_are_not_taken_unless_a_setting_says_so(client, settings):
    assert "Access-Control-Allow-Credentials" not in preflight(client, FRIEND)
    settings.CORS_ALLOW_CREDENTIALS = True
    assert preflight(client, FRIEND)["Access-Control-Allow-Credentials"] == "true"


def test_answers_vary_by_origin(client):
    response = send(client, "{ __typename }")
    assert {each.strip().lower() for each in response["Vary"].split(",")} >= {"accept", "origin"}


def test_stranger_is_not_named_as_allowed(client):
    assert "Access-Control-Allow-Origin" not in preflight(client, STRANGER)


def test_admin_is_open_to_no_origin(client):
    assert "Access-Control-Allow-Origin" not in preflight(client, FRIEND, "/admin/")


def test_no_origin_is_allowed_by_default():
    answer = setting(
        "[each for each in settings.MIDDLEWARE if 'cors' in each]", "cms.settings.base"
    )
    assert answer.stdout == "[]\n"


@pytest.mark.parametrize(
    ("origins", "named", "everyone"),
    [(f"{FRIEND},{STRANGER}", [FRIEND, STRANGER], False), ("*", [], True)],
)
def test_one_variable_names_the_origins(origins, named, everyone):
    answer = setting(
        "(settings.CORS_ALLOWED_ORIGINS, settings.CORS_ALLOW_ALL_ORIGINS, settings.MIDDLEWARE[0])",
        "cms.settings.base",
        CORS_ALLOWED_ORIGINS=origins,
    )
    assert answer.stdout == f"{(named, everyone, 'corsheaders.middleware.CorsMiddleware')}\n"


@pytest.mark.parametrize(
    ("everyone", "cookies", "found"),
    [
        (False, False, []),
        (False, True, []),
        (True, False, []),
        (True, True, ["hub.E007"]),
    ],
)
def test_start_refuses_cookies_from_every_origin(settings, everyone, cookies, found):
    settings.CORS_ALLOW_ALL_ORIGINS = everyone
    settings.CORS_ALLOW_CREDENTIALS = cookies
    assert [each.id for each in run_checks(tags=[Tags.security]) if "hub." in each.id] == found
