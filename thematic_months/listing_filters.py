"""Filters of the admin's lists of months, articles, webinars and questions."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, ModelChoiceFilter

from cms.listings import HubFilterSet
from thematic_months.attention import (
    months_without_experts,
    webinars_without_recording,
    webinars_without_transcript,
)
from thematic_months.models import (
    Article,
    Expert,
    Series,
    ThematicMonth,
    Webinar,
    WebinarState,
    WebinarStatus,
)


class BelowPageFilter(ModelChoiceFilter):
    """Pages below the chosen one."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs.filter(path__startswith=value.path) if value else qs


def years_of_months() -> list[tuple[int, str]]:
    years = ThematicMonth.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, str(year)) for year in years]


MONTH_STATES = [("now", _("running now")), ("coming", _("still to come")), ("past", _("past"))]


def month_state_q(state: str, today: datetime.date) -> Q:
    if state == "now":
        return Q(year=today.year, month=today.month)
    if state == "coming":
        return Q(year__gt=today.year) | Q(year=today.year, month__gt=today.month)
    return Q(year__lt=today.year) | Q(year=today.year, month__lt=today.month)


class MonthFilterSet(HubFilterSet):
    series = BelowPageFilter(
        label=pgettext_lazy("one", "Series"), queryset=Series.objects.order_by("path")
    )
    year = ChoiceFilter(label=_("Year"), choices=years_of_months)
    state = ChoiceFilter(label=_("When"), choices=MONTH_STATES, method="by_state")
    attention = ChoiceFilter(
        label=_("Needs attention"),
        choices=[("experts", _("no expert has confirmed"))],
        method="by_attention",
    )

    class Meta:
        model = ThematicMonth
        fields: list[str] = []

    def by_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(month_state_q(value, timezone.localdate()))

    def by_attention(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        months = months_without_experts(ThematicMonth.objects.all(), timezone.localdate())
        return queryset.filter(pk__in=[month.pk for month in months])


class ArticleFilterSet(HubFilterSet):
    series = BelowPageFilter(
        label=pgettext_lazy("one", "Series"), queryset=Series.objects.order_by("path")
    )
    live = ChoiceFilter(
        label=_("Status"), choices=[("True", _("published")), ("False", _("not published"))]
    )

    class Meta:
        model = Article
        fields: list[str] = []


RECORDED = Q(recording_consent=True) & ~Q(recording_url="")
GOES_BY_THE_CLOCK = Q(status__in=[WebinarStatus.PLANNED, WebinarStatus.REGISTRATION])


def webinar_state_q(state: str, moment: datetime.datetime) -> Q:
    """The same as Webinar.state_at, for the database."""
    if state == WebinarState.LIVE:
        return GOES_BY_THE_CLOCK & Q(starts__lte=moment, ends__gt=moment)
    if state == WebinarState.ENDED:
        return GOES_BY_THE_CLOCK & Q(starts__lte=moment, ends__lte=moment) & ~RECORDED
    if state == WebinarState.RECORDING:
        return GOES_BY_THE_CLOCK & Q(starts__lte=moment, ends__lte=moment) & RECORDED
    if state in (WebinarState.PLANNED, WebinarState.REGISTRATION):
        return Q(status=state, starts__gt=moment)
    return Q(status=state)


class WebinarFilterSet(HubFilterSet):
    state = ChoiceFilter(label=_("State"), choices=WebinarState.choices, method="by_state")
    series = BelowPageFilter(
        label=pgettext_lazy("one", "Series"), queryset=Series.objects.order_by("path")
    )
    attention = ChoiceFilter(
        label=_("Needs attention"),
        choices=[
            ("recording", _("ended, without a recording")),
            ("transcript", _("ended, without a transcript")),
        ],
        method="by_attention",
    )

    class Meta:
        model = Webinar
        fields: list[str] = []

    # Below a subquery: while searching, only indexed fields may stand in a filter.
    def by_state(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        found = Webinar.objects.filter(webinar_state_q(value, timezone.now()))
        return queryset.filter(pk__in=found.values("pk"))

    def by_attention(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        lacking = (
            webinars_without_recording if value == "recording" else webinars_without_transcript
        )
        return queryset.filter(pk__in=lacking(Webinar.objects.all(), timezone.now()).values("pk"))


class ExpertFilterSet(HubFilterSet):
    class Meta:
        model = Expert
        fields = ["is_ambassador"]
