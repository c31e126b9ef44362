"""Answers over HTTP: media type, status and what caches may do with them.

https://graphql.github.io/graphql-over-http/draft/#sec-Response
"""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from cms.api.errors import RefusedRequest, RequestErrors, formatted
from cms.preview import HEADER

MEDIA_TYPE = "application/graphql-response+json"
LEGACY_TYPE = "application/json"


def refusal(request: HttpRequest, refused: RefusedRequest) -> HttpResponse:
    body = {"errors": [{"message": refused.message, "extensions": refused.extensions}]}
    response = respond(request, body, refused.status)
    if refused.status == 405:
        response["Allow"] = "GET, HEAD, POST, OPTIONS"
    return response


def failure(request: HttpRequest, failed: RequestErrors) -> HttpResponse:
    """The draft wants 200 for those who ask for application/json by name: they are clients from
    before it, which take any other status for a broken transport.
    """
    body = {"errors": [formatted(error, failed.code) for error in failed.errors]}
    by_name = LEGACY_TYPE in request.headers.get("Accept", "").lower()
    is_legacy = by_name and media_type(request) == LEGACY_TYPE
    return respond(request, body, 200 if is_legacy else 400)


def media_type(request: HttpRequest) -> str:
    """What the client prefers, and application/json when it does not say."""
    return request.get_preferred_type([LEGACY_TYPE, MEDIA_TYPE]) or LEGACY_TYPE


def respond(request: HttpRequest, body: dict[str, Any], status: int) -> HttpResponse:
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = f"{media_type(request)}; charset=utf-8"
    # What one viewer may see is no business of a shared cache. GET knows no viewer, and a look at
    # its user would make the answer vary by cookie.
    is_member = request.method == "POST" and request.user.is_authenticated
    is_private = is_member or HEADER in request.headers
    response["Cache-Control"] = "private, no-store" if is_private else "no-store"
    patch_vary_headers(response, ["Accept"])
    return response


def cacheable(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For a shared cache too. One time for browsers and caches: nobody can tell either of them that
    a page was withdrawn, so it is gone everywhere when this time is over.
    """
    response["Cache-Control"] = f"public, max-age={settings.GRAPHQL_CACHE_SECONDS}"
    # By its content and media type: those who ask again get 304 while nothing changed.
    content = response["Content-Type"].encode() + response.content
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response["ETag"] = etag
    # Raises never: it gives the response itself, 304, or 412.
    return get_conditional_response(request, etag=etag, response=response) or response
