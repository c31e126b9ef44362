"""The line on a page that says how to follow what stands below it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.calendars import calendar_address, subscription
from cms.models import HubPage
from cms.tiles import Fact
from cms.visibility import Viewer


def follow_facts(page: HubPage, viewer: Viewer) -> list[Fact]:
    """None of a page that not everyone may see: what one follows is read without an account."""
    if not page.pk:
        return []
    calendar = calendar_address(page, viewer)
    if not calendar:
        return []
    feed = reverse("feed_below_rss", kwargs={"page_id": page.pk})
    links = [
        Fact("", _("calendar of events"), subscription(calendar)),
        Fact("", _("what is new (RSS)"), feed),
    ]
    return [Fact(_("Follow"), "", more=links)]
