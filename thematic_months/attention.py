"""What waits for an editor or a moderator, for the first page of the admin."""

import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from thematic_months.models import (
    Assignment,
    Invitation,
    MonthExpert,
    OfferedText,
    OfferState,
    Question,
    QuestionState,
    ThematicMonth,
    Webinar,
    WebinarStatus,
)

AHEAD = datetime.timedelta(days=60)
# A recording that has not come after so long will hardly come.
BACK = datetime.timedelta(days=90)
LACKS_RECORDING = Q(recording_url="") | Q(recording_consent=False)


def new_questions() -> QuerySet[Question]:
    """The oldest first: its asker has waited longest."""
    return (
        Question.objects.filter(state=QuestionState.NEW)
        .select_related("month")
        .order_by("asked_at", "pk")
    )


def new_offers() -> QuerySet[OfferedText]:
    """The oldest first."""
    return OfferedText.objects.filter(state=OfferState.NEW).order_by("offered_at", "pk")


def answers_to_read() -> QuerySet[Question]:
    """Questions whose answer a moderator reads and publishes, or adds to what is published."""
    late = Assignment.objects.filter(question=OuterRef("pk"), submitted_at__isnull=False)
    waits = Q(state=QuestionState.ANSWERED) | Q(Exists(late.exclude(draft="")))
    return Question.objects.filter(waits).select_related("month").order_by("asked_at", "pk")


def months_without_experts(
    months: QuerySet[ThematicMonth], today: datetime.date
) -> list[ThematicMonth]:
    """This month and those that begin in the next 60 days, when no expert has confirmed.

    A month that readers do not see yet stands in its latest draft; the tables hold its first one.
    """
    days = (today + datetime.timedelta(days=number) for number in range(AHEAD.days + 1))
    soon = reduce(
        or_, (Q(year=year, month=month) for year, month in {(day.year, day.month) for day in days})
    )
    confirmed = MonthExpert.objects.filter(month=OuterRef("pk"), invitation=Invitation.CONFIRMED)
    candidates = (
        months.filter(soon)
        .annotate(has_confirmed=Exists(confirmed))
        .select_related("latest_revision")
        .order_by("year", "month", "path")
    )
    return [month for month in candidates if not has_confirmed_expert(month)]


def has_confirmed_expert(month: ThematicMonth) -> bool:
    if month.live or month.latest_revision is None:
        return month.has_confirmed
    invitations = month.latest_revision.content.get("experts", [])
    return any(invitation["invitation"] == Invitation.CONFIRMED for invitation in invitations)


def ended(webinars: QuerySet[Webinar], now: datetime.datetime) -> QuerySet[Webinar]:
    return (
        webinars.filter(live=True, ends__lt=now)
        .exclude(status__in=[WebinarStatus.POSTPONED, WebinarStatus.CANCELLED])
        .order_by("-ends", "-pk")
    )


def webinars_without_recording(
    webinars: QuerySet[Webinar], now: datetime.datetime
) -> QuerySet[Webinar]:
    return ended(webinars, now).filter(LACKS_RECORDING, ends__gt=now - BACK)


def webinars_without_transcript(
    webinars: QuerySet[Webinar], now: datetime.datetime
) -> QuerySet[Webinar]:
    """However old: without a transcript the deaf and the archive have nothing of a recording."""
    return ended(webinars, now).exclude(LACKS_RECORDING).filter(transcript="")
