"""What an editor does in the admin, finding things as an editor does: by their Polish labels."""

import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from cms.models import HubPage


def log_in(page: Page, *, email: str, password: str) -> None:
    page.goto("/admin/")
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło").fill(password)
    page.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
    expect(page.get_by_role("link", name="Kokpit")).to_be_visible()


def open_list(page: Page, *, group: str, name: str) -> None:
    menu = page.get_by_role("navigation", name="Główne menu")
    menu.get_by_role("button", name=group).click()
    menu.get_by_role("link", name=name, exact=True).click()


def add_below(page: Page, parent: HubPage, *, kind: str) -> None:
    """By the address that “add a child page” leads to, from wherever one is."""
    page.goto(reverse("wagtailadmin_pages:add_subpage", args=[parent.pk]))
    expect(page.get_by_role("heading", name=f"Stwórz stronę w {parent.title}")).to_be_visible()
    page.get_by_role("link", name=re.compile(f"^{kind}")).click()
    expect(page.get_by_role("heading", name=f"Nowy: {kind}")).to_be_visible()


def upload_cover(page: Page, file: Path, *, title: str, description: str) -> None:
    section(page, "Okładka").get_by_role("button", name="Wybierz obraz").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Prześlij").click()
    form = dialog.get_by_role("tabpanel", name="Prześlij")
    form.get_by_label("Plik").set_input_files(file)
    form.get_by_label("Tytuł").fill(title)
    form.get_by_label("Opis").fill(description)
    form.get_by_role("button", name="Prześlij").click()
    expect(dialog).to_be_hidden()
    expect(section(page, "Okładka").get_by_text(title)).to_be_visible()


def section(page: Page, heading: str) -> Locator:
    return page.get_by_role("region", name=heading, exact=True)


def text_field(place: Page | Locator, label: str) -> Locator:
    return place.get_by_role("textbox", name=label, exact=True)


def add_block(page: Page, kind: str) -> Locator:
    """Put the body's only block of this kind after the others; the block's part of the form."""
    body = section(page, "Tekst*")
    # The last one: there is also one before each block.
    body.get_by_role("button", name="Dodaj blok").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    block = body.get_by_role("region", name=re.compile(rf"^{kind}( |$)"))
    expect(block).to_be_visible()
    return block


def write(place: Locator, text: str) -> None:
    """Into the one rich text of this place."""
    place.locator("[contenteditable=true]").click()
    place.page.keyboard.insert_text(text)
    # The editor hands its text to the form a moment later.
    value = place.locator("[data-streamfield-widget] > input[type=hidden]")
    expect(value).to_have_value(re.compile(re.escape(text)))


def publish(page: Page, title: str) -> None:
    page.get_by_role("button", name="Więcej akcji", exact=True).click()
    page.get_by_role("button", name="Opublikuj", exact=True).click()
    expect(page.get_by_text(f"Strona '{title}' została utworzona i opublikowana.")).to_be_visible()
