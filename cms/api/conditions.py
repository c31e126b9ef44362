"""Conditions that lists of several kinds share."""

import datetime
from typing import Any

import graphene
from django.db.models import Model, Q, TextChoices

from cms.api.connections import SortKey
from cms.api.enums import enum_of, value_of
from cms.api.errors import BadUserInput
from cms.api.lists import Condition
from cms.models import Audience, Contribution, HubPage
from cms.visibility import visible

# The model is an app's; the plumbing knows it by the foreign key alone.
Expert: Any = Contribution._meta.get_field("expert").related_model

BY_TITLE = (SortKey("title", polish=True), SortKey("pk"))
NEWEST = (SortKey("published_on", descending=True), SortKey("pk", descending=True))
OLDEST = (SortKey("published_on"), SortKey("pk"))


def strings(description: str) -> graphene.List:
    return graphene.List(graphene.NonNull(graphene.String), description=description)


def one_of(field: str, choices: type[TextChoices], description: str) -> Condition:
    """Rows whose field is any of the chosen values."""
    return Condition(
        graphene.List(graphene.NonNull(enum_of(choices)), description=description),
        lambda values, _viewer: Q(**{f"{field}__in": [value_of(each) for each in values]}),
    )


def is_true(field: str, description: str) -> Condition:
    return Condition(
        graphene.Boolean(description=description), lambda value, _viewer: Q(**{field: value})
    )


def compared(field: str, lookup: str, argument: Any) -> Condition:
    return Condition(argument, lambda value, _viewer: Q(**{f"{field}__{lookup}": value}))


def year(field: str, lookup: str, description: str) -> Condition:
    return compared(field, lookup, graphene.Int(description=description))


def between(field: str, name: str, what: str) -> dict[str, Condition]:
    """<name>From and <name>To of a date."""
    return {
        f"{name}_from": compared(field, "gte", graphene.Date(description=f"First day of {what}.")),
        f"{name}_to": compared(field, "lte", graphene.Date(description=f"Last day of {what}.")),
    }


def times(field: str) -> dict[str, Condition]:
    """From and to of a moment, for what starts at one."""

    def starts(lookup: str, description: str) -> Condition:
        return Condition(
            graphene.DateTime(description=description),
            lambda value, _viewer: Q(**{f"{field}__{lookup}": in_utc(value)}),
        )

    return {
        "starts_from": starts("gte", "Starts then or later."),
        "starts_before": starts("lt", "Starts earlier."),
    }


def in_utc(moment: datetime.datetime) -> datetime.datetime:
    """Raises BadUserInput for a moment without a zone, or one that UTC has no year for."""
    if moment.tzinfo is None:
        raise BadUserInput("A date-time needs its zone, for example 2026-11-03T18:00:00+01:00.")
    try:
        return moment.astimezone(datetime.UTC)
    except OverflowError as error:
        raise BadUserInput("A date-time must lie in the years 1 to 9999 of UTC.") from error


def below(model: type[HubPage], description: str) -> Condition:
    """Pages below the page of this model with the slug, if the viewer may see it."""

    def q(slug: str, viewer: Any) -> Q:
        page = visible(model._default_manager.filter(slug=slug), viewer=viewer).first()
        if page is None:
            return Q(pk__in=[])
        return Q(path__range=model._get_children_path_interval(page.path))

    return Condition(graphene.String(description=description), q)


def related(field: str, model: type[Model], description: str) -> Condition:
    """Rows that name, by this foreign key, the thing with the slug, if the viewer may see it."""

    def q(slug: str, viewer: Any) -> Q:
        things = visible(model._default_manager.filter(slug=slug), viewer=viewer)
        return Q(**{f"{field}__in": things.order_by().values("pk")})

    return Condition(graphene.String(description=description), q)


def page_conditions(model: type[HubPage]) -> dict[str, Condition]:
    """What every list of pages can be filtered by."""

    def has_topic(slugs: list[str], _viewer: Any) -> Q:
        found = model._default_manager.filter(topics__slug__in=slugs)
        return Q(pk__in=found.order_by().values("pk"))

    return {
        "topics": Condition(strings("Any of these topics, by slug."), has_topic),
        "audiences": one_of("audience", Audience, "Any of these audiences."),
        **between("published_on", "published", "publication"),
    }


def by_expert(model: type[HubPage]) -> Condition:
    def contributed(slug: str, viewer: Any) -> Q:
        experts = visible(Expert._default_manager.filter(slug=slug), viewer=viewer)
        pages = Contribution.objects.filter(expert__in=experts.order_by().values("pk"))
        return Q(pk__in=pages.order_by().values("page_id"))

    return Condition(
        graphene.String(description="Slug of an expert who contributed to it."), contributed
    )
