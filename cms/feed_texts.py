"""Texts of pages as readers of feeds show them: plain HTML with absolute addresses, without what
only works on the page.
"""

from bs4 import BeautifulSoup, Tag
from django.template.loader import render_to_string

from cms.body import ready_bodies
from cms.models import HubPage
from cms.paths import absolute, canonical
from cms.rich_text import HTML
from cms.sight import Sight
from cms.visibility import can_read

NOT_SHOWN = ["script", "template", "link", "button", "svg"]
# Attributes that mean something outside the page.
KEPT = {"href", "src", "alt", "width", "height", "cite", "start"}


def texts_of(pages: list[HubPage], sight: Sight) -> dict[int, str]:
    """By primary key, of those that have a text that this viewer may read."""
    readable = [
        page for page in pages if hasattr(page, "body") and can_read(page, viewer=sight.viewer)
    ]
    bodies = ready_bodies([page.body for page in readable], sight)
    return {
        page.pk: plain_html(render_to_string("cms/body.html", {"blocks": blocks}))
        for page, blocks in zip(readable, bodies, strict=True)
        if blocks
    }


def plain_html(source: str) -> str:
    soup = BeautifulSoup(source, "html.parser")
    for element in soup.find_all(NOT_SHOWN):
        element.decompose()
    for element in soup.find_all(name=True):
        with_absolute_addresses(element)
    body = soup.div
    return (body or soup).decode_contents(formatter=HTML).strip()


def with_absolute_addresses(element: Tag) -> None:
    element.attrs = {name: value for name, value in element.attrs.items() if name in KEPT}
    if "src" in element.attrs:
        element["src"] = absolute(str(element["src"]))
    href = str(element.attrs.get("href", ""))
    if href.startswith("/"):
        # Files are the hub's, pages may be a frontend's.
        is_file = href.startswith(("/documents/", "/media/"))
        element["href"] = absolute(href) if is_file else canonical(href)
