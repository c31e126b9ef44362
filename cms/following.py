"""What one can follow: the line about it on a page, and the page of all feeds and calendars."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.calendars import calendar_address, subscription
from cms.feeds import KINDS
from cms.models import HubPage, Topic
from cms.outward import outward_beside_the_tree
from cms.portal import hub_page
from cms.tiles import Fact
from cms.visibility import Viewer, anonymous_viewer, visible


@dataclass(frozen=True)
class Channel:
    """`rss`, `atom` and `calendar` are addresses; `calendar` is "" where there is none."""

    name: str
    rss: str
    atom: str
    calendar: str = ""


def follow_facts(page: HubPage, viewer: Viewer) -> list[Fact]:
    """None of a page that not everyone may see: what one follows is read without an account."""
    if not page.pk:
        return []
    calendar = calendar_address(page, viewer)
    if not calendar:
        return []
    feed = reverse("feed_below_rss", kwargs={"page_id": page.pk})
    links = [
        Fact("", gettext_lazy("calendar of events"), subscription(calendar)),
        Fact("", gettext_lazy("what is new (RSS)"), feed),
    ]
    return [Fact(gettext_lazy("Follow"), "", more=links)]


@hub_page
@require_safe
def channels_page(request: HttpRequest) -> HttpResponse:
    viewer = anonymous_viewer()
    context = {
        "groups": [
            (_("Everything"), [channel(_("The whole hub"), "feed", "calendar")]),
            (
                _("By kind"),
                [channel(str(kind.name), "kind_feed", slug=kind.slug) for kind in KINDS],
            ),
            (_("By series and section"), [below(page) for page in sections(viewer)]),
            (
                _("By topic"),
                [about(topic) for topic in visible(Topic.objects.all(), viewer=viewer)],
            ),
        ],
        "outward": outward_beside_the_tree(
            _("Feeds and calendars"),
            request.path,
            _("Follow what is new in a feed reader, and events in your own calendar."),
        ),
    }
    return render(request, "cms/channels.html", context)


def sections(viewer: Viewer) -> list[Page]:
    """The pages below the home page that have pages of their own."""
    pages = visible(Page.objects.filter(depth=3, numchild__gt=0), viewer=viewer)
    return list(pages.order_by("path"))


def below(page: Page) -> Channel:
    return channel(page.title, "feed_below", "calendar_below", page_id=page.pk)


def about(topic: Topic) -> Channel:
    return channel(topic.title, "topic_feed", "topic_calendar", slug=topic.slug)


def channel(name: str, feed: str, calendar: str = "", **arguments: str | int) -> Channel:
    return Channel(
        name,
        rss=reverse(f"{feed}_rss", kwargs=arguments),
        atom=reverse(f"{feed}_atom", kwargs=arguments),
        calendar=subscription(reverse(calendar, kwargs=arguments)) if calendar else "",
    )


def urls() -> list[URLPattern]:
    return [path("kanaly/", channels_page, name="channels")]
