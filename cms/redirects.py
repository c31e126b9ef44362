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
    page = Page.objects.filter(url_path=url_path).first() if url_path else None
    return page is None or can_see(page, viewer=viewer)


def own_hosts() -> set[str | None]:
    sites = set(Site.objects.values_list("hostname", flat=True))
    return {*sites, *settings.ALLOWED_HOSTS, urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}
