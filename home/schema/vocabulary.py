"""GraphQL of topics and places, with everything that is about a topic or happens at a place."""

import graphene

from cms.api.enums import enum_of
from cms.api.lists import Through
from cms.api.pages import single
from cms.api.types import extend
from cms.models import LibraryKind, Place, Topic, Voivodeship
from home.lists import PLACES, TOPICS
from projects.lists import EVENTS, PROJECTS, PUBLICATIONS, WORKING_GROUPS
from thematic_months.lists import ARTICLES, EXPERTS, MONTHS, SERIES, WEBINARS

ON_TOPIC = Through("topics")
AT_PLACE = Through("place")


@extend(Topic)
class TopicFields:
    """An entry of the controlled vocabulary."""

    id = graphene.ID(required=True, description="Identifier, unique among topics.")
    series = SERIES.field("Series on the topic.", below=ON_TOPIC)
    months = MONTHS.field("Months on the topic.", below=ON_TOPIC)
    articles = ARTICLES.field("Articles on the topic.", below=ON_TOPIC)
    webinars = WEBINARS.field("Webinars on the topic.", below=ON_TOPIC)
    experts = EXPERTS.field("Experts on the topic.", below=ON_TOPIC)
    projects = PROJECTS.field("Projects on the topic.", below=ON_TOPIC)
    events = EVENTS.field("Events on the topic.", below=ON_TOPIC)
    publications = PUBLICATIONS.field("Publications on the topic.", below=ON_TOPIC)
    working_groups = WORKING_GROUPS.field("Groups that work on the topic.", below=ON_TOPIC)


@extend(Place)
class PlaceFields:
    """A library, or another place where things happen."""

    id = graphene.ID(required=True, description="Identifier, unique among places.")
    voivodeship = graphene.Field(
        enum_of(Voivodeship), required=True, description="Voivodeship, by its TERYT name."
    )
    kind = graphene.Field(enum_of(LibraryKind), required=True, description="Kind of library.")
    experts = EXPERTS.field("Experts who work there.", below=AT_PLACE)
    events = EVENTS.field("Events that take place there.", below=AT_PLACE)


class Query:
    topics = TOPICS.field("The controlled vocabulary.")
    topic = single(Topic, "A topic", slug=True)
    places = PLACES.field("Libraries and other places.")
    place = single(Place, "A place", slug=True)
