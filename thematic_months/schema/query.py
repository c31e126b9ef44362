"""Root fields of series, months, articles and experts."""

from typing import Any

import graphene
from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from cms.api.connections import Keyset, SortKey, connection_field, connection_type
from cms.api.errors import BadUserInput
from cms.api.pages import page_at
from cms.api.types import type_of
from cms.visibility import visible
from home.models import SiteSettings
from thematic_months.models import Article, Expert, Series, ThematicMonth

NEWEST_MONTH_FIRST = (
    SortKey("year", descending=True),
    SortKey("month", descending=True),
    SortKey("pk"),
)
BY_NAME = (SortKey("title"), SortKey("pk"))

ThematicMonthConnection = connection_type(type_of(ThematicMonth), "ThematicMonth")
ExpertConnection = connection_type(type_of(Expert), "Expert")


class ThematicMonthWhere(graphene.InputObjectType):
    """Which months a list has; all conditions hold together."""

    series = graphene.String(description="Slug of the series.")
    year = graphene.Int(description="Calendar year.")


class ExpertWhere(graphene.InputObjectType):
    """Which experts a list has; all conditions hold together."""

    topic = graphene.String(description="Slug of a topic.")
    is_ambassador = graphene.Boolean(description="Only trained members, or only others.")


class Query:
    all_series = graphene.List(
        graphene.NonNull(type_of(Series)), required=True, description="All series, by title."
    )
    series = graphene.Field(
        type_of(Series),
        slug=graphene.String(required=True, description="The series' slug."),
        description="A series; null when there is none to see.",
    )
    thematic_months = connection_field(
        ThematicMonthConnection,
        "Months of all series, newest first.",
        where=ThematicMonthWhere(description="Which months; all by default."),
    )
    thematic_month = graphene.Field(
        type_of(ThematicMonth),
        series=graphene.String(required=True, description="Slug of the series."),
        year=graphene.Int(required=True, description="Calendar year."),
        month=graphene.Int(required=True, description="Calendar month, 1 to 12."),
        description="A month; null when there is none to see.",
    )
    current_month = graphene.Field(
        type_of(ThematicMonth),
        series=graphene.String(description="Slug of the series; the main series by default."),
        description="The month that it is now in Warsaw; null in a gap.",
    )
    article = graphene.Field(
        type_of(Article),
        path=graphene.String(required=True, description="The article's path."),
        description="An article; null when there is none to see.",
    )
    experts = connection_field(
        ExpertConnection,
        "Experts, by name.",
        where=ExpertWhere(description="Which experts; all by default."),
    )
    expert = graphene.Field(
        type_of(Expert),
        slug=graphene.String(required=True, description="The expert's slug."),
        description="An expert; null when there is none to see.",
    )

    @staticmethod
    def resolve_all_series(_root: None, info: GraphQLResolveInfo) -> QuerySet[Series]:
        return visible(Series.objects.order_by("title", "pk"), viewer=info.context.viewer)

    @staticmethod
    def resolve_series(_root: None, _info: GraphQLResolveInfo, slug: str) -> Series | None:
        return Series.objects.filter(slug=slug).first()

    @staticmethod
    def resolve_thematic_months(
        _root: None,
        info: GraphQLResolveInfo,
        *,
        first: int | None = None,
        after: str | None = None,
        where: Any = None,
    ) -> Keyset:
        months = visible(ThematicMonth.objects.all(), viewer=info.context.viewer)
        where = where or {}
        if where.get("year") is not None:
            months = months.filter(year=where["year"])
        if where.get("series") is not None:
            months = months_of(where["series"], months)
        return Keyset(months, NEWEST_MONTH_FIRST, first=first, after=after)

    @staticmethod
    def resolve_thematic_month(
        _root: None, _info: GraphQLResolveInfo, *, series: str, year: int, month: int
    ) -> ThematicMonth | None:
        if not 1 <= month <= 12:
            raise BadUserInput(f"`month` must be from 1 to 12, and is {month}.")
        return months_of(series, ThematicMonth.objects.filter(year=year, month=month)).first()

    @staticmethod
    def resolve_current_month(
        _root: None, info: GraphQLResolveInfo, series: str | None = None
    ) -> ThematicMonth | None:
        now = info.context.viewer.local_date
        months = ThematicMonth.objects.filter(year=now.year, month=now.month)
        if series is not None:
            return months_of(series, months).first()
        main = Series.objects.filter(pk=SiteSettings.load().main_series_id).first()
        return months.child_of(main).first() if main else None

    @staticmethod
    def resolve_article(_root: None, _info: GraphQLResolveInfo, path: str) -> Article | None:
        return page_at(path, Article)

    @staticmethod
    def resolve_experts(
        _root: None,
        info: GraphQLResolveInfo,
        *,
        first: int | None = None,
        after: str | None = None,
        where: Any = None,
    ) -> Keyset:
        experts = visible(Expert.objects.all(), viewer=info.context.viewer)
        where = where or {}
        if where.get("topic") is not None:
            experts = experts.filter(topics__slug=where["topic"])
        if where.get("is_ambassador") is not None:
            experts = experts.filter(is_ambassador=where["is_ambassador"])
        return Keyset(experts, BY_NAME, first=first, after=after)

    @staticmethod
    def resolve_expert(_root: None, _info: GraphQLResolveInfo, slug: str) -> Expert | None:
        return Expert.objects.filter(slug=slug).first()


def months_of(series_slug: str, months: Any) -> Any:
    series = Series.objects.filter(slug=series_slug).first()
    return months.child_of(series) if series else months.none()
