"""Where a redirect may lead: an address on the hub itself may tell a secret."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.paths import url_path_of
from cms.visibility import Viewer, can_see


def leads_to_visible(location: str, *, viewer: Viewer) -> bool:
    """False for a path or an absolute URL of a page of ours that the viewer may not see."""
    target = urlsplit(location)
    if target.hostname and target.hostname not in own_hosts():
        return True
    url_path = url_path_of(target.path)
    if url_path is None:
        return True
    # Or of the page that it lies below: the address of a question is below that of its month.
    above = [url_path[: place + 1] for place, letter in enumerate(url_path) if letter == "/"]
    page = Page.objects.filter(depth__gt=1, url_path__in=above).order_by("-depth").first()
    return page is None or can_see(page, viewer=viewer)


def own_hosts() -> set[str | None]:
    sites = set(Site.objects.values_list("hostname", flat=True))
    return {*sites, *settings.ALLOWED_HOSTS, urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}
