"""The body markup of the demo's texts (content/README.md) as blocks of cms.blocks.BodyBlock."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from demo.content import ContentError
from demo.rich_text import Reference, RichText, html, inline

# Ids of blocks are derived from their place, so that two loads of one text are equal.
NAMESPACE = uuid.UUID("6f1d7a52-6a0f-4b0e-9d0c-0c1a9e5b1ab1")
DASH = " — "
STEP = re.compile(r"\d+\.\s+(?P<title>.+?):\s+(?P<text>.+)")


@dataclass(frozen=True)
class Block:
    """A block whose value still holds references by name."""

    type: str
    value: Any
    where: str


@dataclass
class Source:
    """Lines of a body, read one block at a time."""

    lines: list[str]
    where: str
    at: int = 0

    @property
    def line(self) -> str:
        return self.lines[self.at].strip() if self.at < len(self.lines) else ""

    @property
    def place(self) -> str:
        return f"{self.where}, line {self.at + 1} of the body"

    def take(self) -> str:
        line = self.line
        self.at += 1
        return line

    def take_while(self, accept: Callable[[str], bool]) -> list[str]:
        taken = []
        while self.line and accept(self.line):
            taken.append(self.take())
        return taken


def parse(text: str, where: str) -> list[Block]:
    """Blocks of a body. Paragraphs and lists that follow each other are one block of text."""
    source = Source(text.strip("\n").split("\n"), where)
    blocks: list[Block] = []
    while source.at < len(source.lines):
        if not source.line:
            source.at += 1
            continue
        place = source.place
        kind, value = read_block(source)
        if kind == "text" and blocks and blocks[-1].type == "text":
            blocks[-1] = Block("text", blocks[-1].value + value, blocks[-1].where)
        else:
            blocks.append(Block(kind, value, place))
    return blocks


def read_block(source: Source) -> tuple[str, Any]:
    for begins, read in READERS:
        if begins(source.line):
            return read(source)
    return paragraph(source)


def is_special(line: str) -> bool:
    return any(begins(line) for begins, _read in READERS)


def paragraph(source: Source) -> tuple[str, Any]:
    place = source.place
    lines = source.take_while(lambda line: not is_special(line))
    return "text", html("<p>") + inline(" ".join(lines), place) + html("</p>")


def bullets(source: Source) -> tuple[str, Any]:
    result = html("<ul>")
    while source.line.startswith("- "):
        place = source.place
        result = result + html("<li>") + inline(source.take()[2:], place) + html("</li>")
    return "text", result + html("</ul>")


def heading(source: Source) -> tuple[str, Any]:
    place, line = source.place, source.take()
    marks, _space, text = line.partition(" ")
    if marks not in ("##", "###") or not text.strip():
        raise ContentError(place, "a heading is “## Text”, or “### Text” below another one")
    return "heading", {"text": text.strip(), "level": str(len(marks))}


def quote(source: Source) -> tuple[str, Any]:
    line = " ".join(part.lstrip("> ") for part in source.take_while(lambda it: it.startswith(">")))
    text, _dash, author = line.rpartition(DASH)
    person, _comma, origin = author.partition(", ") if text else ("", "", "")
    return "quote", {"text": text or line, "person": person, "source": origin}


def tip(source: Source) -> tuple[str, Any]:
    place = source.place
    text, _dash, expert = source.take()[2:].rpartition(DASH)
    if not text or not re.fullmatch(r"[a-z0-9-]+", expert):
        raise ContentError(place, "a tip is “! Text — expert-slug”")
    rich = html("<p>") + inline(text, place) + html("</p>")
    return "tip", {"text": rich, "expert": Reference("page", expert)}


def frequent_questions(source: Source) -> tuple[str, Any]:
    pairs = []
    while source.line.startswith("? "):
        place, question = source.place, source.take()[2:]
        answer = source.take_while(lambda line: not is_special(line))
        if not answer:
            raise ContentError(place, "the answer stands on the line below its question")
        rich = html("<p>") + inline(" ".join(answer), place) + html("</p>")
        pairs.append({"question": question, "answer": rich})
        skip_blank_before(source, "? ")
    return "frequent_questions", {"questions": pairs}


def skip_blank_before(source: Source, mark: str) -> None:
    """An empty line between two of the same kind does not part them."""
    following = [
        index for index in range(source.at, len(source.lines)) if source.lines[index].strip()
    ]
    if following and source.lines[following[0]].startswith(mark):
        source.at = following[0]


def steps(source: Source) -> tuple[str, Any]:
    rows = []
    while re.match(r"\d+\. ", source.line):
        place, match = source.place, STEP.fullmatch(source.take())
        if match is None:
            raise ContentError(place, "a step is “1. Title: what to do”")
        rich = html("<p>") + inline(match["text"], place) + html("</p>")
        rows.append({"title": match["title"].strip(), "text": rich})
    return "steps", {"title": "", "steps": rows}


def command(source: Source) -> tuple[str, Any]:
    place, line = source.place, source.take()
    name, _space, rest = line[1:].partition(" ")
    arguments = [part.strip() for part in rest.split("|")]
    counts, build = COMMANDS.get(name, (range(0), None))
    if build is None:
        raise ContentError(place, f"there is no @{name}; there are @{', @'.join(COMMANDS)}")
    if len(arguments) not in counts or not all(arguments):
        raise ContentError(place, f"@{name} has {len(arguments)} parts: see demo/content/README.md")
    return build(arguments, place)


def figure(alt: str) -> dict[str, Any]:
    picture = {"image": Reference("image", alt), "decorative": False, "alt_text": alt}
    return {"image": picture, "caption": ""}


def action(arguments: list[str], place: str) -> tuple[str, Any]:
    label, target, sentence = arguments
    page, url = None, target
    if target.startswith("page:"):
        page, url = Reference("page", target.removeprefix("page:")), ""
    elif not target.startswith("https://"):
        raise ContentError(place, f"@action leads to https://… or page:slug, not to “{target}”")
    return "call_to_action", {"text": sentence, "label": label, "page": page, "url": url}


Command = Callable[[list[str], str], tuple[str, Any]]
COMMANDS: dict[str, tuple[range, Command]] = {
    "image": (range(1, 2), lambda it, _place: ("image", figure(it[0]))),
    "gallery": (
        range(2, 41),
        lambda it, _place: ("gallery", {"images": [figure(alt) for alt in it]}),
    ),
    "video": (range(2, 3), lambda it, _place: ("video", {"title": it[1], "video": it[0]})),
    "document": (
        range(1, 2),
        lambda it, _place: ("document", {"document": Reference("document", it[0]), "title": ""}),
    ),
    "page": (
        range(1, 2),
        lambda it, _place: ("page_card", {"page": Reference("page", it[0]), "text": ""}),
    ),
    "action": (range(3, 4), action),
}
READERS: tuple[tuple[Callable[[str], bool], Callable[[Source], tuple[str, Any]]], ...] = (
    (lambda line: line.startswith("#"), heading),
    (lambda line: line.startswith(">"), quote),
    (lambda line: line.startswith("! "), tip),
    (lambda line: line.startswith("? "), frequent_questions),
    (lambda line: re.match(r"\d+\. ", line) is not None, steps),
    (lambda line: line.startswith("- "), bullets),
    (lambda line: line.startswith("@"), command),
)


def references(value: Any) -> Iterator[Reference]:
    """Every reference in a block or a value."""
    if isinstance(value, Block):
        yield from references(value.value)
    elif isinstance(value, Reference):
        yield value
    elif isinstance(value, RichText):
        yield from (part for part in value.parts if isinstance(part, Reference))
    elif isinstance(value, dict):
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def stream(blocks: list[Block], identify: Callable[[Reference], int]) -> list[dict[str, Any]]:
    """What a StreamField keeps, once every reference has an id."""
    return [
        {
            "type": block.type,
            "value": resolved(block.value, identify, block.where),
            "id": block_id(block.where),
        }
        for block in blocks
    ]


def resolved(value: Any, identify: Callable[[Reference], int], path: str) -> Any:
    if isinstance(value, Reference):
        return identify(value)
    if isinstance(value, RichText):
        return "".join(
            str(identify(part)) if isinstance(part, Reference) else part for part in value.parts
        )
    if isinstance(value, dict):
        return {key: resolved(each, identify, path) for key, each in value.items()}
    if isinstance(value, list):
        return [
            {
                "type": "item",
                "value": resolved(each, identify, path),
                "id": block_id(f"{path}/{index}"),
            }
            for index, each in enumerate(value)
        ]
    return value


def block_id(path: str) -> str:
    return str(uuid.uuid5(NAMESPACE, path))
