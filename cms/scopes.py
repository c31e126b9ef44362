"""Parts of the hub that one can follow: all of it, what stands at and below a page, or a topic; and
their pages as they are for everyone, since what one follows is read without an account.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from wagtail.models import Page

from cms.api.page_rows import column_of_topics, topics_of
from cms.models import HubPage, Topic
from cms.paths import path_of
from cms.visibility import Viewer, can_see, visible


@dataclass(frozen=True)
class Scope:
    """`name` is "" for all of the hub; `address` is its part of the addresses of feeds."""

    name: str
    path: str
    address: str = ""
    page: Page | None = None
    topic: Topic | None = None

    def title(self, of: str) -> str:
        return f"LABiB – {of}: {self.name}" if self.name else f"LABiB – {of}"

    def pages(self, model: type[HubPage], viewer: Viewer) -> Any:
        """Those of the scope that the viewer may see."""
        pages = visible(model._default_manager.all(), viewer=viewer).order_by()
        if self.page is not None:
            pages = pages.filter(path__startswith=self.page.path)
        if self.topic is not None:
            pages = pages.filter(topics=self.topic)
        return pages


def whole() -> Scope:
    return Scope("", "/")


def below_page(page_id: int, viewer: Viewer) -> Scope:
    """Raises Http404 for a page that this viewer may not see, as for one that does not exist."""
    page = Page.objects.filter(pk=page_id, depth__gt=1).first()
    if page is None or not can_see(page, viewer=viewer):
        raise Http404
    return Scope(page.title, path_of(page), f"{page.pk}", page=page)


def about_topic(slug: str) -> Scope:
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise Http404
    return Scope(topic.title, reverse("topic", args=[slug]), f"temat/{topic.slug}", topic=topic)


def topics_by_page(pages: Iterable[HubPage]) -> Mapping[int, Sequence[Topic]]:
    """Topics of pages of any types, by primary key, in one query."""
    return topics_of([(*column_of_topics(page), page.pk) for page in pages])


def is_open_to_all(page: Page, viewer: Viewer) -> bool:
    """Whether everyone may see the page that this viewer sees: only then it can be followed."""
    return viewer.tree.shows(page) and not viewer.tree.restrictions_above(page.path)
