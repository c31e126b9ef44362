import graphene
from graphql import GraphQLResolveInfo

from cms.api.enums import enum_of
from cms.api.types import extend
from cms.models import HubDocument, Licence
from cms.paths import absolute


@extend(HubDocument)
class DocumentFields:
    """A file to download."""

    graphql_name = "Document"

    id = graphene.ID(required=True, description="Identifier, unique among documents.")
    title = graphene.String(required=True, description="Title.")
    url = graphene.String(required=True, description="Absolute URL to download it from.")
    filename = graphene.String(required=True, description="Name of the file.")
    extension = graphene.String(
        required=True, description="File extension in lower case, for example pdf."
    )
    size = graphene.Int(description="Size in bytes; null while it is not known.")
    content_type = graphene.String(
        required=True, description="Media type by the file's name, for example application/pdf."
    )
    page_count = graphene.Int(
        description="Pages of a PDF; null for other files, and while they are not counted."
    )
    licence = graphene.Field(
        enum_of(Licence), required=True, description="What one may do with it."
    )

    @staticmethod
    def resolve_url(document: HubDocument, _info: GraphQLResolveInfo) -> str:
        return absolute(document.url)

    @staticmethod
    def resolve_extension(document: HubDocument, _info: GraphQLResolveInfo) -> str:
        return document.file_extension.lower()

    @staticmethod
    def resolve_size(document: HubDocument, _info: GraphQLResolveInfo) -> int | None:
        # Kept at upload; asking the storage here would be a request to it for each document.
        return document.file_size
