"""Events in calendars."""

from django.utils.translation import gettext as _

from cms.calendars import Happening, happens
from projects.models import Event, EventStatus

STATUSES = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}


@happens(Event, "place")
def event_happening(event: Event) -> Happening:
    status = EventStatus(event.status)
    where = [str(event.place)] if event.place else []
    if event.is_online:
        where.append(_("online"))
    return Happening(
        starts=event.starts,
        ends=event.ends,
        status=STATUSES.get(status, "CONFIRMED"),
        location=", ".join(where),
        prefix=str(status.label).capitalize() if status in STATUSES else "",
    )
