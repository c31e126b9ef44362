"""What stands in the way of readers on a page, as far as a machine can tell."""

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Each theme at one width: colours and widths have nothing to do with each other.
THEMES = [("light", 1280), ("dark", 360)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def look_at(page: Page, theme: Any, width: int) -> None:
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})


def barriers(page: Page) -> list[str]:
    """What axe finds on the open page, and by how many pixels it is wider than the window."""
    found = Axe().run(page, options=RULES).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [
        *(f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]),
        *([f"wider by {wider}"] if wider > 0 else []),
    ]


def barriers_at(page: Page, paths: Iterable[str]) -> dict[str, list[str]]:
    """By address, of those that have any."""
    found = {}
    for path in paths:
        page.goto(path)
        if here := barriers(page):
            found[path] = here
    return found
