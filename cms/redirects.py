"""Where a redirect may lead: an address on the hub itself may tell a secret."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import QueryDict
from wagtail.models import Page, Site

from cms.paths import url_path_of
from cms.visibility import Viewer, can_see


def leads_to_visible(location: str, *, viewer: Viewer) -> bool:
    """False for a path or an absolute URL of a page of ours that the viewer may not see."""
    if leads_away(location):
        return True
    url_path = url_path_of(urlsplit(location).path)
    if url_path is None:
        return True
    # Or of the page that it lies below: the address of a question is below that of its month.
    above = [url_path[: place + 1] for place, letter in enumerate(url_path) if letter == "/"]
    page = Page.objects.filter(depth__gt=1, url_path__in=above).order_by("-depth").first()
    return page is None or can_see(page, viewer=viewer)


def leads_away(location: str) -> bool:
    host = urlsplit(location).hostname
    return bool(host) and host not in own_hosts()


def with_query(location: str, query: QueryDict) -> str:
    """The location with the parameters that it does not set itself."""
    target = urlsplit(location)
    added = query.copy()
    for name in QueryDict(target.query):
        added.pop(name, None)
    parts = [part for part in (target.query, added.urlencode()) if part]
    return urlunsplit(target._replace(query="&".join(parts)))


def own_hosts() -> set[str | None]:
    sites = set(Site.objects.values_list("hostname", flat=True))
    return {*sites, *settings.ALLOWED_HOSTS, urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}
