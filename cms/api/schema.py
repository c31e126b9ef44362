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

# In place of graphene's, which say no more than ISO 8601.
SCALARS = {
    "Date": "A calendar day in Poland, ISO 8601: `2026-11-02`.",
    "DateTime": (
        "A moment, ISO 8601 with seconds and offset: `2026-11-02T17:00:00+00:00`. The offset may "
        "be any: show it in the zone Europe/Warsaw."
    ),
    "Time": "A local time of day where something takes place, ISO 8601: `17:00:00`.",
}


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


class Mutation(thematic_months.Mutation, graphene.ObjectType):
    """What a member may do. Wrong input is data of the answer, not an error of it."""


def build_schema() -> graphene.Schema:
    missing = set(BodyBlock().child_blocks) ^ set(TYPES)
    if missing:
        raise ImproperlyConfigured(
            f"Blocks and their GraphQL types differ: {', '.join(sorted(missing))}."
        )
    schema = graphene.Schema(query=Query, mutation=Mutation, types=complete_types())
    models = {node._meta.name: model for model, node in generated_types().items()}
    protect(schema.graphql_schema, models)
    for name, text in SCALARS.items():
        schema.graphql_schema.type_map[name].description = text
    return schema


schema = build_schema()
