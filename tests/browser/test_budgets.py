"""What a page costs a reader with an old telephone."""

import gzip

import pytest
from django.db import transaction
from playwright.sync_api import Page, Response

from cms.paths import path_of
from tests.contract.rich_content import RichSite

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# Gzipped: HTML, styles and scripts of a month, without its pictures.
MOST_BYTES = 100_000
WEIGHED = ("text/html", "text/css", "text/javascript", "application/javascript")
# https://web.dev/articles/cls: what moved, and how far, of all that is seen.
NOTE_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def month_path() -> str:
    with transaction.atomic():
        site = RichSite()
        site.grow(4)
    return path_of(site.month)


def test_month_weighs_little(page: Page, month_path: str):
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(month_path)
    page.wait_for_load_state("networkidle")
    weights = {
        response.url: len(gzip.compress(response.body()))
        for response in responses
        if response.headers.get("content-type", "").split(";")[0] in WEIGHED
    }
    assert len(weights) >= 3
    assert sum(weights.values()) <= MOST_BYTES


def test_nothing_moves_while_a_month_loads(page: Page, month_path: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(NOTE_SHIFTS)
    page.goto(month_path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") == 0
