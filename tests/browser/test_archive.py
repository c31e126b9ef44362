"""A reader walks through the archive: by keyboard alone, and without JavaScript."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect

from search.archive_pages import ON_A_PAGE
from tests.factories import ArticleFactory, WebinarFactory, body

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def pages() -> None:
    ArticleFactory(title="Kronika miasta", body=body("Piszemy kronikę z mieszkańcami."))
    ArticleFactory(title="Ogród przy bibliotece")
    WebinarFactory(title="Kronika w sieci")


def focused(page: Page) -> str:
    """Its text; of a field, its id."""
    element = "document.activeElement"
    text = page.evaluate(
        f"{element}.matches('input, select') ? {element}.id : {element}.textContent"
    )
    return " ".join(text.split())


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until it stands there, as somebody without a mouse does."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"Tab never comes to {wanted}.")


def test_reader_walks_the_archive_by_keyboard_alone(page: Page, pages: None):
    page.goto("/archiwum/")
    page.keyboard.press("Tab")
    assert focused(page) == "Przejdź do treści"
    tab_to(page, "q")
    page.keyboard.type("kronikami")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 wyniki")
    expect(page.locator(".passage mark").first).to_have_text("kronikę")
    tab_to(page, "Kronika miasta")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kronika miasta")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Czego szukasz?")).to_have_value("kronikami")


def test_results_are_narrowed_ordered_and_paged_by_keyboard_alone(page: Page):
    # At once, as all would be followed one by one.
    with transaction.atomic():
        WebinarFactory(title="Kronika w sieci")
        for number in range(ON_A_PAGE + 1):
            ArticleFactory(title=f"Kronika, część {number + 1:02}")
    page.goto("/archiwum/?q=kronika")
    said = page.get_by_role("status")
    expect(said).to_have_text("22 wyniki")
    tab_to(page, "Artykuły (21)")
    page.keyboard.press("Enter")
    expect(said).to_have_text("21 wyników")
    tab_to(page, "kolejnosc")
    page.keyboard.press("End")
    tab_to(page, "Zmień")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("kolejnosc=tytul"))
    expect(page.locator(".hit h3").first).to_have_text("Kronika, część 01")
    tab_to(page, "Dalsze wyniki")
    page.keyboard.press("Enter")
    expect(page.locator(".hit h3")).to_have_text(["Kronika, część 21"])
    tab_to(page, "Artykuły × – usuń filtr")
    page.keyboard.press("Enter")
    expect(said).to_have_text("22 wyniki")


def test_suggestion_is_chosen_by_arrow_and_enter(page: Page, pages: None):
    page.goto("/archiwum/")
    field = page.get_by_label("Czego szukasz?")
    field.press_sequentially("ogr")
    option = page.get_by_role("option", name=re.compile("Ogród przy bibliotece"))
    expect(option).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    expect(page.get_by_role("heading", name="Ogród przy bibliotece")).to_be_visible()


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page, pages: None):
    page.goto("/")
    field = page.get_by_label("Przeszukaj archiwum")
    field.press_sequentially("ogr")
    expect(page.get_by_role("option")).to_have_count(1)
    # What a screen reader says.
    said = page.locator(".header-search [aria-live]")
    expect(said).to_have_text("Podpowiedzi: 1")
    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(said).to_have_text("")
    expect(field).to_have_value("ogr")


def test_archive_works_without_javascript(browser: Browser, page: Page, live_server, pages: None):
    reader = browser.new_context(
        java_script_enabled=False, base_url=live_server.url, locale="pl-PL"
    ).new_page()
    reader.goto("/")
    reader.get_by_label("Przeszukaj archiwum").fill("kronika")
    reader.get_by_role("button", name="Szukaj").click()
    expect(reader.get_by_role("status")).to_have_text("2 wyniki")
    reader.get_by_role("link", name=re.compile("Webinaria")).first.click()
    expect(reader.get_by_role("status")).to_have_text("1 wynik")
    reader.get_by_role("link", name=re.compile("usuń filtr")).click()
    expect(reader.get_by_role("status")).to_have_text("2 wyniki")
    reader.context.close()
