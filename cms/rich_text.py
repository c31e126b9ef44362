"""Rich text for readers: HTML whose internal links lead only to what the viewer may see, and plain
text.
"""

import html as html_escapes
import re
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from django.utils.html import escape
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter

LINKS = re.compile(r"<a\b[^>]*>")
LINK_TYPE = re.compile(r'\blinktype="(\w+)"')
LINK_ID = re.compile(r'\bid="(\d+)"')
SAFE_SCHEMES = ("http://", "https://", "mailto:", "#", "/")
# As written: Beautiful Soup's own make "&lstrok;" of a Polish letter, or "<br/>" of "<br>".
HTML = HTMLFormatter(
    entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix=""
)
# What the editor writes into its tags for itself.
EDITOR_KEYS = re.compile(r'\s+data-block-key="[^"]*"')
# Closing these ends a line of the plain text.
BLOCKS = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>")


def linked_ids(source: str, link_type: str) -> set[int]:
    """Primary keys of the pages (link_type "page") or documents ("document") that the text links
    to.
    """
    ids = set()
    for tag in LINKS.findall(source):
        kind, pk = LINK_TYPE.search(tag), LINK_ID.search(tag)
        if kind and pk and kind[1] == link_type:
            ids.add(int(pk[1]))
    return ids


def to_html(source: str, *, pages: Mapping[int, str], documents: Mapping[int, str]) -> str:
    """HTML with internal links resolved by what the caller found visible: addresses of pages and of
    documents, by id.

    A link to anything else loses its address and keeps its text, the same for what is hidden and
    what does not exist.
    """

    def page_link(attributes: dict[str, str]) -> str:
        path = pages.get(key(attributes))
        return f'<a href="{escape(path)}">' if path else "<a>"

    def document_link(attributes: dict[str, str]) -> str:
        url = documents.get(key(attributes))
        return f'<a href="{escape(url)}">' if url else "<a>"

    def external_link(attributes: dict[str, str]) -> str:
        href = attributes.get("href", "")
        return f'<a href="{escape(href)}">' if href.lower().startswith(SAFE_SCHEMES) else "<a>"

    rewrite = LinkRewriter(
        {
            "page": page_link,
            "document": document_link,
            "external": external_link,
            "email": external_link,
            "anchor": external_link,
        }
    )
    # Pictures and players are blocks of their own; an <embed> that slipped in says nothing to a
    # frontend.
    linked = EmbedRewriter()(rewrite(EDITOR_KEYS.sub("", source)))
    return unlink(linked)


def key(attributes: dict[str, str]) -> int:
    value = attributes.get("id", "")
    return int(value) if value.isdecimal() else 0


def unlink(html: str) -> str:
    """Without <a> elements that lead nowhere; what they say stays."""
    if "<a>" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for anchor in soup.find_all("a", href=False):
        anchor.unwrap()
    return soup.decode(formatter=HTML)


def to_text(source: str) -> str:
    """Plain text, a line for each paragraph and list item."""
    marked = BLOCKS.sub("\n", source)
    text = html_escapes.unescape(re.sub(r"<[^>]*>", "", marked))
    return "\n".join(
        line for line in (" ".join(each.split()) for each in text.splitlines()) if line
    )
