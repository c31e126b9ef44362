"""A page's body in the API: the union of all blocks, resolved from StreamField's raw data."""

import graphene
from graphql import GraphQLResolveInfo
from wagtail.fields import StreamField

from cms.api.blocks import (
    CallToActionBlock,
    DocumentBlock,
    FrequentQuestionsBlock,
    GalleryBlock,
    HeadingBlock,
    ImageBlock,
    PageCardBlock,
    QuoteBlock,
    RawBlock,
    StepsBlock,
    TextBlock,
    TipBlock,
    VideoBlock,
)
from cms.models import HubPage

# Names in cms.blocks.BodyBlock. A block without a type here stops the start (cms/api/schema.py).
TYPES: dict[str, type[graphene.ObjectType]] = {
    "heading": HeadingBlock,
    "text": TextBlock,
    "image": ImageBlock,
    "gallery": GalleryBlock,
    "quote": QuoteBlock,
    "video": VideoBlock,
    "document": DocumentBlock,
    "page_card": PageCardBlock,
    "tip": TipBlock,
    "frequent_questions": FrequentQuestionsBlock,
    "steps": StepsBlock,
    "call_to_action": CallToActionBlock,
}


class BodyBlock(graphene.Union):
    """Any block of a body."""

    class Meta:
        types = tuple(TYPES.values())

    @classmethod
    def resolve_type(
        cls, instance: RawBlock, _info: GraphQLResolveInfo
    ) -> type[graphene.ObjectType]:
        return TYPES[instance.type]


def body_blocks(page: HubPage, name: str = "body") -> list[RawBlock]:
    """A StreamField's blocks, raw; those of a kind that is no more are left out."""
    field = page._meta.get_field(name)
    if not isinstance(field, StreamField):
        raise TypeError(f"{name} is no StreamField.")
    return [
        RawBlock(each["type"], each.get("id") or "", each["value"])
        for each in getattr(page, name).raw_data
        if each["type"] in TYPES
    ]


def body_field() -> graphene.Field:
    return graphene.List(
        graphene.NonNull(BodyBlock),
        description="The text; null when `locked`, or when this kind of page has none.",
    )


class WithBody:
    """Base for extensions of page types with a body."""

    body = body_field()

    @staticmethod
    def resolve_body(page: HubPage, _info: GraphQLResolveInfo) -> list[RawBlock]:
        return body_blocks(page)
