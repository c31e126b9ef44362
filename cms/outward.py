"""What the head of a page tells other sites: its one address, a shared link's title and picture,
how it is cited, feeds to follow, and schema.org.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString

from cms.citations import Citation, citation_of, meta_tags, work_of
from cms.feeds import FeedLink, feed_links
from cms.images import ImagePreset, ImageSource, source
from cms.models import HubPage
from cms.paths import absolute, canonical, path_of
from cms.scopes import is_open_to_all
from cms.sight import Sight
from cms.structured_data import described, json_ld, site_id, website, without_empty

# Open Graph's types (https://ogp.me/#types) of kinds that have one of their own.
OG_TYPES = {
    "ARTICLE": "article",
    "EXPERT": "profile",
    "HOME": "website",
    "PUBLICATION": "book",
    "WEBINAR": "video.other",
}

OWN_NAME = "LABiB"


@dataclass(frozen=True)
class Outward:
    """`image` and `image_alt` are for shared links; `metas` are names and contents."""

    canonical: str
    og_type: str
    title: str
    description: str
    json_ld: SafeString
    image: ImageSource
    image_alt: str = OWN_NAME
    metas: list[tuple[str, str]] = field(default_factory=list)
    feeds: list[FeedLink] = field(default_factory=list)
    citation: Citation | None = None


def outward(page: HubPage, sight: Sight, context: dict[str, Any]) -> Outward | None:
    """None for a draft, which is told to nobody."""
    viewer = sight.viewer
    if viewer.preview is not None or not page.pk:
        return None
    picture = context["cover"] or context.get("photo")
    work = work_of(page, sight, [topic.title for topic in context["topics"]])
    return Outward(
        canonical=canonical(path_of(page)) + list_page(context),
        og_type=OG_TYPES.get(page.content_kind, "website"),
        title=page.seo_title or page.title,
        description=page.search_description or page.lead,
        json_ld=json_ld(described(page, context)),
        image=source(picture, ImagePreset.SHARE, address=absolute) if picture else own_picture(),
        image_alt=picture.default_alt_text if picture else OWN_NAME,
        metas=meta_tags(work, pdf_url(context)) if work else [],
        feeds=feed_links(page, is_open=is_open_to_all(page, viewer)),
        citation=citation_of(page, work, viewer.local_date) if work else None,
    )


def outward_beside_the_tree(
    title: str,
    address: str,
    description: str = "",
    feeds: Sequence[FeedLink] = (),
    schema_type: str = "CollectionPage",
) -> Outward:
    """Of a page beside the tree that nobody writes."""
    url = canonical(address)
    data = {
        "@type": schema_type,
        "@id": f"{url}#strona",
        "url": url,
        "name": title,
        "description": description,
        "inLanguage": "pl",
        "isPartOf": {"@id": site_id()},
    }
    return Outward(
        canonical=url,
        og_type="website",
        title=title,
        description=description,
        json_ld=json_ld([without_empty(data), website()]),
        image=own_picture(),
        feeds=list(feeds),
    )


def own_picture() -> ImageSource:
    """The hub's own, for pages without one."""
    return ImageSource(absolute(static("cms/share.png")), "", width=1200, height=630)


def list_page(context: dict[str, Any]) -> str:
    """A narrowed list is a page of its own, as are the second and later pages of any."""
    query = context["parts"].query
    numbers = [shelf.numbers.number for shelf in context["parts"].shelves if shelf.numbers]
    if numbers and numbers[0] > 1:
        query += f"strona={numbers[0]}"
    return f"?{query.rstrip('&')}" if query else ""


def pdf_url(context: dict[str, Any]) -> str:
    file = context.get("file")
    return absolute(file.url) if file and file.file_extension.lower() == "pdf" else ""
