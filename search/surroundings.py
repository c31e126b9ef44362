"""What stands around a batch of pages: above them in the tree, and the experts and places that they
name."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from cms.journal import page_kind
from cms.models import HubPage, Place
from cms.tree import Placement, TreeState
from thematic_months.models import Expert, Invitation

# What a thing is found by when it stands below it: „GET it” finds the articles of that month.
NAMED_ANCESTORS = frozenset({"SERIES", "THEMATIC_MONTH", "PROJECT", "EDITION"})
STEP = Page.steplen


@dataclass(frozen=True)
class Ancestor:
    pk: int
    kind: str
    title: str


class Surroundings:
    """Of these pages, at this moment, in a constant number of queries."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.tree = TreeState(timezone.now())
        paths = {above for page in pages for above in _paths_above(page.path)}
        rows = Page.objects.filter(path__in=paths).values_list(
            "path", "pk", "content_type_id", "title"
        )
        self._ancestors = {
            path: Ancestor(pk, kind, title)
            for path, pk, content_type_id, title in rows
            if (kind := page_kind(content_type_id)) in NAMED_ANCESTORS
        }

    def placement(self, page: Page) -> Placement:
        return self.tree.placement(page)

    def ancestors(self, page: Page) -> list[Ancestor]:
        found = (self._ancestors.get(path) for path in _paths_above(page.path))
        return [ancestor for ancestor in found if ancestor is not None]

    def may_name(self, page: Page, *, beside: Placement) -> bool:
        """Whether all who see a page that stands so see this page too, for as long."""
        placement = self.placement(page)
        if not placement.shown or not set(placement.restrictions) <= set(beside.restrictions):
            return False
        ends_first = placement.until is not None and (
            beside.until is None or placement.until < beside.until
        )
        return not ends_first


def _paths_above(path: str) -> list[str]:
    return [path[:length] for length in range(STEP, len(path), STEP)]


def experts_of(page: HubPage) -> Iterator[Expert]:
    """Those who made it or, of a month, take part in it."""
    for contribution in page.contributions.select_related("expert"):
        if contribution.expert is not None:
            yield contribution.expert
    if page.content_kind == "THEMATIC_MONTH":
        invitations = page.experts.filter(invitation=Invitation.CONFIRMED)
        yield from (invitation.expert for invitation in invitations.select_related("expert"))


def places_of(page: HubPage) -> Iterator[Place]:
    named = [getattr(page, "place", None)]
    if page.content_kind == "EDITION":
        named += [laureate.place for laureate in page.laureates.select_related("place")]
        for exchange in page.exchanges.select_related("host", "guest"):
            named += [exchange.host, exchange.guest]
    yield from (place for place in named if place is not None)


def date_of(page: HubPage) -> datetime.date:
    """When it happens; of what does not happen, when it was published."""
    starts: datetime.datetime | None = getattr(page, "starts", None)
    return timezone.localdate(starts) if starts else page.published_on
