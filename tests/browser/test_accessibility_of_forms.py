"""Pages of accounts, questions and offered texts have no barrier either, nor have forms that are
given back with errors."""

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.barriers import THEMES, barriers, barriers_at, look_at
from tests.factories import MemberFactory, SeriesFactory
from tests.members.accounts import (
    PASSWORD,
    code,
    link_in_mail,
    set_up_second_factor,
    sign_up,
)
from tests.thematic_months.asking import (
    answer_address,
    ask_address,
    assigned,
    logged_in,
    open_month,
    post_question,
)
from thematic_months.models import Question

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.parametrize(("theme", "width"), THEMES),
]
OF_VISITORS = (
    "account_login",
    "account_signup",
    "account_email_verification_sent",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_deleted",
)
OF_MEMBERS = (
    "account_overview",
    "account_profile",
    "account_email",
    "account_change_password",
    "account_own_data",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "own_questions",
    "own_texts",
    "offer_text",
)
WITH_SECOND_FACTOR = (
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
)


def log_in(page: Page, email: str) -> None:
    page.goto(reverse("account_login"))
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Zaloguj się").click()


def send(page: Page, button: str) -> None:
    """Although the browser would not: what the server says is looked at."""
    form = (
        page.get_by_role("main").locator("form").filter(has=page.get_by_role("button", name=button))
    )
    form.evaluate("form => form.noValidate = true")
    form.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_pages_of_visitors_have_no_barrier(page: Page, client, theme: str, width: int):
    sign_up(client, "nowa@example.org")
    confirm = link_in_mail()
    member = MemberFactory()
    client.post(reverse("account_reset_password"), {"email": member.email})
    look_at(page, theme, width)
    refused = [f"{reverse('account_signup')}zly/", reverse("account_confirm_email", args=["zly"])]
    paths = [reverse(name) for name in OF_VISITORS]
    assert mail.outbox[-1].to == [member.email]
    assert barriers_at(page, [*paths, confirm, link_in_mail(), *refused]) == {}
    page.goto(reverse("account_signup"))
    send(page, "Załóż konto")
    assert barriers(page) == []


def test_pages_of_members_have_no_barrier(page: Page, theme: str, width: int):
    month = open_month(parent=SeriesFactory())
    member = MemberFactory(password=PASSWORD)
    post_question(logged_in(member), month)
    look_at(page, theme, width)
    log_in(page, member.email)
    paths = [reverse(name) for name in OF_MEMBERS]
    assert barriers_at(page, [*paths, ask_address(month)]) == {}
    send(page, "Wyślij pytanie")
    assert barriers(page) == []
    page.goto(reverse("offer_text"))
    send(page, "Wyślij tekst")
    assert barriers(page) == []


def test_page_of_the_first_password_has_no_barrier(page: Page, live_server, theme: str, width: int):
    session = logged_in(MemberFactory(password=None)).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": live_server.url}]
    )
    look_at(page, theme, width)
    page.goto(reverse("account_set_password"))
    expect(page.get_by_role("heading", name="Ustaw hasło")).to_be_visible()
    assert barriers(page) == []
    send(page, "Ustaw hasło")
    assert barriers(page) == []


def test_pages_of_the_second_factor_have_no_barrier(page: Page, theme: str, width: int):
    member = MemberFactory(password=PASSWORD)
    set_up_second_factor(member)
    look_at(page, theme, width)
    log_in(page, member.email)
    expect(page.get_by_label("Kod")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Kod").fill(code())
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("navigation", name="Moje konto")).to_be_visible()
    assert barriers_at(page, [reverse(name) for name in WITH_SECOND_FACTOR]) == {}


def test_form_of_an_expert_has_no_barrier(page: Page, theme: str, width: int):
    month = open_month(parent=SeriesFactory())
    post_question(logged_in(), month)
    assignment = assigned(Question.objects.get())
    look_at(page, theme, width)
    assert barriers_at(page, ["/odpowiedz/zly/", answer_address(assignment)]) == {}
    send(page, "Wyślij odpowiedź")
    assert barriers(page) == []
