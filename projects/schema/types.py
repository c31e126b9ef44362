"""GraphQL types of projects, editions, events, publications and working groups."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.body import WithBody
from cms.api.contributions import WithContributions
from cms.api.enums import enum_of
from cms.api.interfaces import PageInterface
from cms.api.lists import Below, Through
from cms.api.loaders import load_children, load_thing
from cms.api.types import extend, rows_of, type_of
from cms.models import HubDocument, Organiser, Place
from home.schema.partnerships import WithPartnerships
from projects.lists import EDITIONS, EVENTS, PUBLICATIONS
from projects.models import (
    Edition,
    Event,
    EventKind,
    EventProgrammeItem,
    EventStatus,
    Exchange,
    GroupStatus,
    Laureate,
    Project,
    ProjectIndex,
    ProjectKind,
    ProjectStatus,
    Publication,
    PublicationIndex,
    WorkingGroup,
    WorkingGroupIndex,
)
from projects.models.publication import PublicationLanguage
from thematic_months.lists import ARTICLES
from thematic_months.models import Article

ABOUT = Through("subjects__page")


@extend(ProjectIndex)
class ProjectIndexFields:
    """Holds the projects."""


@extend(PublicationIndex)
class PublicationIndexFields:
    """Holds the publications."""


@extend(WorkingGroupIndex)
class WorkingGroupIndexFields:
    """Holds the working groups."""


class WithDates:
    starts_on = graphene.Date(description="First day; null while it is not known.")
    ends_on = graphene.Date(description="Last day; null while it is not known.")


@extend(Project)
class ProjectFields(WithBody, WithContributions, WithPartnerships, WithDates):
    """What the network or its members do beside thematic months."""

    slug = graphene.String(required=True, description="Unique among projects.")
    kind = graphene.Field(enum_of(ProjectKind), required=True, description="Kind of project.")
    organiser = graphene.Field(enum_of(Organiser), required=True, description="Who runs it.")
    status = graphene.Field(
        enum_of(ProjectStatus),
        required=True,
        description="Whether it is planned, running or ended.",
    )
    continues = graphene.Field(
        type_of(Project),
        description="The older project that this one carries on; null when it carries on none.",
    )
    editions = EDITIONS.field("Runs of the project.", below=Below())
    events = EVENTS.field("Events of the project and of its editions.", below=Below())
    publications = PUBLICATIONS.field("What came from it.", below=Through("origin"))
    articles = ARTICLES.field("Articles about the project.", below=ABOUT)

    @staticmethod
    def resolve_continues(project: Project, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Project, project.continues_id)


@extend(Laureate)
class LaureateFields:
    """Somebody who was awarded."""

    place = graphene.Field(type_of(Place), description="The awarded library; null when it is none.")

    @staticmethod
    def resolve_place(laureate: Laureate, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Place, laureate.place_id)


@extend(Exchange)
class ExchangeFields(WithDates):
    """A visit of one library's staff in another."""

    host = graphene.Field(
        type_of(Place), description="The library that was visited; null while it is not known."
    )
    guest = graphene.Field(
        type_of(Place), description="The library whose staff came; null while it is not known."
    )
    report = graphene.Field(
        type_of(Article), description="Null without one, or when the viewer may not see it."
    )

    @staticmethod
    def resolve_host(exchange: Exchange, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Place, exchange.host_id)

    @staticmethod
    def resolve_guest(exchange: Exchange, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Place, exchange.guest_id)

    @staticmethod
    def resolve_report(exchange: Exchange, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Article, exchange.report_id)


@extend(Edition)
class EditionFields(WithBody, WithContributions, WithDates):
    """One run of a project."""

    laureates = rows_of(Laureate, "Who was awarded, in order.")
    exchanges = rows_of(Exchange, "Visits, in order.")
    project = graphene.Field(
        type_of(Project), description="The project that it is a run of; null only while hidden."
    )
    events = EVENTS.field("Events of the edition.", below=Below())
    articles = ARTICLES.field("Articles about the edition.", below=ABOUT)

    @staticmethod
    def resolve_project(edition: Edition, info: GraphQLResolveInfo) -> Any:
        return PageInterface.resolve_parent(edition, info)

    @staticmethod
    def resolve_laureates(edition: Edition, info: GraphQLResolveInfo) -> Any:
        return load_children(info, edition, "laureates")

    @staticmethod
    def resolve_exchanges(edition: Edition, info: GraphQLResolveInfo) -> Any:
        return load_children(info, edition, "exchanges")


@extend(EventProgrammeItem)
class EventProgrammeItemFields:
    """What happens at an event."""

    time = graphene.Time(description="Local time of the place; null while it is not known.")


@extend(Event)
class EventFields(WithBody, WithContributions):
    """A gathering, conference, workshop or meeting."""

    kind = graphene.Field(enum_of(EventKind), required=True, description="Kind of event.")
    status = graphene.Field(
        enum_of(EventStatus), required=True, description="Whether it takes place as planned."
    )
    starts = graphene.DateTime(required=True, description="When it starts, with zone.")
    ends = graphene.DateTime(required=True, description="When it ends, with zone.")
    registration_url = graphene.String(
        required=True, description="Where to register; empty once it has begun or is called off."
    )
    place = graphene.Field(
        type_of(Place), description="Where; null for an event that is only online."
    )
    programme = rows_of(EventProgrammeItem, "What happens, in order.")
    articles = ARTICLES.field("Articles about the event.", below=ABOUT)

    @staticmethod
    def resolve_registration_url(event: Event, info: GraphQLResolveInfo) -> str:
        is_open = event.status == EventStatus.PLANNED and info.context.viewer.now < event.starts
        return event.registration_url if is_open else ""

    @staticmethod
    def resolve_place(event: Event, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Place, event.place_id)

    @staticmethod
    def resolve_programme(event: Event, info: GraphQLResolveInfo) -> Any:
        return load_children(info, event, "programme")


@extend(Publication)
class PublicationFields(WithBody, WithContributions):
    """A book, guide or report."""

    slug = graphene.String(required=True, description="Unique among publications.")
    language = graphene.Field(
        enum_of(PublicationLanguage), required=True, description="Language, an ISO 639-1 code."
    )
    file = graphene.Field(
        type_of(HubDocument), description="Null when `locked`, or when there is none."
    )
    project = graphene.Field(
        type_of(Project),
        description="The project that it came from; null when it came from none.",
    )

    @staticmethod
    def resolve_file(publication: Publication, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, HubDocument, publication.file_id)

    @staticmethod
    def resolve_project(publication: Publication, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Project, publication.origin_id)


@extend(WorkingGroup)
class WorkingGroupFields(WithBody, WithContributions):
    """People of the network who work on one matter."""

    slug = graphene.String(required=True, description="Unique among working groups.")
    status = graphene.Field(
        enum_of(GroupStatus), required=True, description="Whether it still works."
    )
    articles = ARTICLES.field("Articles about the group.", below=ABOUT)
