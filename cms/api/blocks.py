"""Blocks of a body: one type each, in one union. They are resolved from StreamField's raw data, so
that what all blocks of all pages refer to is loaded together instead of block by block.
"""

from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.contributions import Expert
from cms.api.interfaces import PageInterface
from cms.api.loaders import load_page, load_thing
from cms.api.rich_text import RichText
from cms.api.types import type_of
from cms.models import HubDocument, HubImage


@dataclass(frozen=True)
class RawBlock:
    type: str
    id: str
    value: Any


class Block(graphene.Interface):
    """What every block of a body has."""

    id = graphene.ID(
        required=True, description="Identifier of the block, stable while the block is edited."
    )


def own(name: str, default: Any = "") -> Any:
    """A resolver for the block's value of this name."""
    return staticmethod(lambda block, _info: block.value.get(name) or default)


class HeadingBlock(graphene.ObjectType):
    """A heading inside the body."""

    text = graphene.String(required=True, description="Text of the heading.")
    level = graphene.Int(required=True, description="2 for a section, 3 for a part of one.")

    class Meta:
        interfaces = (Block,)

    resolve_text = own("text")

    @staticmethod
    def resolve_level(block: RawBlock, _info: GraphQLResolveInfo) -> int:
        return int(block.value.get("level") or 2)


class TextBlock(graphene.ObjectType):
    """Paragraphs and lists."""

    text = graphene.Field(RichText, required=True, description="The text.")

    class Meta:
        interfaces = (Block,)

    @staticmethod
    def resolve_text(block: RawBlock, _info: GraphQLResolveInfo) -> str:
        return block.value or ""


class Figure(graphene.ObjectType):
    """A picture in a body, with the text alternative and caption that it has there."""

    image = graphene.Field(type_of(HubImage), description="Null when the viewer may not see it.")
    alt = graphene.String(
        required=True, description="Text alternative in this place; empty when decorative here."
    )
    caption = graphene.String(required=True, description="Caption, or empty.")

    @staticmethod
    def resolve_image(figure: dict[str, Any], info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubImage, (figure.get("image") or {}).get("image"))

    @staticmethod
    def resolve_alt(figure: dict[str, Any], _info: GraphQLResolveInfo) -> str:
        picture = figure.get("image") or {}
        return "" if picture.get("decorative") else picture.get("alt_text") or ""

    @staticmethod
    def resolve_caption(figure: dict[str, Any], _info: GraphQLResolveInfo) -> str:
        return figure.get("caption") or ""


class ImageBlock(graphene.ObjectType):
    """A picture."""

    figure = graphene.Field(Figure, required=True, description="The picture with its caption.")

    class Meta:
        interfaces = (Block,)

    @staticmethod
    def resolve_figure(block: RawBlock, _info: GraphQLResolveInfo) -> dict[str, Any]:
        return block.value


class GalleryBlock(graphene.ObjectType):
    """Several pictures that belong together."""

    figures = graphene.List(
        graphene.NonNull(Figure), required=True, description="The pictures, in order."
    )

    class Meta:
        interfaces = (Block,)

    @staticmethod
    def resolve_figures(block: RawBlock, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return items(block.value.get("images"))


class QuoteBlock(graphene.ObjectType):
    """Somebody's words."""

    text = graphene.String(required=True, description="The words.")
    person = graphene.String(required=True, description="Who said them, or empty.")
    source = graphene.String(required=True, description="Where, or empty.")

    class Meta:
        interfaces = (Block,)

    resolve_text, resolve_person, resolve_source = own("text"), own("person"), own("source")


class VideoBlock(graphene.ObjectType):
    """A recording on another site."""

    title = graphene.String(required=True, description="Title, for the frame of the player.")
    url = graphene.String(
        required=True, description="Address of the recording; the frontend decides how to play it."
    )

    class Meta:
        interfaces = (Block,)

    resolve_title, resolve_url = own("title"), own("video")


class DocumentBlock(graphene.ObjectType):
    """A file to download."""

    title = graphene.String(
        required=True, description="Title in this place; empty to show the document's own."
    )
    document = graphene.Field(
        type_of(HubDocument), description="Null when the viewer may not see it."
    )

    class Meta:
        interfaces = (Block,)

    resolve_title = own("title")

    @staticmethod
    def resolve_document(block: RawBlock, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubDocument, block.value.get("document"))


class PageCardBlock(graphene.ObjectType):
    """A recommended page."""

    text = graphene.String(
        required=True, description="Why it is worth reading; empty to show the page's own lead."
    )
    page = graphene.Field(PageInterface, description="Null when the viewer may not see it.")

    class Meta:
        interfaces = (Block,)

    resolve_text = own("text")

    @staticmethod
    def resolve_page(block: RawBlock, info: GraphQLResolveInfo) -> Any:
        return load_page(info, block.value.get("page"))


class TipBlock(graphene.ObjectType):
    """Advice from an expert."""

    text = graphene.Field(RichText, required=True, description="The advice.")
    expert = graphene.Field(
        type_of(Expert),
        description="The expert's page; null without one, or when the viewer may not see it.",
    )

    class Meta:
        interfaces = (Block,)

    resolve_text = own("text")

    @staticmethod
    def resolve_expert(block: RawBlock, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Expert, block.value.get("expert"))


class FrequentQuestion(graphene.ObjectType):
    """A question that is asked often, with its answer."""

    question = graphene.String(required=True, description="The question.")
    answer = graphene.Field(RichText, required=True, description="The answer.")


class FrequentQuestionsBlock(graphene.ObjectType):
    """Questions that are asked often."""

    questions = graphene.List(
        graphene.NonNull(FrequentQuestion), required=True, description="In order."
    )

    class Meta:
        interfaces = (Block,)

    @staticmethod
    def resolve_questions(block: RawBlock, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return items(block.value.get("questions"))


class Step(graphene.ObjectType):
    """One step of a scenario."""

    title = graphene.String(required=True, description="Title of the step.")
    text = graphene.Field(RichText, required=True, description="What to do.")


class StepsBlock(graphene.ObjectType):
    """A scenario, step by step."""

    title = graphene.String(required=True, description="Title of the scenario, or empty.")
    steps = graphene.List(graphene.NonNull(Step), required=True, description="In order.")

    class Meta:
        interfaces = (Block,)

    resolve_title = own("title")

    @staticmethod
    def resolve_steps(block: RawBlock, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        return items(block.value.get("steps"))


class CallToActionBlock(graphene.ObjectType):
    """A button that leads on."""

    text = graphene.String(required=True, description="Sentence above the button, or empty.")
    label = graphene.String(required=True, description="Text on the button.")
    url = graphene.String(
        required=True, description="Absolute URL outside the hub; empty when it leads to a page."
    )
    page = graphene.Field(
        PageInterface,
        description=(
            "Where it leads inside the hub; null when outside, or when the viewer may not see it."
        ),
    )

    class Meta:
        interfaces = (Block,)

    resolve_text, resolve_label, resolve_url = own("text"), own("label"), own("url")

    @staticmethod
    def resolve_page(block: RawBlock, info: GraphQLResolveInfo) -> Any:
        return load_page(info, block.value.get("page"))


def items(raw: Any) -> list[dict[str, Any]]:
    """Values of a ListBlock's raw data."""
    return [each["value"] for each in raw or [] if each.get("value")]
