"""GraphQL of the account that asks."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.enums import enum_of
from cms.api.errors import BadUserInput
from cms.api.types import type_of
from cms.models import LibraryKind
from members.models import Member
from thematic_months.models import Expert, Question
from thematic_months.schema.asking import OwnQuestion, own_questions

MOST_QUESTIONS = 100


class Viewer(graphene.ObjectType):
    """The member who asks. Nobody else ever gets these fields."""

    name = graphene.String(
        required=True, description="First name and surname, or the e-mail address without them."
    )
    email = graphene.String(required=True, description="Address that the member logs in with.")
    display_name = graphene.String(
        required=True, description="Name that the member shows to readers, or empty."
    )
    library_kind = graphene.Field(
        enum_of(LibraryKind), description="Kind of the member's library; null when not given."
    )
    town = graphene.String(required=True, description="Town of the member's library, or empty.")
    expert = graphene.Field(
        type_of(Expert),
        description="The member's own page as an expert; null when there is none to see.",
    )

    questions = graphene.List(
        graphene.NonNull(OwnQuestion),
        required=True,
        first=graphene.Int(
            default_value=20, description=f"How many at most, from 1 to {MOST_QUESTIONS}."
        ),
        description="Questions that the member asked, in whatever state, the newest first.",
    )

    @staticmethod
    def resolve_questions(
        member: Member, _info: GraphQLResolveInfo, *, first: int | None = 20
    ) -> list[Question]:
        if first is None or not 1 <= first <= MOST_QUESTIONS:
            raise BadUserInput(f"`first` must be from 1 to {MOST_QUESTIONS}.")
        return list(own_questions(member)[:first])

    @staticmethod
    def resolve_name(member: Member, _info: GraphQLResolveInfo) -> str:
        return str(member)

    @staticmethod
    def resolve_library_kind(member: Member, _info: GraphQLResolveInfo) -> str | None:
        return member.library_kind or None

    @staticmethod
    def resolve_expert(member: Member, _info: GraphQLResolveInfo) -> Any:
        return Expert.objects.filter(member=member).first()


class Query:
    viewer = graphene.Field(
        Viewer, description="The member who asks; null for somebody who is not logged in."
    )

    @staticmethod
    def resolve_viewer(_root: None, info: GraphQLResolveInfo) -> Member | None:
        member: Member | None = info.context.viewer.member
        return member
