"""GraphQL types of webinars, their materials and transcripts."""

from itertools import islice
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.body import WithBody
from cms.api.connections import FIRST_DEFAULT, FIRST_MAXIMUM, checked_first
from cms.api.contributions import WithContributions
from cms.api.enums import enum_of
from cms.api.interfaces import PageInterface
from cms.api.lists import Through
from cms.api.loaders import load_children, load_thing
from cms.api.types import extend, type_of
from cms.models import HubDocument
from thematic_months.lists import QUESTIONS
from thematic_months.models import ThematicMonth, Webinar, WebinarMaterial, WebinarState
from thematic_months.transcripts import Cue


@extend(WebinarMaterial)
class WebinarMaterialFields:
    """Something to take away from a webinar."""

    url = graphene.String(
        required=True, description="Absolute URL outside the hub; empty when it is a document."
    )
    document = graphene.Field(
        type_of(HubDocument),
        description="Null when it is an address, or when the viewer may not see it.",
    )

    @staticmethod
    def resolve_document(material: WebinarMaterial, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubDocument, material.document_id)


class TranscriptCue(graphene.ObjectType):
    """What is said in a moment of a recording."""

    start = graphene.Float(required=True, description="Seconds from the beginning.")
    end = graphene.Float(required=True, description="Seconds from the beginning.")
    text = graphene.String(required=True, description="Plain text.")

    @staticmethod
    def resolve_start(cue: Cue, _info: GraphQLResolveInfo) -> float:
        return cue.start / 1000

    @staticmethod
    def resolve_end(cue: Cue, _info: GraphQLResolveInfo) -> float:
        return cue.end / 1000


@extend(Webinar)
class WebinarFields(WithBody, WithContributions):
    """A meeting online."""

    starts = graphene.DateTime(required=True, description="When it starts, with zone.")
    ends = graphene.DateTime(required=True, description="When it ends, with zone.")
    state = graphene.Field(
        enum_of(WebinarState), required=True, description="What readers should be told now."
    )
    month = graphene.Field(
        type_of(ThematicMonth),
        description="The month that it belongs to; null only while that is hidden.",
    )
    registration_url = graphene.String(
        required=True, description="Where to register; empty unless registration is open."
    )
    join_url = graphene.String(
        description=(
            "Where to join; null for those who are not members, when it is over or "
            "does not take place, and when there is none."
        )
    )
    recording_url = graphene.String(
        description="Address of the recording; null when `locked`, or when there is none to show."
    )
    recorded_on = graphene.Date(
        description="Day of the recording; null when there is none to show."
    )
    embed_url = graphene.String(
        description=(
            "Address of the recording's player, for an iframe that is opened by a click; null when "
            "`locked`, empty when the recording can only be linked to, or when there is none."
        )
    )
    state_changes_at = graphene.DateTime(
        description="When time alone changes `state` next; null when it does not."
    )
    transcript = graphene.String(
        description="Plain text; null when `locked`, empty when there is none."
    )
    cues = graphene.List(
        graphene.NonNull(lambda: TranscriptCue),
        first=graphene.Int(
            description=f"How many, 1 to {FIRST_MAXIMUM}; {FIRST_DEFAULT} by default."
        ),
        since=graphene.Float(
            description="Only what begins at this second of the recording or later."
        ),
        description="The transcript by time; null when `locked`, empty when it has no times.",
    )
    materials = graphene.List(
        graphene.NonNull(type_of(WebinarMaterial)), description="Null when `locked`."
    )
    questions = QUESTIONS.field(
        "Published questions to the webinar.", below=Through("webinar"), usual="OLDEST"
    )

    @staticmethod
    def resolve_state(webinar: Webinar, info: GraphQLResolveInfo) -> str:
        return webinar.state_at(info.context.viewer.now).value

    @staticmethod
    def resolve_month(webinar: Webinar, info: GraphQLResolveInfo) -> Any:
        return PageInterface.resolve_parent(webinar, info)

    @staticmethod
    def resolve_registration_url(webinar: Webinar, info: GraphQLResolveInfo) -> str:
        is_open = webinar.state_at(info.context.viewer.now) == WebinarState.REGISTRATION
        return webinar.registration_url if is_open else ""

    @staticmethod
    def resolve_join_url(webinar: Webinar, info: GraphQLResolveInfo) -> str | None:
        viewer = info.context.viewer
        return webinar.joined_by(is_member=viewer.is_member, moment=viewer.now) or None

    @staticmethod
    def resolve_recording_url(webinar: Webinar, _info: GraphQLResolveInfo) -> str | None:
        return webinar.recording_url if webinar.has_recording else None

    @staticmethod
    def resolve_recorded_on(webinar: Webinar, _info: GraphQLResolveInfo) -> Any:
        return webinar.recorded_on if webinar.has_recording else None

    @staticmethod
    def resolve_transcript(webinar: Webinar, _info: GraphQLResolveInfo) -> str:
        return webinar.shown_transcript

    @staticmethod
    def resolve_state_changes_at(webinar: Webinar, info: GraphQLResolveInfo) -> Any:
        return webinar.state_changes_at(info.context.viewer.now)

    @staticmethod
    def resolve_cues(
        webinar: Webinar,
        _info: GraphQLResolveInfo,
        first: int | None = None,
        since: float | None = None,
    ) -> list[Cue]:
        from_start = 0 if since is None else since * 1000
        later = (cue for cue in webinar.cues if cue.start >= from_start)
        return list(islice(later, checked_first(first)))

    @staticmethod
    def resolve_materials(webinar: Webinar, info: GraphQLResolveInfo) -> Any:
        return load_children(info, webinar, "materials")
