"""Lists of series, months, articles, webinars and experts, and their group in the admin's menu."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column, StatusTagColumn

from cms.listings import (
    WIDE_ONLY,
    HubIndexView,
    HubMenuGroup,
    HubPageListing,
    moment_column,
    page_columns,
)
from thematic_months.listing_filters import (
    MONTH_STATES,
    ArticleFilterSet,
    ExpertFilterSet,
    MonthFilterSet,
    WebinarFilterSet,
)
from thematic_months.models import Article, Expert, Series, ThematicMonth, Webinar, WebinarState
from thematic_months.offer_admin import OfferedTextViewSet
from thematic_months.question_admin import QuestionViewSet

# A series lies below the home page, which lies below the root.
SERIES_DEPTH = 3


def month_state(month: ThematicMonth) -> str:
    today = timezone.localdate()
    ours, current = (month.year, month.month), (today.year, today.month)
    return "now" if ours == current else "coming" if ours > current else "past"


class SeriesListing(HubPageListing):
    model = Series
    name = "series"
    icon = "folder-open-inverse"
    menu_label = _("Series")
    add_label = _("Add a series")
    ordering = "title"
    columns = page_columns(
        Column("organiser", label=_("Organiser"), accessor="get_organiser_display")
    )


class MonthIndexView(HubIndexView):
    def get_base_queryset(self) -> QuerySet[ThematicMonth]:
        # Below their series, the newest first.
        series_path = Substr("path", 1, SERIES_DEPTH * ThematicMonth.steplen)
        months_of_series = (
            ThematicMonth.objects.annotate(series_path=series_path)
            .filter(series_path=OuterRef("series_path"))
            .order_by("-year", "-month")
        )
        return (
            super()
            .get_base_queryset()
            .annotate(series_path=series_path)
            .annotate(
                last_year=Subquery(months_of_series.values("year")[:1]),
                last_month=Subquery(months_of_series.values("month")[:1]),
            )
        )


class MonthListing(HubPageListing):
    model = ThematicMonth
    name = "months"
    icon = "calendar"
    menu_label = _("Months")
    add_label = _("Add a month")
    index_view_class = MonthIndexView
    filterset_class = MonthFilterSet
    # The series of now comes first: the one whose last month is the latest.
    ordering = ("-last_year", "-last_month", "series_path", "-year", "-month")
    columns = page_columns(
        Column(
            "date",
            label=_("Month"),
            accessor=lambda month: format_date(month.first_day, "F Y"),
            width="12%",
        ),
        StatusTagColumn(
            "state",
            label=_("When"),
            accessor=lambda month: dict(MONTH_STATES)[month_state(month)],
            primary=lambda month: month_state(month) == "now",
            width="10%",
            classname=WIDE_ONLY,
        ),
        parent=pgettext_lazy("one", "Series"),
    )


class ArticleListing(HubPageListing):
    model = Article
    name = "articles"
    icon = "doc-full"
    menu_label = _("Articles")
    add_label = _("Add an article")
    filterset_class = ArticleFilterSet
    ordering = ("-published_on", "-pk")
    columns = page_columns(
        moment_column("published_on", label=_("Date")), parent=_("Month or series")
    )


class WebinarListing(HubPageListing):
    model = Webinar
    name = "webinars"
    icon = "media"
    menu_label = _("Webinars")
    add_label = _("Add a webinar")
    filterset_class = WebinarFilterSet
    ordering = ("-starts", "-pk")
    columns = page_columns(
        moment_column("starts", label=_("Starts")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda webinar: webinar.state.label,
            primary=lambda webinar: webinar.state in (WebinarState.REGISTRATION, WebinarState.LIVE),
            width="12%",
        ),
        parent=_("Month"),
    )


class ExpertIndexView(HubIndexView):
    def get_base_queryset(self) -> QuerySet[Expert]:
        # Not select_related: specific() loads the pages by itself.
        return super().get_base_queryset().prefetch_related("place")


class ExpertListing(HubPageListing):
    model = Expert
    name = "experts"
    icon = "user"
    menu_label = _("Experts")
    add_label = _("Add an expert")
    index_view_class = ExpertIndexView
    filterset_class = ExpertFilterSet
    ordering = ("title", "pk")
    columns = page_columns(
        Column("place", label=_("Place"), width="20%", classname=WIDE_ONLY),
        BooleanColumn(
            "is_ambassador", label=_("LABiB ambassador"), sort_key="is_ambassador", width="12%"
        ),
    )


class MonthsGroup(HubMenuGroup):
    menu_label = _("Thematic months")
    menu_name = "thematic-months"
    menu_icon = "calendar"
    menu_order = 110
    items = (
        MonthListing,
        SeriesListing,
        ArticleListing,
        WebinarListing,
        QuestionViewSet,
        OfferedTextViewSet,
        ExpertListing,
    )
