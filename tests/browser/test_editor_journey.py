"""What the hub is for: an editor publishes in the admin, and a frontend gets it from the API."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from members.roles import Role
from tests.browser.admin import (
    add_below,
    add_block,
    log_in,
    open_list,
    publish,
    text_field,
    upload_cover,
    write,
)
from tests.contract.operations import RunOperation
from tests.factories import SeriesFactory
from tests.home.admin import member_of
from thematic_months.models import ThematicMonth

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

EMAIL, PASSWORD = "redaktorka@example.org", "tajne-haslo"
MONTH = "/12-miesiecy/biblioteka-rzeczy/"
ARTICLE = f"{MONTH}wiertarka-na-karte-czytelnika/"
WEBINAR = f"{MONTH}rzeczy-zamiast-ksiazek/"
# So late that the webinar is to come whenever the test runs.
YEAR, JUNE = 2090, 6


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "regal.png"
    Image.new("RGB", (1600, 1000), "teal").save(path)
    return path


def publish_month(page: Page, picture: Path) -> None:
    open_list(page, group="Miesiące tematyczne", name="Miesiące")
    page.get_by_role("link", name="Dodaj miesiąc").click()
    expect(page.get_by_role("heading", name="Nowy: Miesiąc tematyczny")).to_be_visible()
    text_field(page, "Tytuł*").fill("Biblioteka rzeczy")
    page.get_by_role("spinbutton", name="Rok*").fill(str(YEAR))
    page.get_by_role("combobox", name="Miesiąc*").select_option("Czerwiec")
    text_field(page, "Temat przewodni*").fill("Pożyczamy nie tylko książki.")
    text_field(page, "Lid").fill("Co można znaleźć w wypożyczalni.")
    upload_cover(page, picture, title="Regał", description="Regał z wiertarkami i namiotami")
    publish(page, "Biblioteka rzeczy")


def publish_article(page: Page) -> None:
    add_below(page, ThematicMonth.objects.get(title="Biblioteka rzeczy"), kind="Artykuł")
    text_field(page, "Tytuł*").fill("Wiertarka na kartę czytelnika")
    heading = add_block(page, "Nagłówek")
    text_field(heading, "nagłówek*").fill("Od czego zacząć")
    write(add_block(page, "Tekst"), "Nasza wypożyczalnia działa od roku.")
    quote = add_block(page, "Cytat")
    text_field(quote, "cytat*").fill("Ludzie wracają po namioty.")
    text_field(quote, "kto to powiedział").fill("Anna Nowak")
    questions = add_block(page, "Częste pytania")
    text_field(questions, "pytanie*").fill("Kto naprawia?")
    write(questions, "Sąsiad z warsztatu.")
    steps = add_block(page, "Kroki scenariusza")
    text_field(steps, "tytuł scenariusza").fill("Pierwszy miesiąc")
    text_field(steps, "tytuł*").fill("Zbierz rzeczy")
    write(steps, "Zapytaj mieszkańców.")
    publish(page, "Wiertarka na kartę czytelnika")


def publish_webinar(page: Page) -> None:
    add_below(page, ThematicMonth.objects.get(title="Biblioteka rzeczy"), kind="Webinarium")
    text_field(page, "Tytuł*").fill("Rzeczy zamiast książek")
    text_field(page, "Lid").fill("Jak prowadzić wypożyczalnię.")
    text_field(page, "Początek*").fill(f"14.06.{YEAR} 18:00")
    text_field(page, "Koniec*").fill(f"14.06.{YEAR} 19:30")
    # Puts away the calendar, which lies over what is below.
    page.keyboard.press("Tab")
    publish(page, "Rzeczy zamiast książek")


def picked(nodes: list[dict[str, Any]], *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(node[key] for key in keys) for node in nodes]


def check_month(run_operation: RunOperation) -> None:
    answer = run_operation("MonthDetail", series="12-miesiecy", year=YEAR, month=JUNE)
    month = answer["thematicMonth"]
    assert (month["title"], month["theme"]) == ("Biblioteka rzeczy", "Pożyczamy nie tylko książki.")
    assert (month["path"], month["series"]["title"]) == (MONTH, "12 miesięcy")
    assert month["cover"]["alt"] == "Regał z wiertarkami i namiotami"
    [article] = month["articles"]["nodes"]
    assert (article["title"], article["path"]) == ("Wiertarka na kartę czytelnika", ARTICLE)
    assert picked(month["webinars"]["nodes"], "title", "path", "starts", "ends", "state") == [
        (
            "Rzeczy zamiast książek",
            WEBINAR,
            "2090-06-14T16:00:00+00:00",
            "2090-06-14T17:30:00+00:00",
            "PLANNED",
        )
    ]


def check_article(run_operation: RunOperation) -> None:
    body = run_operation("ArticleDetail", path=ARTICLE)["article"]["body"]
    heading, text, quote, questions, steps = body
    assert [block["__typename"] for block in body] == [
        "HeadingBlock",
        "TextBlock",
        "QuoteBlock",
        "FrequentQuestionsBlock",
        "StepsBlock",
    ]
    assert (heading["heading"], heading["level"]) == ("Od czego zacząć", 2)
    assert text["text"]["html"] == "<p>Nasza wypożyczalnia działa od roku.</p>"
    assert (quote["quotation"], quote["person"]) == ("Ludzie wracają po namioty.", "Anna Nowak")
    [question] = questions["questions"]
    assert question["question"] == "Kto naprawia?"
    assert question["answer"]["html"] == "<p>Sąsiad z warsztatu.</p>"
    [step] = steps["steps"]
    assert (steps["title"], step["title"]) == ("Pierwszy miesiąc", "Zbierz rzeczy")
    assert step["text"]["html"] == "<p>Zapytaj mieszkańców.</p>"


def check_archive(run_operation: RunOperation) -> None:
    archive = run_operation("ArchiveSearch", query="wypożyczalnią")["archive"]
    found = [edge["node"] for edge in archive["edges"]]
    assert (archive["totalCount"], archive["degraded"]) == (3, False)
    assert sorted(picked(found, "kind", "title", "path")) == [
        ("ARTICLE", "Wiertarka na kartę czytelnika", ARTICLE),
        ("THEMATIC_MONTH", "Biblioteka rzeczy", MONTH),
        ("WEBINAR", "Rzeczy zamiast książek", WEBINAR),
    ]
    [passage] = [node["passageHtml"] for node in found if node["kind"] == "ARTICLE"]
    assert "Nasza <mark>wypożyczalnia</mark> działa od roku." in passage


def test_what_an_editor_publishes_everybody_gets_from_the_api(
    page: Page, picture: Path, run_operation: RunOperation
):
    SeriesFactory(title="12 miesięcy", slug="12-miesiecy")
    member_of(Role.EDITOR, email=EMAIL, password=PASSWORD)

    log_in(page, email=EMAIL, password=PASSWORD)
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    publish_month(page, picture)
    publish_article(page)
    publish_webinar(page)

    check_month(run_operation)
    check_article(run_operation)
    check_archive(run_operation)
