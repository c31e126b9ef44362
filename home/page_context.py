"""What the home page and plain pages show."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.models import HubPage
from cms.page_context import Parts, Scene, parts_of
from cms.sight import Sight
from cms.tiles import Shelf, children_of, tiles
from cms.visibility import visible
from home.models import HomePage, SiteSettings, StandardPage
from projects.models import Publication
from thematic_months.models import Article, Series, ThematicMonth, Webinar, WebinarStatus
from thematic_months.page_context import confirmed_experts

WEBINARS = 3
NEWS = 6


@parts_of(HomePage)
def home_parts(page: HomePage, scene: Scene) -> Parts:
    sight = scene.sight
    own: dict[str, Any] = {}
    month = current_month(sight)
    if month:
        own = {"month": tiles([month], sight)[0], "experts": confirmed_experts(month, sight)}
        own["theme"] = month.theme
    return Parts(
        own=own,
        shelves=[
            Shelf(_("Next webinars"), next_webinars(sight), sight),
            Shelf(_("New on the site"), news(sight), sight),
            Shelf(_("Series"), children_of(page, Series, sight).order_by("title", "pk"), sight),
        ],
    )


@parts_of(StandardPage)
def standard_parts(page: StandardPage, scene: Scene) -> Parts:
    below = children_of(page, StandardPage, scene.sight).order_by("path")
    return Parts(shelves=[Shelf(_("Read on"), below, scene.sight)], is_dated=True)


def current_month(sight: Sight) -> ThematicMonth | None:
    """The month of the main series that it is in Warsaw."""
    series = Series.objects.filter(pk=SiteSettings.load().main_series_id).first()
    if series is None:
        return None
    today = sight.viewer.local_date
    return (
        children_of(series, ThematicMonth, sight).filter(year=today.year, month=today.month).first()
    )


def next_webinars(sight: Sight) -> list[HubPage]:
    webinars = Webinar.objects.filter(ends__gt=sight.viewer.now).exclude(
        status__in=(WebinarStatus.CANCELLED, WebinarStatus.POSTPONED)
    )
    return list(visible(webinars, viewer=sight.viewer).order_by("starts", "pk")[:WEBINARS])


def news(sight: Sight) -> list[HubPage]:
    """The newest articles and publications."""
    newest: list[HubPage] = []
    for model in (Article, Publication):
        pages = visible(model.objects.all(), viewer=sight.viewer)
        newest += pages.order_by("-published_on", "-pk")[:NEWS]
    return sorted(newest, key=lambda page: (page.published_on, page.pk), reverse=True)[:NEWS]
