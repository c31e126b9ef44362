"""Pages that a browser opens are without complaint, and ask nobody but the hub."""

import pytest
from playwright.sync_api import Page, expect

from cms.api.operations import operations
from members.roles import Role
from tests.browser.admin import log_in
from tests.browser.watching import Watch
from tests.factories import ThematicMonthFactory
from tests.home.admin import member_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

EMAIL, PASSWORD = "redaktorka@example.org", "tajne-haslo"


def open_log_in(page: Page) -> None:
    page.goto("/admin/login/")
    expect(page.get_by_role("button", name="Zaloguj się")).to_be_visible()


def open_admin(page: Page) -> None:
    member_of(Role.EDITOR, email=EMAIL, password=PASSWORD)
    log_in(page, email=EMAIL, password=PASSWORD)
    expect(page.get_by_role("region", name="Wymaga uwagi")).to_be_visible()


def open_graphiql(page: Page) -> None:
    page.goto("/graphql/")
    expect(page.get_by_role("button", name="Execute query")).to_be_visible()


@pytest.mark.parametrize("open_page", [open_log_in, open_admin, open_graphiql])
def test_page_opens_without_complaint_and_asks_no_other_host(page: Page, watch: Watch, open_page):
    open_page(page)
    page.wait_for_load_state("networkidle")
    assert watch.complaints == []
    assert watch.other_hosts == set()


@pytest.mark.parametrize("open_page", [open_log_in, open_admin])
def test_admin_is_in_polish(page: Page, open_page):
    open_page(page)
    expect(page.locator("html")).to_have_attribute("lang", "pl")


def test_graphiql_runs_an_operation_and_shows_the_answer(page: Page):
    ThematicMonthFactory(title="Biblioteka rzeczy")
    open_graphiql(page)
    page.get_by_role("region", name="Query Editor").get_by_role("textbox").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(operations()["MonthList"].text)
    page.get_by_role("button", name="Execute query").click()
    answer = page.get_by_role("region", name="Result Window")
    expect(answer).to_contain_text('"title": "Biblioteka rzeczy"')
