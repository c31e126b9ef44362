"""GraphQL types of experts, and of the questions that they answer."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.body import WithBody
from cms.api.loaders import load_children, load_thing
from cms.api.types import extend, type_of
from cms.models import HubImage, Place
from cms.paths import path_of
from thematic_months.models import Answer, Expert, ExpertIndex, ExpertLink, Question


@extend(ExpertLink)
class ExpertLinkFields:
    """A link of an expert's."""


@extend(Expert)
class ExpertFields(WithBody):
    """Somebody who shares knowledge in the network; the title is the name."""

    slug = graphene.String(required=True, description="Unique among experts.")
    photo = graphene.Field(type_of(HubImage), description="Portrait; null when there is none.")
    place = graphene.Field(
        type_of(Place), description="The library where the expert works, if known."
    )
    links = graphene.List(
        graphene.NonNull(type_of(ExpertLink)), required=True, description="Links, in order."
    )

    @staticmethod
    def resolve_photo(expert: Expert, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubImage, expert.photo_id)

    @staticmethod
    def resolve_place(expert: Expert, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Place, expert.place_id)

    @staticmethod
    def resolve_links(expert: Expert, info: GraphQLResolveInfo) -> Any:
        return load_children(info, expert, "links")


@extend(ExpertIndex)
class ExpertIndexFields:
    """Holds the pages of the experts."""


@extend(Answer)
class AnswerFields:
    """An expert's answer."""

    answered_at = graphene.DateTime(required=True, description="When it was given.")
    expert = graphene.Field(
        type_of(Expert), description="Null when the viewer may not see the expert's page."
    )

    @staticmethod
    def resolve_expert(answer: Answer, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Expert, answer.expert_id)


@extend(Question)
class QuestionFields:
    """A member's published question to a month's experts."""

    id = graphene.ID(required=True, description="Identifier, unique among questions.")
    path = graphene.String(required=True, description="Permanent path below its month.")
    asked_at = graphene.DateTime(required=True, description="When it was asked.")
    answers = graphene.List(
        graphene.NonNull(type_of(Answer)), required=True, description="Answers, in order."
    )

    @staticmethod
    def resolve_path(question: Question, _info: GraphQLResolveInfo) -> str:
        return f"{path_of(question.month)}pytania/{question.pk}/"

    @staticmethod
    def resolve_answers(question: Question, info: GraphQLResolveInfo) -> Any:
        return load_children(info, question, "answers")
