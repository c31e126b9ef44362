"""GraphQL types of experts, and of the questions that they answer."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.body import WithBody
from cms.api.lists import Through
from cms.api.loaders import load_children, load_thing
from cms.api.types import extend, rows_of, type_of
from cms.models import HubImage, Place
from projects.lists import PROJECTS, PUBLICATIONS, WORKING_GROUPS
from thematic_months.lists import ARTICLES, MONTHS, QUESTIONS, WEBINARS
from thematic_months.models import (
    Answer,
    Expert,
    ExpertIndex,
    ExpertLink,
    Invitation,
    Question,
    ThematicMonth,
    Webinar,
)

CONTRIBUTED = Through("contributions__expert")


@extend(ExpertLink)
class ExpertLinkFields:
    """A link of an expert's."""


@extend(Expert)
class ExpertFields(WithBody):
    """Somebody who shares knowledge in the network; the title is the name."""

    slug = graphene.String(required=True, description="Unique among experts.")
    photo = graphene.Field(type_of(HubImage), description="Portrait; null when there is none.")
    place = graphene.Field(
        type_of(Place),
        description="The library where the expert works; null while it is not known.",
    )
    links = rows_of(ExpertLink, "Links, in order.")
    months = MONTHS.field(
        "Months that the expert was invited to and confirmed.",
        below=Through("experts__expert", {"experts__invitation": Invitation.CONFIRMED}),
    )
    articles = ARTICLES.field("Articles that the expert contributed to.", below=CONTRIBUTED)
    webinars = WEBINARS.field("Webinars that the expert contributed to.", below=CONTRIBUTED)
    questions = QUESTIONS.field(
        "Published questions that the expert answered.", below=Through("answers__expert")
    )
    projects = PROJECTS.field("Projects that the expert contributed to.", below=CONTRIBUTED)
    publications = PUBLICATIONS.field(
        "Publications that the expert contributed to.", below=CONTRIBUTED
    )
    working_groups = WORKING_GROUPS.field("Groups that the expert works in.", below=CONTRIBUTED)

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
    month = graphene.Field(
        type_of(ThematicMonth),
        description="The month that was asked; null only while that is hidden.",
    )
    webinar = graphene.Field(
        type_of(Webinar),
        description="The webinar that it was asked about; null when it was about the month.",
    )
    answers = rows_of(Answer, "Answers, in order.")

    @staticmethod
    def resolve_month(question: Question, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, ThematicMonth, question.month_id)

    @staticmethod
    def resolve_webinar(question: Question, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Webinar, question.webinar_id)

    @staticmethod
    def resolve_path(question: Question, _info: GraphQLResolveInfo) -> str:
        return question.path

    @staticmethod
    def resolve_answers(question: Question, info: GraphQLResolveInfo) -> Any:
        return load_children(info, question, "answers")
