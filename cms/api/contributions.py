"""Who made a page: what pages of every app share."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.enums import enum_of
from cms.api.execution import then
from cms.api.loaders import load_children, load_page, load_thing, with_visible
from cms.api.selection import LIGHT
from cms.api.types import extend, type_of
from cms.models import (
    Contribution,
    ContributionRole,
    HubPage,
)

# The model is an app's; the plumbing knows it by the foreign key alone.
Expert: Any = Contribution._meta.get_field("expert").related_model


@extend(Contribution)
class ContributionFields:
    """Who made something, and in which role."""

    role = graphene.Field(
        enum_of(ContributionRole), required=True, description="What the person did."
    )
    expert = graphene.Field(
        type_of(Expert), description="The expert's page; null for a person without one."
    )

    @staticmethod
    def resolve_expert(contribution: Contribution, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Expert, contribution.expert_id)


def contributions_field() -> graphene.Field:
    return graphene.List(
        graphene.NonNull(type_of(Contribution)),
        required=True,
        description=(
            "Who made it, in order. An expert whose page the viewer may not see is left out."
        ),
    )


class WithContributions:
    """Base for extensions of page types that people contributed to."""

    contributions = contributions_field()

    @staticmethod
    def resolve_contributions(page: HubPage, info: GraphQLResolveInfo) -> Any:
        return then(
            load_children(info, page, "contributions"),
            lambda rows: with_visible(
                info, rows or [], "expert", lambda row: load_page(info, row.expert_id, names=LIGHT)
            ),
        )
