"""The feed of a search: its newest hits, for a feed reader."""

import datetime
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.feeds import EPOCH, Rss, in_polish
from cms.open_answers import open_answer
from cms.paths import absolute, canonical
from cms.visibility import Viewer
from search.archive import Hit, search
from search.archive_addresses import Address
from search.archive_pages import request_of
from search.archive_request import BadRequest
from search.kind_names import kind_name
from search.ordering import Order

NEWEST = 30


def archive_feed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What anybody may find, whoever asks: feed readers share what they fetched."""
    address = Address.of(request.GET).first_page(kolejnosc="najnowsze")
    try:
        wanted = request_of(address)
    except BadRequest as error:
        raise Http404 from error
    found = search(replace(wanted, order=Order.NEWEST, first=NEWEST, facets=()), viewer=viewer)
    title = (
        _("LABiB – search: %(text)s") % {"text": address.q} if address.q else _("LABiB – archive")
    )
    own = absolute(address.url("archive_feed"))
    feed = Rss(
        title=title,
        link=canonical(address.url()),
        description=title,
        language=settings.LANGUAGE_CODE,
        feed_url=own,
        feed_guid=own,
    )
    for hit in found.hits:
        feed.add_item(**item_of(hit))
    changed = max((moment_of(hit) for hit in found.hits), default=None)
    # Without items Django would say that the feed changed just now, and no two answers be the same.
    feed.latest_post_date = lambda: changed or EPOCH  # type: ignore[method-assign]
    content = feed.writeString("utf-8").encode()
    return open_answer(request, content, "application/rss+xml; charset=utf-8", changed=changed)


def item_of(hit: Hit) -> dict[str, Any]:
    entry = hit.entry
    return {
        "title": entry.title,
        "link": canonical(entry.path),
        "description": entry.lead or strip_tags(hit.passage),
        # It stays when the thing moves or is renamed.
        "unique_id": f"labib:{entry.kind}:{entry.object_id}",
        "unique_id_is_permalink": False,
        "pubdate": moment_of(hit),
        "categories": [kind_name(entry.kind)],
        "people": [],
        "content": "",
    }


def moment_of(hit: Hit) -> datetime.datetime:
    """Of the hit's day, the beginning."""
    return timezone.make_aware(datetime.datetime.combine(hit.entry.date, datetime.time()))


def urls() -> list[URLPattern]:
    return [path("archiwum/rss/", in_polish(archive_feed), name="archive_feed")]
