"""The feed of a search: its newest hits, for a feed reader."""

from dataclasses import replace
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.visibility import anonymous_viewer
from search.archive import Hit, search
from search.archive_addresses import Address
from search.archive_pages import request_of
from search.archive_request import BadRequest
from search.kind_names import kind_name
from search.ordering import Order

NEWEST = 30


class ArchiveFeed(Feed[Hit, Address]):
    """What anybody may find, whoever asks: feed readers share what they fetched."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Address:
        return Address.of(request.GET).first_page(kolejnosc="najnowsze")

    def title(self, address: Address) -> str:
        return (
            _("LABiB – search: %(text)s") % {"text": address.q}
            if address.q
            else _("LABiB – archive")
        )

    def items(self, address: Address) -> list[Hit]:
        try:
            wanted = request_of(address)
        except BadRequest as error:
            raise Http404 from error
        request = replace(wanted, order=Order.NEWEST, first=NEWEST, facets=())
        return list(search(request, viewer=anonymous_viewer()).hits)

    def link(self, address: Address) -> str:
        return address.url()

    def item_title(self, hit: Hit) -> str:
        return hit.entry.title

    def item_description(self, hit: Hit) -> str:
        return hit.entry.lead or strip_tags(hit.passage)

    def item_link(self, hit: Hit) -> str:
        return hit.entry.path

    def item_categories(self, hit: Hit) -> list[str]:
        return [kind_name(hit.entry.kind)]
