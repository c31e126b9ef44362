"""What one member may send. Counted from the rows themselves, under a lock on the member's, so that
it holds across processes and for two requests at once.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Member

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


class TooMany(ValidationError):
    """`code` is TOO_MANY_OPEN, TOO_MANY_THIS_HOUR or TOO_MANY_TODAY; `retry_at` says when there is
    room again, None when that depends on somebody's decision.
    """

    def __init__(self, message: str, code: str, retry_at: datetime.datetime | None) -> None:
        super().__init__(message, code=code)
        self.retry_at = retry_at


def lock_member(member: Member) -> None:
    """Until the end of the transaction nobody else sends in this member's name."""
    # Not FOR UPDATE: rows that refer to the member may be written meanwhile.
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)


def refuse_flood(
    sent: QuerySet[Any], still_open: QuerySet[Any], moment: str, limits: Mapping[str, int]
) -> None:
    """Raises TooMany when the member whose rows these are may send no more for now."""
    most = limits["OPEN"]
    if still_open.count() >= most:
        message = ngettext(
            "You have %d that waits. Send another one when it is decided.",
            "You have %d that wait. Send another one when one of them is decided.",
            most,
        )
        raise TooMany(message % most, "TOO_MANY_OPEN", None)
    now = timezone.now()
    for span, name, code in ((DAY, "DAY", "TOO_MANY_TODAY"), (HOUR, "HOUR", "TOO_MANY_THIS_HOUR")):
        recent = sent.filter(**{f"{moment}__gt": now - span}).order_by(f"-{moment}")
        within = recent[: limits[name]]
        if within.count() < limits[name]:
            continue
        # Room comes when the oldest of them is no longer recent.
        oldest = within.values_list(moment, flat=True)[limits[name] - 1] if limits[name] else now
        retry_at = oldest + span
        text = _("That is enough for now. You can send the next one after %(moment)s.")
        day = format_date(timezone.localtime(retry_at), "j E, H:i")
        raise TooMany(text % {"moment": day}, code, retry_at)
