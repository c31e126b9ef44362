"""Root fields of series, months, articles, webinars, experts and questions."""

from typing import Any

import graphene
from django.db.models.functions import Left, Length
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.errors import BadUserInput
from cms.api.pages import single
from cms.api.selection import selected, without_unread
from cms.api.types import type_of
from home.models import SiteSettings
from thematic_months.lists import ARTICLES, EXPERTS, MONTHS, QUESTIONS, SERIES, WEBINARS
from thematic_months.models import Article, Expert, Question, Series, ThematicMonth, Webinar


class Query:
    all_series = SERIES.field("Series of thematic months.")
    series = single(Series, "A series", slug=True)
    thematic_months = MONTHS.field("Months of all series.")
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
    articles = ARTICLES.field("Articles, of months and outside them.")
    article = single(Article, "An article")
    webinars = WEBINARS.field("Webinars.")
    webinar = single(Webinar, "A webinar")
    experts = EXPERTS.field("Experts.")
    expert = single(Expert, "An expert", slug=True)
    questions = QUESTIONS.field("Published questions of members.")
    question = single(Question, "A published question")

    @staticmethod
    def resolve_thematic_month(
        _root: None, info: GraphQLResolveInfo, *, series: str, year: int, month: int
    ) -> ThematicMonth | None:
        if not 1 <= month <= 12:
            raise BadUserInput(f"`month` must be from 1 to 12, and is {month}.")
        return month_of(Series.objects.filter(slug=series), info, year=year, month=month)

    @staticmethod
    def resolve_current_month(
        _root: None, info: GraphQLResolveInfo, series: str | None = None
    ) -> ThematicMonth | None:
        now = info.context.viewer.local_date
        all_series = Series.objects.all()
        if series is not None:
            all_series = all_series.filter(slug=series)
        else:
            all_series = all_series.filter(pk__in=SiteSettings.objects.values("main_series"))
        return month_of(all_series, info, year=now.year, month=now.month)


def month_of(all_series: Any, info: GraphQLResolveInfo, **date: int) -> ThematicMonth | None:
    """The month of the one series, whether or not anybody may see it: the guard judges."""
    months = ThematicMonth.objects.filter(**date).alias(
        series_path=Left("path", Length("path") - Page.steplen)
    )
    months = months.filter(series_path__in=all_series.order_by().values("path"))
    return without_unread(months, selected(info)).first()
