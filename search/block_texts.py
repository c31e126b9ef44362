"""Text in the blocks of a page's body, from what the database holds of it: no chosen page or image
is loaded for it."""

from collections.abc import Iterator
from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import get_text_for_indexing


def stream_text(field: StreamField, value: blocks.StreamValue) -> str:
    return "\n".join(text for text in _texts(field.stream_block, list(value.raw_data)) if text)


def _texts(block: blocks.Block, raw: Any) -> Iterator[str]:
    """Texts that readers see.

    Of choosers, addresses and choices nothing: their titles belong to other things.
    """
    if not raw:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield get_text_for_indexing(raw)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield raw
    elif isinstance(block, ImageBlock):
        yield raw.get("alt_text") or ""
    else:
        for child_block, child in _children(block, raw):
            yield from _texts(child_block, child)


def _children(block: blocks.Block, raw: Any) -> Iterator[tuple[blocks.Block, Any]]:
    if isinstance(block, blocks.StreamBlock):
        # A block that the code has no longer stays in the database.
        known = (child for child in raw if child["type"] in block.child_blocks)
        yield from ((block.child_blocks[child["type"]], child["value"]) for child in known)
    elif isinstance(block, blocks.ListBlock):
        yield from ((block.child_block, item["value"]) for item in raw)
    elif isinstance(block, blocks.StructBlock):
        yield from ((child, raw.get(name)) for name, child in block.child_blocks.items())
