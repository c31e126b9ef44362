"""RSS 2.0 and Atom of what is new: in all of the hub, at and below a page, about a topic, or of one
kind. As everyone sees it: a text for members is there with its lead alone.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.feed_texts import texts_of
from cms.images import ImagePreset, source
from cms.models import Contribution, HubImage, HubPage
from cms.open_answers import open_answer
from cms.paths import absolute, canonical, path_of
from cms.scopes import Scope, about_topic, below_page, topics_by_page, whole
from cms.sight import Sight
from cms.tiles import contributor_names
from cms.visibility import Viewer, anonymous_viewer

MOST_ITEMS = 30


@dataclass(frozen=True)
class Kind:
    """A kind of pages that one can follow; `slug` is its part of the address."""

    model: type[HubPage]
    slug: str
    name: str | Promise


KINDS: list[Kind] = []


def followed(model: type[HubPage], slug: str, name: str | Promise) -> None:
    """Put a kind of pages into the feeds; an app calls this in its feeds.py."""
    KINDS.append(Kind(model, slug, name))


class ContentMixin:
    """The whole text beside the summary (content:encoded), as readers of feeds show it."""

    def rss_attributes(self) -> dict[str, str]:
        attributes = super().rss_attributes()  # type: ignore[misc]
        return {
            **attributes,
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)  # type: ignore[misc]
        for name in item["people"]:
            handler.addQuickElement("dc:creator", name)
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])


class Rss(ContentMixin, Rss201rev2Feed):
    pass


class Atom(Atom1Feed):
    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["people"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})


FORMATS: dict[str, type[SyndicationFeed]] = {"rss": Rss, "atom": Atom}
NAMES = {"rss": "RSS", "atom": "Atom"}


def newest(kinds: Iterable[Kind], scope: Scope, viewer: Viewer) -> list[HubPage]:
    found: list[HubPage] = []
    for kind in kinds:
        pages = scope.pages(kind.model, viewer)
        found += pages.order_by("-published_on", "-pk")[:MOST_ITEMS]
    found.sort(key=lambda page: (page.published_on, page.pk), reverse=True)
    return found[:MOST_ITEMS]


def published_at(page: HubPage) -> datetime.datetime:
    """Editors give the day alone."""
    return timezone.make_aware(datetime.datetime.combine(page.published_on, datetime.time()))


def changed_at(page: HubPage) -> datetime.datetime:
    return max(
        page.last_published_at or page.first_published_at or published_at(page), published_at(page)
    )


@dataclass
class Surroundings:
    """What the items name, loaded for all of them at once."""

    images: dict[int, HubImage] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=dict)
    topics: dict[int, list[str]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


def surroundings_of(pages: list[HubPage], viewer: Viewer) -> Surroundings:
    sight = Sight(viewer)
    rows = Contribution.objects.filter(page__in=[page.pk for page in pages])
    topics = topics_by_page(pages)
    return Surroundings(
        images=sight.images(page.cover_id for page in pages),
        names=contributor_names(rows.order_by("sort_order", "pk"), sight),
        topics={pk: [each.title for each in found] for pk, found in topics.items()},
        texts=texts_of(pages, sight),
    )


def item_of(page: HubPage, around: Surroundings) -> dict[str, Any]:
    image = around.images.get(page.cover_id or 0)
    enclosures = []
    if image is not None:
        shared = source(image, ImagePreset.SHARE, address=absolute)
        # The size in bytes is the storage's to know; 0 stands for an unknown one:
        # https://www.rssboard.org/rss-profile#element-channel-item-enclosure
        enclosures = [Enclosure(shared.src, "0", media_type(shared.src))]
    return {
        "title": page.title,
        "link": canonical(path_of(page)),
        "description": page.lead,
        # The page's own number for life: it stays when the page moves or is renamed.
        "unique_id": f"urn:uuid:{page.translation_key}",
        "unique_id_is_permalink": False,
        "pubdate": published_at(page),
        "updateddate": changed_at(page),
        "categories": around.topics.get(page.pk, []),
        "enclosures": enclosures,
        "people": around.names.get(page.pk, []),
        "content": around.texts.get(page.pk, ""),
    }


def media_type(url: str) -> str:
    ending = url.split("?")[0].rpartition(".")[2].lower()
    return f"image/{'jpeg' if ending == 'jpg' else ending}"


def feed_answer(
    request: HttpRequest, form: str, *, title: str, path: str, pages: list[HubPage], viewer: Viewer
) -> HttpResponse:
    """A feed of these pages, which this viewer may see: one who has no account."""
    feed = FORMATS[form](
        title=title,
        link=canonical(path),
        description=title,
        language=settings.LANGUAGE_CODE,
        feed_url=absolute(request.path),
        feed_guid=absolute(request.path),
    )
    around = surroundings_of(pages, viewer)
    for page in pages:
        feed.add_item(**item_of(page, around))
    # Without items Django would say that the feed changed just now, and no two answers be the same.
    changed = max(map(changed_at, pages), default=None)
    feed.latest_post_date = lambda: changed or EPOCH  # type: ignore[method-assign]
    content = feed.writeString("utf-8").encode()
    return open_answer(request, content, f"application/{form}+xml; charset=utf-8", changed=changed)


EPOCH = datetime.datetime(2012, 1, 1, tzinfo=datetime.UTC)


def answer(
    request: HttpRequest, form: str, scope: Scope, viewer: Viewer, kinds: Iterable[Kind], name: str
) -> HttpResponse:
    pages = newest(kinds, scope, viewer)
    title = scope.title(name)
    return feed_answer(request, form, title=title, path=scope.path, pages=pages, viewer=viewer)


View = Callable[..., HttpResponse]


def in_polish(view: View) -> View:
    @require_safe
    def show(request: HttpRequest, **arguments: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return view(request, anonymous_viewer(), **arguments)

    return show


def whole_feed(request: HttpRequest, viewer: Viewer, form: str) -> HttpResponse:
    return answer(request, form, whole(), viewer, KINDS, _("what is new"))


def feed_below(request: HttpRequest, viewer: Viewer, form: str, page_id: int) -> HttpResponse:
    return answer(request, form, below_page(page_id, viewer), viewer, KINDS, _("what is new"))


def topic_feed(request: HttpRequest, viewer: Viewer, form: str, slug: str) -> HttpResponse:
    return answer(request, form, about_topic(slug), viewer, KINDS, _("what is new"))


def kind_feed(request: HttpRequest, viewer: Viewer, form: str, slug: str) -> HttpResponse:
    kinds = [kind for kind in KINDS if kind.slug == slug]
    if not kinds:
        raise Http404
    return answer(request, form, whole(), viewer, kinds, str(kinds[0].name))


@dataclass(frozen=True)
class FeedLink:
    """For <link rel="alternate">."""

    title: str
    url: str
    type: str


def feed_links(page: HubPage, *, is_open: bool) -> list[FeedLink]:
    """What a program finds that looks for feeds on the page; for a page below which nothing stands
    only that of the whole hub.
    """
    links = links_to("feed")
    if is_open and page.depth > 2 and page.subpage_types != []:
        links += links_to("feed_below", page.title, page_id=page.pk)
    return links


def links_to(view: str, name: str = "", **arguments: Any) -> list[FeedLink]:
    """To the feed of what has this name, in each format."""
    title = Scope(name, "").title(_("what is new"))
    return [
        FeedLink(
            f"{title} ({NAMES[form]})",
            absolute(reverse(f"{view}_{form}", kwargs=arguments)),
            f"application/{form}+xml",
        )
        for form in FORMATS
    ]


def urls() -> list[URLPattern]:
    made = []
    for form in FORMATS:
        for address, view, name in (
            (f"nowosci.{form}", whole_feed, "feed"),
            (f"nowosci/<int:page_id>.{form}", feed_below, "feed_below"),
            (f"nowosci/temat/<slug:slug>.{form}", topic_feed, "topic_feed"),
            (f"nowosci/rodzaj/<slug:slug>.{form}", kind_feed, "kind_feed"),
        ):
            # By its format in the name too, so that an address can be made of a name.
            made.append(path(address, in_polish(view), {"form": form}, name=f"{name}_{form}"))
    return made
