"""GraphQL of asking: the mutation, and a member's own questions."""

from typing import Any

import graphene
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import translation
from graphql import GraphQLResolveInfo

from cms.api.enums import enum_of, enum_of_texts
from cms.api.loaders import load_thing
from cms.api.pages import pk_of
from cms.api.types import type_of
from cms.visibility import Viewer, can_see, visible
from members.models import Member
from thematic_months.models import Question, QuestionState, ThematicMonth, Webinar
from thematic_months.models.question import LONGEST_NAME, LONGEST_QUESTION
from thematic_months.questions.asking import (
    ANONYMOUS,
    NAMED,
    SHORTEST_QUESTION,
    AskForm,
    ask,
)

PROBLEMS = {
    "NOT_LOGGED_IN": "Only a member who is logged in can ask.",
    "MONTH_NOT_FOUND": "There is no such month to see.",
    "WEBINAR_NOT_FOUND": "The month has no such webinar to see.",
    "QUESTIONS_CLOSED": "The month takes no questions, or no more.",
    "TEXT_TOO_SHORT": f"The text has less than {SHORTEST_QUESTION} characters.",
    "TEXT_TOO_LONG": f"The text has more than {LONGEST_QUESTION} characters.",
    "NAME_TOO_LONG": f"The name has more than {LONGEST_NAME} characters.",
    "TOO_MANY_OPEN": "Too many questions of this member wait for an answer.",
    "TOO_MANY_THIS_HOUR": "The member has asked enough in this hour.",
    "TOO_MANY_TODAY": "The member has asked enough in these 24 hours.",
}
Problem = enum_of_texts("AskQuestionProblem", PROBLEMS, "Why a question was not taken.")
# Of the form's fields and its errors' codes. Any other error of a field is its first one here.
FIELD_PROBLEMS = {
    "text": {"required": "TEXT_TOO_SHORT", "min_length": "TEXT_TOO_SHORT", "": "TEXT_TOO_LONG"},
    "display_name": {"": "NAME_TOO_LONG"},
    "webinar": {"": "WEBINAR_NOT_FOUND"},
}


class OwnQuestion(graphene.ObjectType):
    """A question as only the member who asked it sees it, in whatever state."""

    id = graphene.ID(required=True, description="Identifier, unique among questions.")
    state = graphene.Field(
        enum_of(QuestionState), required=True, description="Where it stands now."
    )
    text = graphene.String(
        required=True, description="The question, plain text, as moderators may have edited it."
    )
    original_text = graphene.String(
        required=True, description="As the member wrote it; empty when nobody edited it."
    )
    display_name = graphene.String(
        required=True, description="Name that readers see, or empty for an anonymous question."
    )
    decline_reason = graphene.String(description="Why it was declined; null in every other state.")
    asked_at = graphene.DateTime(required=True, description="When it was asked.")
    path = graphene.String(description="Its permanent path; null until it is published.")
    month = graphene.Field(
        type_of(ThematicMonth),
        description="The month that was asked; null while the viewer may not see it.",
    )

    @staticmethod
    def resolve_state(question: Question, _info: GraphQLResolveInfo) -> str:
        # One that was just made has a member of the choices, which graphene does not know.
        return QuestionState(question.state).value

    @staticmethod
    def resolve_decline_reason(question: Question, _info: GraphQLResolveInfo) -> str | None:
        is_declined = question.state == QuestionState.DECLINED
        return question.decline_reason if is_declined else None

    @staticmethod
    def resolve_path(question: Question, info: GraphQLResolveInfo) -> str | None:
        return question.path if can_see(question, viewer=info.context.viewer) else None

    @staticmethod
    def resolve_month(question: Question, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, ThematicMonth, question.month_id)


def own_questions(member: Member) -> QuerySet[Question]:
    own = Question.objects.filter(member=member).select_related("month")
    return own.order_by("-asked_at", "-pk")


class AskQuestionInput(graphene.InputObjectType):
    """A question by the member who is logged in."""

    month = graphene.ID(required=True, description="Identifier of the month that is asked.")
    text = graphene.String(
        required=True,
        description=f"Plain text, {SHORTEST_QUESTION} to {LONGEST_QUESTION} characters.",
    )
    display_name = graphene.String(
        default_value="",
        description=f"Name for readers, at most {LONGEST_NAME} characters; empty for anonymous.",
    )
    webinar = graphene.ID(description="Identifier of a webinar of the month that it is about.")


class AskQuestionError(graphene.ObjectType):
    """One reason why a question was not taken."""

    code = graphene.Field(Problem, required=True, description="The reason, for your code.")
    message = graphene.String(required=True, description="The reason in an English sentence.")
    retry_at = graphene.DateTime(
        description="When the member may ask again; null where that is no matter of time."
    )


class AskQuestionPayload(graphene.ObjectType):
    """What became of a question."""

    question = graphene.Field(OwnQuestion, description="The question; null when there are errors.")
    is_repeated = graphene.Boolean(
        required=True,
        description="Whether the member had asked the month the same before: it is that question.",
    )
    errors = graphene.List(
        graphene.NonNull(AskQuestionError),
        required=True,
        description="Why it was not taken; empty when it was.",
    )


def error(code: str, retry_at: Any = None) -> AskQuestionError:
    return AskQuestionError(code=code, message=PROBLEMS[code], retry_at=retry_at)


def refused(*errors: AskQuestionError) -> AskQuestionPayload:
    return AskQuestionPayload(question=None, is_repeated=False, errors=list(errors))


class Mutation:
    ask_question = graphene.Field(
        AskQuestionPayload,
        required=True,
        input=graphene.Argument(
            AskQuestionInput, required=True, description="What is asked, and of whom."
        ),
        description="Ask a month's experts. Moderators read a question before anybody else does.",
    )

    @staticmethod
    def resolve_ask_question(
        _root: None, info: GraphQLResolveInfo, *, input: AskQuestionInput
    ) -> AskQuestionPayload:
        viewer: Viewer = info.context.viewer
        member = viewer.member
        if member is None:
            return refused(error("NOT_LOGGED_IN"))
        month = ThematicMonth.objects.filter(pk=pk_of(input.month)).first()
        if month is None or not can_see(month, viewer=viewer):
            return refused(error("MONTH_NOT_FOUND"))
        form = form_of(input, month, viewer)
        if input.webinar and not is_webinar(pk_of(input.webinar), month, viewer):
            return refused(error("WEBINAR_NOT_FOUND"))
        with translation.override("en"):
            if not form.is_valid():
                return refused(*errors_of(form))
            try:
                asked = ask(member, month, form.cleaned_data)
            except ValidationError as problem:
                return refused(error(problem.code or "", getattr(problem, "retry_at", None)))
        return AskQuestionPayload(question=asked.question, is_repeated=asked.is_repeated, errors=[])


def form_of(given: AskQuestionInput, month: ThematicMonth, viewer: Viewer) -> AskForm:
    name = (given.display_name or "").strip()
    data = {
        "text": given.text,
        "display_name": name,
        "signature": NAMED if name else ANONYMOUS,
        "webinar": given.webinar or "",
    }
    return AskForm(data, month=month, viewer=viewer)


def is_webinar(pk: int, month: ThematicMonth, viewer: Viewer) -> bool:
    below = Webinar.objects.child_of(month).filter(pk=pk)
    return visible(below, viewer=viewer).exists()


def errors_of(form: AskForm) -> list[AskQuestionError]:
    found = []
    for name, problems in form.errors.as_data().items():
        codes = FIELD_PROBLEMS[name]
        found += [error(codes.get(problem.code or "", codes[""])) for problem in problems]
    return found
