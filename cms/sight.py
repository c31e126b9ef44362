"""What one viewer sees of the things that a page refers to: loaded in bulk, judged, and each asked
for once.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model
from wagtail.models import Page

from cms import rich_text
from cms.api.page_rows import add_shared_columns, light_pages
from cms.drafts import versions_of
from cms.images import with_renditions
from cms.models import HubDocument, HubImage, HubPage
from cms.paths import path_of
from cms.visibility import Viewer, can_see

M = TypeVar("M", bound=Model)
Ids = Iterable[int | None]


class Sight:
    """Things by primary key; what the viewer may not see is absent, as is what does not exist."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer
        self._found: dict[object, dict[int, Any]] = {}

    def pages(self, ids: Ids) -> dict[int, HubPage]:
        """Specific pages, as cards and tiles need them: one query, and one for each type among
        them.
        """
        return self._load("page", lambda keys: Page.objects.filter(pk__in=keys).specific(), ids)

    def cards(self, ids: Ids) -> dict[int, HubPage]:
        """Pages with what every kind has: two queries, however many types are among them."""
        return self._load("card", load_cards, ids)

    def links(self, ids: Ids) -> dict[int, Page]:
        """Pages of which only the title and the path are shown."""
        return self._load("link", lambda keys: Page.objects.filter(pk__in=keys), ids)

    def images(self, ids: Ids) -> dict[int, HubImage]:
        return self._load("image", with_renditions, ids)

    def documents(self, ids: Ids) -> dict[int, HubDocument]:
        return self._load("document", lambda keys: HubDocument.objects.filter(pk__in=keys), ids)

    def of(self, model: type[M], ids: Ids) -> dict[int, M]:
        return self._load(model, lambda keys: model._default_manager.filter(pk__in=keys), ids)

    def page(self, pk: int | None) -> HubPage | None:
        return self.pages([pk]).get(pk or 0)

    def image(self, pk: int | None) -> HubImage | None:
        return self.images([pk]).get(pk or 0)

    def document(self, pk: int | None) -> HubDocument | None:
        return self.documents([pk]).get(pk or 0)

    def versions(self, things: Iterable[Any]) -> list[Any]:
        """The things, pages within a preview as their drafts have them."""
        things = list(things)
        if self.viewer.preview is None:
            return things
        # A bare Page stands for its link, which needs no more than the draft's title.
        versions = iter(
            versions_of([each for each in things if isinstance(each, HubPage)], self.viewer)
        )
        for each in things:
            if type(each) is Page and self.viewer.previews(each.path):
                each.title = each.draft_title
        return [next(versions) if isinstance(each, HubPage) else each for each in things]

    def path(self, page: Page) -> str:
        """Where this viewer finds the page: a preview may have addresses of its own."""
        preview = self.viewer.preview
        if preview is not None and preview.address and preview.covers(page.path):
            return preview.address if page.path == preview.path else f"{preview.address}{page.pk}/"
        return path_of(page)

    def html(self, source: str) -> str:
        """Rich text whose internal links lead only to what the viewer may see."""
        pages = self.links(rich_text.linked_ids(source, "page"))
        documents = self.documents(rich_text.linked_ids(source, "document"))
        return rich_text.to_html(
            source,
            pages={pk: self.path(page) for pk, page in pages.items()},
            documents={pk: document.url for pk, document in documents.items()},
        )

    def _load(
        self, kind: object, find: Callable[[list[int]], Iterable[Any]], ids: Ids
    ) -> dict[int, Any]:
        found = self._found.setdefault(kind, {})
        wanted = {pk for pk in ids if pk is not None}
        unknown = sorted(wanted - found.keys())
        if unknown:
            found.update(dict.fromkeys(unknown))
            seen = [each for each in find(unknown) if can_see(each, viewer=self.viewer)]
            found.update({each.pk: each for each in self.versions(seen)})
        return {pk: found[pk] for pk in wanted if found[pk] is not None}


def load_cards(ids: list[int]) -> list[Page]:
    pages = light_pages(Page.objects.filter(pk__in=ids).order_by())
    add_shared_columns(pages)
    return pages


class Wanted:
    """Stands in for Sight while a body is read for the first time: it finds nothing and remembers
    what was asked for.
    """

    def __init__(self) -> None:
        self.ids: dict[str, set[int | None]] = {
            name: set() for name in ("pages", "links", "images", "documents")
        }

    def page(self, pk: int | None) -> None:
        self.ids["pages"].add(pk)

    def image(self, pk: int | None) -> None:
        self.ids["images"].add(pk)

    def document(self, pk: int | None) -> None:
        self.ids["documents"].add(pk)

    def html(self, source: str) -> str:
        self.ids["links"] |= rich_text.linked_ids(source, "page")
        self.ids["documents"] |= rich_text.linked_ids(source, "document")
        return ""

    def path(self, page: Page) -> str:
        return ""

    def load(self, sight: Sight) -> None:
        for name, ids in self.ids.items():
            getattr(sight, name)(ids)
