"""Logging in: where it leads, what it counts, and pages that allauth would show bare."""

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.test import Client
from django.urls import URLPattern, get_resolver

from members import urls
from members.models import Member
from tests.factories import MemberFactory
from tests.members.accounts import (
    NEW_PASSWORD,
    PASSWORD,
    link_in_mail,
    log_in,
    set_up_second_factor,
    sign_up,
)

pytestmark = pytest.mark.django_db(transaction=True)
FOREIGN = [
    "https://zlo.example/",
    "//zlo.example/",
    "/\\zlo.example/",
    "\\\\zlo.example",
    "javascript:alert(1)",
    "https:zlo.example",
    "http://hub.example.org.zlo.example/",
]


@pytest.mark.parametrize("address", FOREIGN)
def test_log_in_leads_to_no_other_site(client, celina, settings, address):
    settings.ALLOWED_HOSTS = ["testserver", ".example"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://zlo.example"]
    assert log_in(client, celina.email, after=address)["Location"] == "/konto/"


@pytest.mark.parametrize("address", FOREIGN)
def test_confirmation_leads_to_no_other_site(client, address):
    sign_up(client, "nowa@example.org", after=address)
    assert "zlo.example" not in mail.outbox[-1].body
    assert "alert" not in mail.outbox[-1].body
    confirmed = Client().post(link_in_mail(), {"next": address})
    assert confirmed["Location"] == "/konto/logowanie/"


def test_log_in_leads_back_to_a_page_of_the_hub(client, celina):
    assert log_in(client, celina.email, after="/artykuly/?strona=2")["Location"] == (
        "/artykuly/?strona=2"
    )


def test_unmarked_log_in_ends_with_the_browser(client, celina):
    log_in(client, celina.email)
    assert client.session.get_expire_at_browser_close()


def test_address_may_be_typed_in_any_case(client, celina):
    assert log_in(client, "Celina@EXAMPLE.org").status_code == 302


def test_account_that_is_switched_off_does_not_open(client, celina):
    Member.objects.update(is_active=False)
    answer = log_in(client, celina.email)
    assert answer["Location"] == "/konto/nieczynne/"
    assert "To konto jest wyłączone" in client.get(answer["Location"]).content.decode()


def test_log_out_ends_the_session_and_a_look_does_not(client, celina):
    log_in(client, celina.email)
    assert "Czy chcesz się wylogować?" in client.get("/konto/wylogowanie/").content.decode()
    assert client.get("/konto/").status_code == 200
    assert client.post("/konto/wylogowanie/")["Location"] == "/"
    assert client.get("/konto/")["Location"] == "/konto/logowanie/?next=/konto/"


def test_too_many_wrong_passwords_are_answered_by_429(client, celina):
    for _ in range(5):
        assert log_in(client, celina.email, password="zle").status_code == 200
    refused = log_in(client, celina.email)
    assert refused.status_code == 429
    assert "Zbyt wiele prób" in refused.content.decode()
    # The right password does not help either, and another account is not touched.
    other = MemberFactory(email="inna@example.org", password=PASSWORD)
    assert log_in(client, other.email).status_code == 302


def test_unknown_address_is_counted_as_a_known_one(client):
    answers = [log_in(client, "nikt@example.org").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_sign_ups_from_one_address_are_counted(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": "2/m/ip"}
    send = [client.post("/konto/rejestracja/", {}).status_code for _ in range(3)]
    assert send == [200, 200, 429]


def test_resets_for_one_mailbox_are_counted(client):
    send = [client.post("/konto/haslo/", {"email": "a@example.org"}).status_code for _ in range(6)]
    assert send == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_confirmation_is_sent_once_in_three_minutes(client, celina):
    celina.emailaddress_set.update(verified=False)
    for _ in range(3):
        log_in(Client(), celina.email)
    assert [message.subject for message in mail.outbox] == ["LABiB: potwierdź swój adres"]


def test_limits_count_the_address_before_the_proxy(client, celina, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    send = [
        client.post("/konto/logowanie/", {}, headers={"x-forwarded-for": f"6.6.6.6, {ip}"})
        for ip in ("10.0.0.1", "10.0.0.2", "10.0.0.1")
    ]
    assert [answer.status_code for answer in send] == [200, 200, 429]


def test_forgotten_password_is_set_anew_once(client, celina):
    client.post("/konto/haslo/", {"email": celina.email})
    assert mail.outbox[-1].body.startswith("Dzień dobry!\n\nKtoś, zapewne Ty, chce ustawić nowe")
    link = link_in_mail()
    form = client.get(link, follow=True)
    assert "-set-password/" in form.redirect_chain[-1][0]
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert "Hasło zostało zmienione" in done.content.decode()
    assert log_in(Client(), celina.email, password=NEW_PASSWORD).status_code == 302
    assert "Ten link już nie działa" in Client().get(link, follow=True).content.decode()


def test_reset_link_works_for_a_day(client, celina, settings):
    key = f"{user_pk_to_url_str(celina)}-{default_token_generator.make_token(celina)}"
    settings.PASSWORD_RESET_TIMEOUT = -1
    page = client.get(f"/konto/haslo/{key}/", follow=True).content.decode()
    assert "Ten link już nie działa" in page


def test_new_password_ends_other_sessions(client, celina):
    other = Client()
    for each in (client, other):
        log_in(each, celina.email)
    new = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post("/konto/zmiana-hasla/", new)["Location"] == "/konto/"
    assert client.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    assert mail.outbox[-1].subject == "LABiB: Twoje hasło zostało zmienione"


def test_new_address_is_confirmed_before_it_counts(client, celina):
    log_in(client, celina.email)
    change = {"email": "nowa@example.org", "action_add": ""}
    asked = client.post("/konto/adres/", change)
    assert asked["Location"].startswith("/konto/to-ja/")
    client.post(asked["Location"], {"password": PASSWORD})
    assert mail.outbox[-1].to == ["nowa@example.org"]
    assert Member.objects.get().email == "celina@example.org"
    client.post(link_in_mail())
    assert Member.objects.get().email == "nowa@example.org"
    assert mail.outbox[-1].to == ["celina@example.org"]
    assert "z celina@example.org na nowa@example.org" in mail.outbox[-1].body


def test_address_of_somebody_else_is_not_told_apart(client, celina):
    MemberFactory(email="inna@example.org")
    log_in(client, celina.email)
    pages = []
    for email in ("inna@example.org", "wolna@example.org"):
        asked = client.post("/konto/adres/", {"email": email, "action_add": ""}, follow=True)
        if asked.redirect_chain and "to-ja" in asked.redirect_chain[-1][0]:
            asked = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
        pages.append(asked.content.decode().replace(email, "…"))
    assert "waits" not in pages[0]
    assert ["czeka na potwierdzenie" in page for page in pages] == [True, True]


def account_paths() -> list[str]:
    """Each page of the account, with keys that open nothing where it takes one."""
    values = {"key": "a:b:c", "uidb36": "1"}
    patterns: list[URLPattern] = [*urls.ENTRANCE, *urls.OWN, *urls.SECOND_FACTOR]
    resolver = get_resolver()
    found = []
    for pattern in patterns:
        [(path, names)] = resolver.reverse_dict.getlist(pattern.name)[0][0][:1]
        found.append(f"/{path % {name: values[name] for name in names}}")
    return found


@pytest.mark.parametrize("path", account_paths())
@pytest.mark.parametrize("is_member", [False, True])
def test_each_page_is_in_our_hand_and_in_polish(client, celina, path, is_member):
    if is_member:
        set_up_second_factor(celina)
        client.force_login(celina)
    page = client.get(path, follow=True)
    if page["Content-Type"].startswith("application/json"):
        return
    html = page.content.decode()
    assert page.status_code in (200, 404)
    assert 'class="site-header"' in html
    assert not re.search(r"<script(?! type=\"(module\" src=|application/ld))", html)
    assert " style=" not in html
    assert "no-store" in page.get("Cache-Control", "no-store")
    for english in ("Sign In", "Password:", "Email", "Menu:", "Forgot"):
        assert english not in html


def test_page_of_a_member_is_kept_by_no_cache_and_that_of_a_stranger_varies(client, celina, home):
    stranger = client.get("/")
    assert "Zaloguj się" in stranger.content.decode()
    assert "Cookie" in stranger["Vary"]
    assert "csrftoken" not in client.cookies
    client.force_login(celina)
    for path in ("/", "/nie-ma-takiej/", "/konto/"):
        page = client.get(path)
        assert "Moje konto" in page.content.decode()
        assert "celina" not in page.content.decode().split("<main")[0]
        assert {"private", "no-store"} <= {
            each.strip() for each in page["Cache-Control"].split(",")
        }
