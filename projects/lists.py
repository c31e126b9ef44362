"""What lists of projects, editions, events, publications and working groups can be filtered and
ordered by.
"""

import graphene
from django.db.models import Q

from cms.api.conditions import (
    BY_TITLE,
    NEWEST,
    OLDEST,
    below,
    by_expert,
    is_true,
    one_of,
    page_conditions,
    related,
    times,
    year,
)
from cms.api.connections import SortKey
from cms.api.lists import Condition, ContentList
from cms.models import Organiser, Place, Voivodeship
from cms.visibility import Viewer, visible
from home.models import Partner, Partnership
from projects.models import (
    Edition,
    Event,
    EventKind,
    EventStatus,
    GroupStatus,
    Project,
    ProjectKind,
    ProjectStatus,
    Publication,
    WorkingGroup,
)
from projects.models.publication import PublicationLanguage

NEWEST_YEAR = (SortKey("year", descending=True), SortKey("pk", descending=True))
OLDEST_YEAR = (SortKey("year"), SortKey("pk"))


def with_partner(slug: str, viewer: Viewer) -> Q:
    partners = visible(Partner.objects.filter(slug=slug), viewer=viewer).order_by().values("pk")
    rows = Partnership.objects.filter(partner__in=partners)
    return Q(pk__in=rows.order_by().values("page_id"))


PROJECTS = ContentList(
    Project,
    where={
        "kinds": one_of("kind", ProjectKind, "Any of these kinds."),
        "statuses": one_of("status", ProjectStatus, "Any of these states."),
        "organisers": one_of("organiser", Organiser, "Any of these organisers."),
        "partner": Condition(graphene.String(description="Slug of a partner."), with_partner),
        "expert": by_expert(Project),
        **page_conditions(Project),
    },
    orders={"TITLE": BY_TITLE, "NEWEST": NEWEST, "OLDEST": OLDEST},
)
EDITIONS = ContentList(
    Edition,
    where={
        "project": below(Project, "Slug of the project."),
        "year": year("year", "exact", "Calendar year."),
        **page_conditions(Edition),
    },
    orders={"NEWEST": NEWEST_YEAR, "OLDEST": OLDEST_YEAR, "TITLE": BY_TITLE},
)
EVENTS = ContentList(
    Event,
    where={
        "project": below(Project, "Slug of the project."),
        "kinds": one_of("kind", EventKind, "Any of these kinds."),
        "statuses": one_of("status", EventStatus, "Any of these states."),
        "is_online": is_true("is_online", "Only those to take part in online, or only others."),
        "place": related("place", Place, "Slug of the place."),
        "voivodeships": one_of("place__voivodeship", Voivodeship, "Any of these voivodeships."),
        **times("starts"),
        **page_conditions(Event),
    },
    orders={
        "NEWEST": (SortKey("starts", descending=True), SortKey("pk", descending=True)),
        "OLDEST": (SortKey("starts"), SortKey("pk")),
        "TITLE": BY_TITLE,
    },
)
PUBLICATIONS = ContentList(
    Publication,
    where={
        "project": related("origin", Project, "Slug of the project that it came from."),
        "languages": one_of("language", PublicationLanguage, "Any of these languages."),
        "year_from": year("year", "gte", "First year of publication."),
        "year_to": year("year", "lte", "Last year of publication."),
        "expert": by_expert(Publication),
        **page_conditions(Publication),
    },
    orders={"NEWEST": NEWEST_YEAR, "OLDEST": OLDEST_YEAR, "TITLE": BY_TITLE},
)
WORKING_GROUPS = ContentList(
    WorkingGroup,
    where={
        "statuses": one_of("status", GroupStatus, "Any of these states."),
        "expert": by_expert(WorkingGroup),
        **page_conditions(WorkingGroup),
    },
    orders={"TITLE": BY_TITLE, "NEWEST": NEWEST, "OLDEST": OLDEST},
)
