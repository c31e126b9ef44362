"""What lists of topics, places and partners can be filtered and ordered by."""

import graphene

from cms.api.conditions import compared, one_of
from cms.api.connections import SortKey
from cms.api.lists import ContentList
from cms.models import LibraryKind, Place, Topic, Voivodeship
from home.models import Partner

TOPICS = ContentList(
    Topic,
    where={},
    orders={"TITLE": (SortKey("title", polish=True), SortKey("pk"))},
)
PLACES = ContentList(
    Place,
    where={
        "kinds": one_of("kind", LibraryKind, "Any of these kinds of library."),
        "voivodeships": one_of("voivodeship", Voivodeship, "Any of these voivodeships."),
        "town": compared("town", "exact", graphene.String(description="Town or village.")),
    },
    orders={
        "TOWN": (SortKey("town", polish=True), SortKey("name", polish=True), SortKey("pk")),
        "NAME": (SortKey("name", polish=True), SortKey("pk")),
    },
)
PARTNERS = ContentList(
    Partner,
    where={},
    orders={"NAME": (SortKey("name", polish=True), SortKey("pk"))},
)
