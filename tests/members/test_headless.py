"""The same account for a frontend: allauth's headless API, and the viewer in GraphQL."""

import json

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client

from cms.models import Audience
from cms.paths import path_of
from members.models import MemberSession
from tests.contract.operations import send
from tests.contract.test_frontend import snippets
from tests.factories import ArticleFactory, MemberFactory, body
from tests.members.accounts import NEW_PASSWORD, PASSWORD, code, log_in, set_up_second_factor
from tests.settings.test_settings import setting

pytestmark = pytest.mark.django_db(transaction=True)
APP = "/_allauth/app/v1"
BROWSER = "/_allauth/browser/v1"
VIEWER = "{ viewer { name email displayName libraryKind town } }"


def post(client: Client, path: str, data: dict, **headers: str):
    return client.post(path, json.dumps(data), content_type="application/json", headers=headers)


def token_of(email: str, password: str = PASSWORD) -> str:
    answer = post(Client(), f"{APP}/auth/login", {"email": email, "password": password})
    assert answer.status_code == 200, answer.content
    return answer.json()["meta"]["session_token"]


def viewer(**headers: str):
    return send(Client(headers=headers), VIEWER)


def key_in_mail() -> str:
    return mail.outbox[-1].body.split("/konto/potwierdzenie/")[1].split()[0].rstrip("/")


def test_frontend_signs_up_confirms_and_reads_as_the_member():
    article = ArticleFactory(audience=Audience.MEMBERS, body=body("Sekret sieci."))
    account = {"email": "nowa@example.org", "password": PASSWORD}
    pending = post(Client(), f"{APP}/auth/signup", account)
    assert pending.status_code == 401
    token = pending.json()["meta"]["session_token"]
    # Signed up is not confirmed.
    assert viewer(**{"X-Session-Token": token}).status_code == 401
    post(Client(), f"{APP}/auth/email/verify", {"key": key_in_mail()}, **{"X-Session-Token": token})

    token = token_of("nowa@example.org")
    assert viewer(**{"X-Session-Token": token}).json()["data"]["viewer"]["email"] == (
        "nowa@example.org"
    )
    query = f'{{ article(path: "{path_of(article)}") {{ locked body {{ __typename }} }} }}'
    locked = send(Client(), query).json()["data"]["article"]
    opened = send(Client(headers={"X-Session-Token": token}), query).json()["data"]["article"]
    assert (locked["locked"], locked["body"]) == (True, None)
    assert (opened["locked"], opened["body"]) == (False, [{"__typename": "TextBlock"}])


def test_viewer_by_token_and_by_cookie_is_the_same(client, celina):
    log_in(client, celina.email)
    by_cookie = send(client, VIEWER)
    by_token = viewer(**{"X-Session-Token": token_of(celina.email)})
    assert by_token.json()["data"] == by_cookie.json()["data"]
    assert by_token.json()["data"]["viewer"] == {
        "name": "celina@example.org",
        "email": "celina@example.org",
        "displayName": "",
        "libraryKind": None,
        "town": "",
    }
    assert by_token["Cache-Control"] == "private, no-store"
    assert not by_token.cookies


@pytest.mark.parametrize("token", ["", "x", "a" * 32, "A" * 32, "a" * 33, "ą" * 3, "a" * 500])
def test_token_of_no_session_is_refused(db, token):
    answer = viewer(**{"X-Session-Token": token})
    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"] == {"code": "INVALID_SESSION_TOKEN"}


def test_token_ends_with_the_log_out(celina):
    token = token_of(celina.email)
    Client().delete(f"{APP}/auth/session", headers={"X-Session-Token": token})
    assert viewer(**{"X-Session-Token": token}).status_code == 401


def test_token_ends_with_a_new_password_with_the_account_and_when_it_is_switched_off(celina):
    other = MemberFactory(email="inna@example.org", password=PASSWORD)
    off = MemberFactory(email="wylaczona@example.org", password=PASSWORD)
    tokens = [token_of(each.email) for each in (celina, other, off)]
    celina.set_password(NEW_PASSWORD)
    celina.save()
    other.delete()
    off.is_active = False
    off.save()
    assert [viewer(**{"X-Session-Token": each}).status_code for each in tokens] == [401] * 3


