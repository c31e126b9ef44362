"""No address of the admin opens without the second factor, for whoever may open it at all."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from members.models import Member, MemberSession
from members.roles import Role
from tests.factories import ArticleFactory, MemberFactory
from tests.home.admin import member_of
from tests.members.accounts import PASSWORD, code, log_in, set_up_second_factor

pytestmark = pytest.mark.django_db(transaction=True)
SET_UP = "/konto/weryfikacja-dwuetapowa/wlacz/"
GIVE = "/konto/to-ja/kod/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.ADMIN_SECOND_FACTOR = True


@pytest.fixture
def editor() -> Member:
    return member_of(Role.EDITOR, email="redaktorka@example.org", password=PASSWORD)


def enter(client: Client, member: Member, *, number: str = "", after: str = "/admin/"):
    """Through the password and the code."""
    log_in(client, member.email, after=after)
    return client.post("/konto/kod/", {"code": number or code()})


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR, Role.EXPERT])
def test_role_in_the_admin_is_led_to_set_it_up(client, role):
    member = member_of(role, email="osoba@example.org", password=PASSWORD)
    assert log_in(client, member.email, after="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/")["Location"] == f"{SET_UP}?next=%2Fadmin%2F"


def test_superuser_is_led_to_set_it_up(client):
    client.force_login(MemberFactory(is_superuser=True))
    assert client.get("/admin/users/")["Location"].startswith(SET_UP)


def test_member_without_a_role_needs_none(client, celina):
    assert log_in(client, celina.email)["Location"] == "/konto/"
    # The admin is not theirs; the log-in says so instead of sending them round.
    refused = client.get("/admin/", follow=True)
    assert [path for path, _status in refused.redirect_chain] == ["/konto/logowanie/?next=/admin/"]
    assert "to konto nie ma do niej dostępu" in refused.content.decode()


def test_editor_sets_it_up_and_gets_in(client, editor):
    log_in(client, editor.email, after="/admin/")
    asked = client.get("/admin/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/konto/to-ja/")
    form = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    page = form.content.decode()
    assert "<svg" in page
    assert " style=" not in page
    secret = form.context["form"].secret
    assert secret in page
    done = client.post(SET_UP, {"code": code(secret)}, follow=True)
    assert "Kody zapasowe" in done.content.decode()
    assert "Mam je zapisane: otwórz panel redakcyjny" in done.content.decode()
    assert client.get("/admin/").status_code == 200


def test_password_alone_opens_nothing_once_it_is_set_up(client, editor):
    set_up_second_factor(editor)
    assert log_in(client, editor.email, after="/admin/")["Location"].startswith("/konto/kod/")
    assert client.get("/admin/")["Location"].startswith("/konto/logowanie/")
    assert client.get("/konto/")["Location"].startswith("/konto/logowanie/")


def test_code_opens_the_admin_once(client, editor):
    set_up_second_factor(editor)
    number = code()
    assert enter(client, editor, number=number)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    again = enter(Client(), editor, number=number)
    assert "Ten kod jest błędny" in again.content.decode()


def test_code_of_the_period_before_is_taken_once_too(client, editor):
    set_up_second_factor(editor)
    number = code(periods=-1)
    assert enter(client, editor, number=number)["Location"] == "/admin/"
    assert enter(Client(), editor, number=number).status_code == 200


def test_recovery_code_opens_the_admin_once(client, editor):
    [first, *_rest] = set_up_second_factor(editor)
    assert enter(client, editor, number=first)["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert enter(Client(), editor, number=first).status_code == 200


def test_guesses_of_codes_are_counted(client, editor):
    set_up_second_factor(editor)
    log_in(client, editor.email)
    for _ in range(5):
        client.post("/konto/kod/", {"code": "000000"})
    refused = client.post("/konto/kod/", {"code": code()})
    assert "Zbyt wiele prób" in refused.content.decode()
    assert client.get("/admin/").status_code == 302


def test_session_from_before_it_was_set_up_gives_it_now(client, editor):
    client.force_login(editor)
    set_up_second_factor(editor)
    assert client.get("/admin/")["Location"] == f"{GIVE}?next=%2Fadmin%2F"
    assert client.post(f"{GIVE}?next=/admin/", {"code": code()})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_it_cannot_be_switched_off_by_whom_it_is_required_of(client, editor):
    set_up_second_factor(editor)
    enter(client, editor)
    client.post("/konto/to-ja/", {"password": PASSWORD})
    page = client.post("/konto/weryfikacja-dwuetapowa/wylacz/").content.decode()
    assert "nie można jej wyłączyć" in page
    assert Authenticator.objects.filter(type="totp").exists()


def admin_addresses() -> list[str]:
    """Every address of the admin, with numbers and words where it takes them."""
    found = []

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif "?" not in route and "^" not in route:
                found.append(route)

    walk(get_resolver().url_patterns, "")
    return [route for route in found if route.startswith("admin/")]


def filled(route: str) -> str:
    parts = []
    for part in route.split("/"):
        is_hole = part.startswith("<") or "<" in part
        parts.append(("1" if "int:" in part else "x") if is_hole else part)
    return "/" + "/".join(parts)


def test_no_address_of_the_admin_opens_without_it(client, editor):
    client.force_login(MemberFactory(is_superuser=True))
    # Those two are ours, and have tests of their own.
    addresses = {filled(route) for route in admin_addresses()}
    addresses -= {"/admin/login/", "/admin/logout/"}
    assert len(addresses) > 150
    opened = [
        (method.__name__, address)
        for address in sorted(addresses)
        for method in (client.get, client.post)
        if not method(address).get("Location", "").startswith(SET_UP)
    ]
    assert opened == []


@pytest.mark.parametrize("path", ["/admin/api/main/pages/", "/ADMIN/", "/admin/pages/1/../"])
def test_no_other_spelling_opens_it(client, editor, path):
    client.force_login(editor)
    answer = client.get(path)
    assert answer.status_code in (302, 404)
    assert "Kokpit" not in answer.content.decode()


def test_scripts_of_the_admin_get_403_in_place_of_a_form(client, editor):
    client.force_login(editor)
    answer = client.get("/admin/pages/", headers={"x-requested-with": "XMLHttpRequest"})
    assert answer.status_code == 403


def test_what_is_published_needs_no_second_factor(client, editor):
    article = ArticleFactory()
    client.force_login(editor)
    assert client.get(article.get_url()).status_code == 200


def test_demo_goes_without_it_when_the_setting_says_so(client, editor, settings):
    settings.ADMIN_SECOND_FACTOR = False
    assert log_in(client, editor.email, after="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_wagtails_own_log_in_and_reset_are_gone(client, editor):
    answer = client.post("/admin/login/", {"username": editor.email, "password": PASSWORD})
    assert answer["Location"] == "/konto/logowanie/?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session
    assert client.get("/admin/password_reset/")["Location"] == "/konto/haslo/"
    assert client.get("/admin/password_reset/confirm/MQ/abc-def/").status_code == 404


def test_admins_log_out_is_the_same(client, editor):
    client.force_login(editor)
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_secrets_are_not_readable_in_the_database(editor, settings):
    set_up_second_factor(editor)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert "JBSWY3DPEHPK3PXP" not in stored
    # Another key of the hub still opens them when the one before is named.
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one"
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code())


def test_command_takes_it_off_an_account_that_lost_it(client, editor, capsys):
    set_up_second_factor(editor)
    enter(client, editor)
    call_command("remove_second_factor", "Redaktorka@example.org")
    assert "logged out everywhere" in capsys.readouterr().out
    assert (Authenticator.objects.count(), MemberSession.objects.count()) == (0, 0)
    with pytest.raises(CommandError, match="Nobody logs in with nikt"):
        call_command("remove_second_factor", "nikt@example.org")
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", editor.email)


def test_address_that_an_administrator_changes_is_confirmed_anew(client, editor):
    from members.forms import MemberEditForm

    form = MemberEditForm({"email": "nowa@example.org", "is_active": "on"}, instance=editor)
    assert form.is_valid(), form.errors
    form.save()
    assert log_in(client, "redaktorka@example.org").status_code == 200
    assert log_in(client, "nowa@example.org")["Location"] == "/konto/potwierdzenie/"
