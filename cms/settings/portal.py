"""The hub's own pages: where readers are sent, and what browsers may load."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from cms.embeds import EMBED_ORIGINS
from cms.settings.environment import env

# A frontend that shows the pages in the hub's place; without one the hub shows them itself.
FRONTEND_URL: str = env.str("FRONTEND_URL", default="").rstrip("/")

# How long caches keep feeds, calendars and the sitemap.
FEED_CACHE_SECONDS: int = env.int("FEED_CACHE_SECONDS", default=300)

FRONTEND_ORIGIN = ["{0.scheme}://{0.netloc}".format(urlsplit(FRONTEND_URL))] if FRONTEND_URL else []

# Everything answers that the hub is being worked on.
MAINTENANCE: bool = env.bool("MAINTENANCE", default=False)

# Where pictures come from when they are not on the hub's own host.
MEDIA_HOSTS: list[str] = env.list("MEDIA_HOSTS", default=[])

# Wagtail's admin and GraphiQL bring inline scripts and styles of their own.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/", "/graphql/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        # Browsers judge where a form leads at last: a log-in comes back to the frontend.
        "form-action": [SELF, *FRONTEND_ORIGIN],
        "frame-ancestors": [SELF],
        "frame-src": [SELF, *EMBED_ORIGINS],
        "img-src": [SELF, *MEDIA_HOSTS],
        "object-src": [NONE],
    },
}
