"""The inline markup of the demo's texts: bold, italic and links become Wagtail's rich text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from demo.content import ContentError


@dataclass(frozen=True)
class Reference:
    """A page, image or document that a text names; its id is known only in the database."""

    kind: str
    name: str


@dataclass(frozen=True)
class RichText:
    """HTML in pieces; a reference among them stands for the id of a page."""

    parts: tuple[str | Reference, ...]

    def __add__(self, other: "RichText") -> "RichText":
        return RichText(self.parts + other.parts)


INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|\*(?P<italic>[^*\n]+)\*|\[(?P<label>[^\]\n]+)\]\((?P<target>[^)\s]*)\)"
)


def html(text: str) -> RichText:
    return RichText((text,))


def inline(text: str, where: str) -> RichText:
    """One run of text; everything but the markup is escaped."""
    return RichText(tuple(pieces(text, where)))


def pieces(text: str, where: str) -> Iterator[str | Reference]:
    position = 0
    for match in INLINE.finditer(text):
        yield plain(text[position : match.start()], where)
        position = match.end()
        if match["bold"]:
            yield from ("<b>", *pieces(match["bold"], where), "</b>")
        elif match["italic"]:
            yield from ("<i>", *pieces(match["italic"], where), "</i>")
        else:
            yield from link(match["label"], match["target"], where)
    yield plain(text[position:], where)


def plain(text: str, where: str) -> str:
    if "**" in text or "](" in text:
        raise ContentError(where, f"this is no whole bold text or link: “{text.strip()[:60]}”")
    return escape(" ".join(text.split("\n")), quote=False)


def link(label: str, target: str, where: str) -> Iterator[str | Reference]:
    if target.startswith("page:"):
        yield '<a linktype="page" id="'
        yield Reference("page", target.removeprefix("page:"))
        yield '">'
    elif target.startswith(("https://", "http://", "mailto:")):
        yield f'<a href="{escape(target)}">'
    else:
        raise ContentError(where, f"a link leads to https://… or page:slug, not to “{target}”")
    yield from pieces(label, where)
    yield "</a>"
