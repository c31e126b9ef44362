"""Mutations and other sites.

That POST takes only application/json already keeps foreign forms out; a browser that tells its
origin is believed beside it, in case a session's cookie ever travels further than it does today.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from cms.api.errors import RefusedRequest

FOREIGN_ORIGIN = RefusedRequest(
    403, "FOREIGN_ORIGIN", "Mutations are taken from the hub's own site and from known frontends."
)


def is_from_known_origin(request: HttpRequest) -> bool:
    """Whether the browser's page is the hub's or a frontend's of CORS_ALLOWED_ORIGINS; what is no
    browser tells no origin.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    # The host alone: behind a proxy the hub may not know that it is served over HTTPS.
    is_own = urlsplit(origin).netloc == request.get_host()
    known = [*settings.CORS_ALLOWED_ORIGINS, *settings.CSRF_TRUSTED_ORIGINS]
    return is_own or origin in known
