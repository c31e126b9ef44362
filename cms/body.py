"""A body made ready for its templates: each block with what the viewer may see of the things that
it names.

It reads StreamField's raw data, as the API does, twice: once to learn what all blocks together
refer to, and, when that is loaded, once more. A block that has nothing left to show is dropped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue

from cms.embeds import embed_of
from cms.sight import Sight, Wanted

Things = Sight | Wanted
Value = dict[str, Any]
# Makes a block's raw value ready, or None when nothing of it can be shown.
Preparation = Callable[[Any, Things], Value | None]


@dataclass(frozen=True)
class ReadyBlock:
    type: str
    value: Value

    @property
    def template(self) -> str:
        return f"cms/blocks/{self.type}.html"


def heading(raw: Value, _things: Things) -> Value:
    return {"text": raw.get("text"), "is_part": str(raw.get("level")) == "3"}


def text(raw: str, things: Things) -> Value:
    return {"html": things.html(raw or "")}


def image(raw: Value, things: Things) -> Value | None:
    chosen = raw.get("image") or {}
    picture = things.image(chosen.get("image"))
    if picture is None:
        return None
    alt = "" if chosen.get("decorative") else chosen.get("alt_text") or ""
    return {"image": picture, "alt": alt, "caption": raw.get("caption")}


def gallery(raw: Value, things: Things) -> Value | None:
    figures = [ready for each in items(raw.get("images")) if (ready := image(each, things))]
    return {"figures": figures} if figures else None


def quote(raw: Value, _things: Things) -> Value:
    return {name: raw.get(name) for name in ("text", "person", "source")}


def video(raw: Value, _things: Things) -> Value | None:
    url = web_address(raw.get("video"))
    return {"title": raw.get("title"), "url": url, "embed": embed_of(url)} if url else None


def document(raw: Value, things: Things) -> Value | None:
    found = things.document(raw.get("document"))
    return {"document": found, "title": raw.get("title")} if found else None


def page_card(raw: Value, things: Things) -> Value | None:
    page = things.page(raw.get("page"))
    if page is None:
        return None
    return {"page": page, "path": things.path(page), "text": raw.get("text")}


def tip(raw: Value, things: Things) -> Value:
    expert = things.page(raw.get("expert"))
    return {
        "html": things.html(raw.get("text") or ""),
        "expert": expert,
        "expert_path": things.path(expert) if expert else "",
    }


def frequent_questions(raw: Value, things: Things) -> Value:
    return {
        "questions": [
            {"question": each.get("question"), "html": things.html(each.get("answer") or "")}
            for each in items(raw.get("questions"))
        ]
    }


def steps(raw: Value, things: Things) -> Value:
    return {
        "title": raw.get("title"),
        "steps": [
            {"title": each.get("title"), "html": things.html(each.get("text") or "")}
            for each in items(raw.get("steps"))
        ],
    }


def call_to_action(raw: Value, things: Things) -> Value | None:
    page = things.page(raw.get("page"))
    url = things.path(page) if page else web_address(raw.get("url"))
    return {"text": raw.get("text"), "label": raw.get("label"), "url": url} if url else None


# Names in cms.blocks.BodyBlock; a test holds that each has its preparation and its template.
PREPARATIONS: dict[str, Preparation] = {
    "heading": heading,
    "text": text,
    "image": image,
    "gallery": gallery,
    "quote": quote,
    "video": video,
    "document": document,
    "page_card": page_card,
    "tip": tip,
    "frequent_questions": frequent_questions,
    "steps": steps,
    "call_to_action": call_to_action,
}


def ready_blocks(body: StreamValue, sight: Sight) -> list[ReadyBlock]:
    """The blocks that this viewer is shown, in a number of queries that does not grow with them."""
    return ready_bodies([body], sight)[0]


def ready_bodies(bodies: Iterable[StreamValue], sight: Sight) -> list[list[ReadyBlock]]:
    """The same for many bodies, in as many queries as for one."""
    all_raw = [[each for each in body.raw_data if each["type"] in PREPARATIONS] for body in bodies]
    wanted = Wanted()
    for raw_blocks in all_raw:
        list(prepared(raw_blocks, wanted))
    wanted.load(sight)
    return [list(prepared(raw_blocks, sight)) for raw_blocks in all_raw]


def prepared(raw_blocks: Iterable[Value], things: Things) -> Iterable[ReadyBlock]:
    for each in raw_blocks:
        value = PREPARATIONS[each["type"]](each["value"], things)
        if value is not None:
            yield ReadyBlock(each["type"], value)


def items(raw: Any) -> list[Value]:
    """Values of a ListBlock's raw data."""
    return [each["value"] for each in raw or [] if each.get("value")]


def web_address(raw: Any) -> str:
    """An address outside the hub, or "" for one that a browser would run instead of open."""
    url = str(raw or "")
    return url if url.lower().startswith(("http://", "https://")) else ""
