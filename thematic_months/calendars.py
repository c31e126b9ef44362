"""Webinars in calendars. Never with the address for joining."""

from django.utils.translation import gettext as _

from cms.calendars import Happening, happens
from thematic_months.models import Webinar, WebinarStatus

STATUSES = {WebinarStatus.CANCELLED: "CANCELLED", WebinarStatus.POSTPONED: "TENTATIVE"}


@happens(Webinar)
def webinar_happening(webinar: Webinar) -> Happening:
    status = WebinarStatus(webinar.status)
    return Happening(
        starts=webinar.starts,
        ends=webinar.ends,
        status=STATUSES.get(status, "CONFIRMED"),
        location=_("online"),
        prefix=str(status.label).capitalize() if status in STATUSES else "",
    )
