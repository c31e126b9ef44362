import graphene
from graphql import GraphQLResolveInfo

from cms import images
from cms.api.enums import enum_of, value_of
from cms.api.types import extend
from cms.models import HubImage, Licence
from cms.paths import absolute


class ImageSource(graphene.ObjectType):
    """What an img element needs."""

    src = graphene.String(
        required=True, description="Absolute URL of the largest picture of the preset."
    )
    srcset = graphene.String(
        required=True,
        description="Absolute URLs of all sizes, for `srcset`; empty while none is made.",
    )
    width = graphene.Int(required=True, description="Width of `src` in pixels.")
    height = graphene.Int(required=True, description="Height of `src` in pixels.")


class FocalPoint(graphene.ObjectType):
    """The point of a picture that a crop keeps, for `object-position`."""

    x = graphene.Float(required=True, description="From the left, 0 to 1.")
    y = graphene.Float(required=True, description="From the top, 0 to 1.")


@extend(HubImage)
class ImageFields:
    """A picture."""

    graphql_name = "Image"

    id = graphene.ID(required=True, description="Identifier, unique among images.")
    alt = graphene.String(
        required=True, description="Text alternative; empty for a decorative picture."
    )
    is_decorative = graphene.Boolean(
        required=True, description="Whether screen readers should pass it over."
    )
    credit = graphene.String(required=True, description="Who made it, or empty.")
    licence = graphene.Field(
        enum_of(Licence), required=True, description="What one may do with it."
    )
    width = graphene.Int(required=True, description="Width of the upload in pixels.")
    height = graphene.Int(required=True, description="Height of the upload in pixels.")
    focal_point = graphene.Field(FocalPoint, description="Null when the editor marked none.")
    source = graphene.Field(
        ImageSource,
        required=True,
        preset=graphene.Argument(
            enum_of(images.ImagePreset), required=True, description="Size and crop."
        ),
        description="The picture in a named size. None is made while the request waits.",
    )

    @staticmethod
    def resolve_alt(image: HubImage, _info: GraphQLResolveInfo) -> str:
        return image.default_alt_text

    @staticmethod
    def resolve_focal_point(image: HubImage, _info: GraphQLResolveInfo) -> FocalPoint | None:
        point = image.get_focal_point()
        if point is None:
            return None
        return FocalPoint(x=point.centroid.x / image.width, y=point.centroid.y / image.height)

    @staticmethod
    def resolve_source(
        image: HubImage, _info: GraphQLResolveInfo, preset: images.ImagePreset
    ) -> images.ImageSource:
        return images.source(image, images.ImagePreset(value_of(preset)), address=absolute)
