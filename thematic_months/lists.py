"""What lists of series, months, articles, webinars, experts and questions can be filtered and
ordered by.
"""

from typing import Any

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
from cms.api.enums import enum_of, value_of
from cms.api.lists import Condition, ContentList
from cms.models import Organiser, Place
from cms.visibility import Viewer, visible
from thematic_months.models import (
    Article,
    Expert,
    Invitation,
    MonthExpert,
    Question,
    Series,
    ThematicMonth,
    Webinar,
    WebinarState,
)


def invites(slug: str, viewer: Viewer) -> Q:
    experts = visible(Expert.objects.filter(slug=slug), viewer=viewer).order_by().values("pk")
    rows = MonthExpert.objects.filter(expert__in=experts, invitation=Invitation.CONFIRMED)
    return Q(pk__in=rows.order_by().values("month_id"))


def in_state(states: list[Any], viewer: Viewer) -> Q:
    """Webinar.state_at() as a condition."""
    found = Q(pk__in=[])
    for each in states:
        found |= state_q(WebinarState(value_of(each)), viewer)
    return found


def state_q(state: WebinarState, viewer: Viewer) -> Q:
    if state in (WebinarState.POSTPONED, WebinarState.CANCELLED):
        return Q(status=state)
    if state in (WebinarState.PLANNED, WebinarState.REGISTRATION):
        return Q(status=state, starts__gt=viewer.now)
    as_planned = ~Q(status__in=[WebinarState.POSTPONED, WebinarState.CANCELLED])
    if state == WebinarState.LIVE:
        return as_planned & Q(starts__lte=viewer.now, ends__gt=viewer.now)
    over = as_planned & Q(ends__lte=viewer.now)
    has_recording = ~Q(recording_url="") & Q(recording_consent=True)
    return over & has_recording if state == WebinarState.RECORDING else over & ~has_recording


def answered_by(slug: str, viewer: Viewer) -> Q:
    experts = visible(Expert.objects.filter(slug=slug), viewer=viewer).order_by().values("pk")
    answered = Question.objects.filter(answers__expert__in=experts)
    return Q(pk__in=answered.order_by().values("pk"))


IN_SERIES = below(Series, "Slug of the series.")

SERIES = ContentList(
    Series,
    where={
        "organisers": one_of("organiser", Organiser, "Any of these organisers."),
        **page_conditions(Series),
    },
    orders={"TITLE": BY_TITLE, "NEWEST": NEWEST, "OLDEST": OLDEST},
)
MONTHS = ContentList(
    ThematicMonth,
    where={
        "series": IN_SERIES,
        "year": year("year", "exact", "Calendar year."),
        "year_from": year("year", "gte", "First calendar year."),
        "year_to": year("year", "lte", "Last calendar year."),
        "expert": Condition(
            graphene.String(description="Slug of an invited expert who confirmed."), invites
        ),
        **page_conditions(ThematicMonth),
    },
    orders={
        "NEWEST": (
            SortKey("year", descending=True),
            SortKey("month", descending=True),
            SortKey("pk", descending=True),
        ),
        "OLDEST": (SortKey("year"), SortKey("month"), SortKey("pk")),
        "TITLE": BY_TITLE,
    },
)
ARTICLES = ContentList(
    Article,
    where={"series": IN_SERIES, "expert": by_expert(Article), **page_conditions(Article)},
    orders={"NEWEST": NEWEST, "OLDEST": OLDEST, "TITLE": BY_TITLE},
)
WEBINARS = ContentList(
    Webinar,
    where={
        "series": IN_SERIES,
        "expert": by_expert(Webinar),
        "states": Condition(
            graphene.List(
                graphene.NonNull(enum_of(WebinarState)),
                description="Any of these states, as they are now.",
            ),
            in_state,
        ),
        **times("starts"),
        **page_conditions(Webinar),
    },
    orders={
        "NEWEST": (SortKey("starts", descending=True), SortKey("pk", descending=True)),
        "OLDEST": (SortKey("starts"), SortKey("pk")),
        "TITLE": BY_TITLE,
    },
)
EXPERTS = ContentList(
    Expert,
    where={
        "is_ambassador": is_true("is_ambassador", "Only trained members, or only others."),
        "place": related("place", Place, "Slug of the library where the expert works."),
        **page_conditions(Expert),
    },
    orders={"TITLE": BY_TITLE, "NEWEST": NEWEST, "OLDEST": OLDEST},
)
QUESTIONS = ContentList(
    Question,
    where={
        "series": Condition(
            graphene.String(description="Slug of the series."),
            lambda slug, viewer: Q(month__in=months_of(slug, viewer)),
        ),
        "expert": Condition(
            graphene.String(description="Slug of an expert who answered."), answered_by
        ),
    },
    orders={
        "NEWEST": (SortKey("asked_at", descending=True), SortKey("pk", descending=True)),
        "OLDEST": (SortKey("asked_at"), SortKey("pk")),
    },
    related=("month",),
)


def months_of(slug: str, viewer: Viewer) -> Any:
    return ThematicMonth.objects.filter(IN_SERIES.q(slug, viewer)).order_by().values("pk")
