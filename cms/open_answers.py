"""Answers that are the same for everyone: kept by shared caches, and not sent again unchanged."""

import datetime
import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date


def open_answer(
    request: HttpRequest,
    content: bytes,
    content_type: str,
    *,
    changed: datetime.datetime | None = None,
    filename: str = "",
) -> HttpResponse:
    """With ETag and, when known, Last-Modified.

    Only the ETag is asked for: what is withdrawn takes the newest moment of a list with it, so
    that by Last-Modified a reader would keep it.
    """
    response = HttpResponse(content, content_type=content_type)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if changed is not None:
        response["Last-Modified"] = http_date(changed.timestamp())
    if filename:
        response["Content-Disposition"] = f'inline; filename="{filename}"'
    # For browsers on other origins: all of this is public.
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=settings.FEED_CACHE_SECONDS)
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    assert isinstance(answer, HttpResponse)  # noqa: S101  (it was given one)
    return answer
