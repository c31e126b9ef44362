"""Months and webinars whose state a moment changes, without anybody saving them."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from cms import clock
from cms.models import HubPage
from thematic_months.models import ThematicMonth, Webinar


def connect() -> None:
    clock.crossing(clock.crossed(Webinar.objects.all(), "starts", "ends"))
    clock.crossing(clock.crossed(ThematicMonth.objects.all(), "questions_open_until"))
    clock.crossing(months_that_began_or_ended)


def months_that_began_or_ended(
    since: datetime.datetime, until: datetime.datetime
) -> Iterable[HubPage]:
    """At midnight in Warsaw the month that ended stops being the current one, and the next becomes
    it.
    """
    before, after = timezone.localdate(since), timezone.localdate(until)
    if (before.year, before.month) == (after.year, after.month):
        return
    for day in (before, after):
        yield from ThematicMonth.objects.filter(year=day.year, month=day.month, live=True)
