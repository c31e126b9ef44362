"""A visitor becomes a member, reads what is for members and takes their data along, with and
without JavaScript.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from cms.models import Audience
from cms.paths import path_of
from members.roles import Role
from tests.browser.conftest import PATIENCE
from tests.factories import ArticleFactory, MemberFactory, body
from tests.home.admin import member_of
from tests.members.accounts import PASSWORD, code, link_in_mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
EMAIL = "zaneta@example.org"


@pytest.fixture(params=[True, False], ids=["javascript", "no javascript"])
def visitor(request, browser: Browser, live_server, own_search_index: None) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url, locale="pl-PL", java_script_enabled=request.param
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_visitor_signs_up_confirms_and_reads(visitor: Page):
    article = ArticleFactory(
        title="Półka wymiany", audience=Audience.MEMBERS, body=body("Sekret sieci.")
    )
    visitor.goto("/")
    visitor.get_by_label("Przeszukaj archiwum").fill("półki wymian")
    visitor.get_by_role("button", name="Szukaj").click()
    hit = visitor.locator(".hit")
    expect(hit).to_contain_text("dla członków")
    hit.get_by_role("link", name="Półka wymiany").click()
    assert urlsplit(visitor.url).path == path_of(article)
    expect(visitor.get_by_text("Sekret sieci.")).to_have_count(0)
    visitor.get_by_role("main").get_by_role("link", name="Załóż konto").click()

    visitor.get_by_label("Adres e-mail").fill(EMAIL)
    visitor.get_by_label("Hasło").fill("12345678")
    visitor.get_by_role("button", name="Załóż konto").click()
    expect(visitor.get_by_role("alert")).to_contain_text("Popraw, zanim przejdziesz dalej")
    expect(visitor.get_by_label("Adres e-mail")).to_have_value(EMAIL)

    visitor.get_by_label("Hasło").fill(PASSWORD)
    visitor.get_by_role("button", name="Załóż konto").click()
    expect(visitor.get_by_role("heading", name="Zajrzyj do swojej poczty")).to_be_visible()

    assert mail.outbox[-1].to == [EMAIL]
    visitor.goto(link_in_mail())
    visitor.get_by_role("button", name="Tak, potwierdzam").click()
    expect(visitor.get_by_role("heading", name="Półka wymiany")).to_be_visible()
    expect(visitor.get_by_text("Sekret sieci.")).to_be_visible()

    visitor.get_by_role("link", name="Moje konto").click()
    visitor.get_by_role("main").get_by_role("button", name="Wyloguj się").click()
    visitor.go_back()
    visitor.reload()
    assert urlsplit(visitor.url).path == "/konto/logowanie/"


def test_member_gives_the_password_and_takes_their_data_along(visitor: Page, tmp_path: Path):
    MemberFactory(email=EMAIL, password=PASSWORD)
    visitor.goto("/konto/logowanie/?next=/konto/moje-dane/")
    visitor.get_by_label("Adres e-mail").fill(EMAIL)
    visitor.get_by_label("Hasło").fill(PASSWORD)
    visitor.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
    visitor.get_by_role("link", name="Pobierz moje dane").click()
    expect(visitor.get_by_role("heading", name="Czy to Ty?")).to_be_visible()
    visitor.get_by_label("Hasło").fill(PASSWORD)
    with visitor.expect_download() as coming:
        visitor.get_by_role("button", name="Dalej").click()
    assert coming.value.suggested_filename == "labib-moje-dane.json"
    coming.value.save_as(tmp_path / "data.json")
    data = json.loads((tmp_path / "data.json").read_text())
    assert data["account"]["email"] == EMAIL


def test_editor_sets_up_the_second_factor_and_publishes_behind_it(visitor: Page, settings):
    settings.ADMIN_SECOND_FACTOR = True
    member_of(Role.EDITOR, email="redaktorka@example.org", password=PASSWORD)
    visitor.goto("/admin/")
    visitor.get_by_label("Adres e-mail").fill("redaktorka@example.org")
    visitor.get_by_label("Hasło").fill(PASSWORD)
    visitor.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
    expect(visitor.get_by_role("heading", name="Czy to Ty?")).to_be_visible()
    visitor.get_by_label("Hasło").fill(PASSWORD)
    visitor.get_by_role("button", name="Dalej").click()
    secret = visitor.locator("code.key").inner_text()
    visitor.get_by_label("Kod z aplikacji").fill(code(secret))
    visitor.get_by_role("button", name="Włącz").click()
    expect(visitor.get_by_role("heading", name="Kody zapasowe")).to_be_visible()
    visitor.get_by_role("link", name="Mam je zapisane: otwórz panel redakcyjny").click()
    expect(visitor).to_have_title(re.compile("^Kokpit"))
