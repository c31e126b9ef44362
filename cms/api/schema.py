"""The GraphQL schema: grapple's types, finished by each app's schema.py, below a root of our own,
guarded by type.
"""

import graphene
from django.core.exceptions import ImproperlyConfigured

from cms.api import changes, contributions, documents, images  # noqa: F401  (they extend grapple's types)
from cms.api.body import TYPES
from cms.api.guard import protect
from cms.api.types import complete_types, generated_types
from cms.blocks import BodyBlock
from home import schema as home
from members import schema as members
from projects import schema as projects
from search import schema as search
from thematic_months import schema as thematic_months


class Query(
    home.Query,
    thematic_months.Query,
    projects.Query,
    search.Query,
    changes.Query,
    members.Query,
    graphene.ObjectType,
):
    """Everything that is published, as far as the viewer may see it."""


def build_schema() -> graphene.Schema:
    missing = set(BodyBlock().child_blocks) ^ set(TYPES)
    if missing:
        raise ImproperlyConfigured(
            f"Blocks and their GraphQL types differ: {', '.join(sorted(missing))}."
        )
    schema = graphene.Schema(query=Query, types=complete_types())
    models = {node._meta.name: model for model, node in generated_types().items()}
    protect(schema.graphql_schema, models)
    return schema


schema = build_schema()