def test_get_takes_no_token(celina):
    answer = Client().get(
        "/graphql/", {"query": VIEWER}, headers={"X-Session-Token": token_of(celina.email)}
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "SESSION_TOKEN_NEEDS_POST"


def test_second_factor_is_asked_of_frontends_too(celina):
    set_up_second_factor(celina)
    account = {"email": celina.email, "password": PASSWORD}
    pending = post(Client(), f"{APP}/auth/login", account)
    assert pending.status_code == 401
    token = pending.json()["meta"]["session_token"]
    assert viewer(**{"X-Session-Token": token}).status_code == 401
    done = post(
        Client(), f"{APP}/auth/2fa/authenticate", {"code": code()}, **{"X-Session-Token": token}
    )
    token = done.json()["meta"].get("session_token", token)
    assert viewer(**{"X-Session-Token": token}).status_code == 200


def test_token_as_a_cookie_does_not_open_the_admin_without_the_second_factor(settings):
    settings.ADMIN_SECOND_FACTOR = True
    MemberFactory(email="ada@example.org", password=PASSWORD, is_superuser=True)
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = token_of("ada@example.org")
    assert thief.get("/admin/")["Location"].startswith("/konto/weryfikacja-dwuetapowa/wlacz/")


def test_frontend_in_a_browser_needs_the_csrf_token(celina):
    client = Client(enforce_csrf_checks=True)
    account = {"email": celina.email, "password": PASSWORD}
    assert post(client, f"{BROWSER}/auth/login", account).status_code == 403
    client.get(f"{BROWSER}/auth/session")
    token = client.cookies["csrftoken"].value
    answer = post(client, f"{BROWSER}/auth/login", account, **{"X-CSRFToken": token})
    assert answer.status_code == 200
    assert send(client, VIEWER).json()["data"]["viewer"]["email"] == celina.email


def test_frontend_learns_of_too_many_attempts_by_429(celina):
    account = {"email": celina.email, "password": "zle"}
    answers = [post(Client(), f"{APP}/auth/login", account).status_code for _ in range(6)]
    assert answers == [400] * 5 + [429]


def test_sign_up_of_a_taken_address_looks_like_any_other(celina):
    answers = [
        post(Client(), f"{APP}/auth/signup", {"email": email, "password": PASSWORD})
        for email in (celina.email, "nowa@example.org")
    ]
    taken, free = (answer.json() for answer in answers)
    assert [answer.status_code for answer in answers] == [401, 401]
    assert taken["data"] == free["data"]
    assert set(taken["meta"]) == set(free["meta"])


def test_links_of_mails_lead_to_the_frontend_that_has_accounts():
    names = ("settings.HEADLESS_FRONTEND_URLS",)
    answer = setting(*names, "cms.settings.base", FRONTEND_URL="https://labib.example.org/")
    assert "https://labib.example.org/konto/potwierdzenie/{key}" in answer.stdout
    for environment in ({}, {"FRONTEND_URL": "https://x.example", "FRONTEND_ACCOUNTS": "false"}):
        assert setting(*names, "cms.settings.base", **environment).stdout == "{}\n"


def test_mail_leads_to_the_frontend(client, settings):
    settings.HEADLESS_FRONTEND_URLS = {
        "account_confirm_email": "https://labib.example.org/konto/potwierdzenie/{key}"
    }
    post(Client(), f"{APP}/auth/signup", {"email": "nowa@example.org", "password": PASSWORD})
    assert "\nhttps://labib.example.org/konto/potwierdzenie/" in mail.outbox[-1].body


def test_sessions_know_their_member(client, celina):
    token_of(celina.email)
    log_in(client, celina.email)
    assert MemberSession.objects.filter(member=celina).count() == 2


def test_snippet_of_the_document_logs_in_and_asks_for_the_viewer(celina, live_server, tmp_path):
    """With Node, as a frontend's developer runs it."""
    import shutil
    import subprocess

    [snippet] = [each for each in snippets("js") if "_allauth" in each]
    (tmp_path / "viewer.mjs").write_text(snippet)
    environment = {"HUB_URL": live_server.url, "EMAIL": celina.email, "PASSWORD": PASSWORD}
    done = subprocess.run(  # noqa: S603
        [shutil.which("node"), "viewer.mjs"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout == "celina@example.org\n"
