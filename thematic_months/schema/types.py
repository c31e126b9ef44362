"""GraphQL types of series, months and articles."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.body import WithBody
from cms.api.contributions import WithContributions
from cms.api.enums import enum_of
from cms.api.execution import gather, then
from cms.api.interfaces import PageInterface
from cms.api.lists import Below, Through
from cms.api.loaders import load_children, load_page, load_thing
from cms.api.types import extend, rows_of, type_of
from cms.models import Organiser
from home.schema.partnerships import WithPartnerships
from thematic_months.lists import ARTICLES, MONTHS, QUESTIONS, WEBINARS
from thematic_months.loaders import load_confirmed_experts
from thematic_months.models import (
    Article,
    ArticleIndex,
    Expert,
    ProgrammeItem,
    Series,
    ThematicMonth,
)


@extend(Series)
class SeriesFields(WithBody, WithContributions, WithPartnerships):
    """A cycle of thematic months."""

    slug = graphene.String(required=True, description="Unique among series.")
    organiser = graphene.Field(enum_of(Organiser), required=True, description="Who runs it.")
    continues = graphene.Field(
        type_of(Series),
        description="The older series that this one carries on; null when it carries on none.",
    )
    months = MONTHS.field("Months of the series.", below=Below())
    articles = ARTICLES.field("Articles of the series and of its months.", below=Below())
    webinars = WEBINARS.field("Webinars of all months.", below=Below())

    @staticmethod
    def resolve_continues(series: Series, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Series, series.continues_id)


@extend(ProgrammeItem)
class ProgrammeItemFields:
    """What is announced for a month."""

    date = graphene.Date(description="Day; null while it is not known.")
    expert = graphene.Field(
        type_of(Expert), description="Null without one, or when the viewer may not see the page."
    )
    page = graphene.Field(
        PageInterface,
        description="The article or webinar; null until there is one that the viewer may see.",
    )

    @staticmethod
    def resolve_expert(item: ProgrammeItem, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Expert, item.expert_id)

    @staticmethod
    def resolve_page(item: ProgrammeItem, info: GraphQLResolveInfo) -> Any:
        return load_page(info, item.page_id)


@extend(ThematicMonth)
class ThematicMonthFields(WithBody, WithContributions):
    """A theme of one calendar month in a series."""

    series = graphene.Field(
        type_of(Series),
        description="The series that it belongs to; null only while that is hidden.",
    )
    experts = rows_of(Expert, "Invited experts who confirmed, in the editors' order.")
    programme = graphene.List(
        graphene.NonNull(type_of(ProgrammeItem)),
        required=True,
        description="What is announced, in order.",
    )
    articles = ARTICLES.field("Articles of the month.", below=Below(), usual="OLDEST")
    webinars = WEBINARS.field("Webinars of the month.", below=Below(), usual="OLDEST")
    questions = QUESTIONS.field(
        "Published questions to the month.", below=Through("month"), usual="OLDEST"
    )
    questions_open = graphene.Boolean(required=True, description="Whether members can ask now.")
    questions_open_until = graphene.DateTime(
        description="Until when members can ask; null when questions are closed."
    )

    @staticmethod
    def resolve_series(month: ThematicMonth, info: GraphQLResolveInfo) -> Any:
        return PageInterface.resolve_parent(month, info)

    @staticmethod
    def resolve_experts(month: ThematicMonth, info: GraphQLResolveInfo) -> Any:
        return load_confirmed_experts(info, month)

    @staticmethod
    def resolve_programme(month: ThematicMonth, info: GraphQLResolveInfo) -> Any:
        return load_children(info, month, "programme")


@extend(Article)
class ArticleFields(WithBody, WithContributions):
    """A text on practice."""

    month = graphene.Field(
        type_of(ThematicMonth),
        description="The month that it belongs to; null for practice outside any month.",
    )
    subjects = graphene.List(
        graphene.NonNull(PageInterface),
        required=True,
        description="Projects, events and groups that it is about.",
    )

    @staticmethod
    def resolve_month(article: Article, info: GraphQLResolveInfo) -> Any:
        return then(
            PageInterface.resolve_parent(article, info),
            lambda parent: parent if isinstance(parent, ThematicMonth) else None,
        )

    @staticmethod
    def resolve_subjects(article: Article, info: GraphQLResolveInfo) -> Any:
        rows = load_children(info, article, "subjects")
        pages = then(
            rows, lambda rows: gather([load_page(info, row.page_id) for row in rows or []])
        )
        return then(pages, lambda found: [page for page in found if page is not None])


@extend(ArticleIndex)
class ArticleIndexFields:
    """Holds articles on practice that belong to no month."""
