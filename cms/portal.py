"""What the hub's own pages beside Wagtail's have in common: Polish, and no cache for what a member
is shown.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.http import urlencode

from cms.page_context import log_in_url
from cms.visibility import viewer_of

View = Callable[..., HttpResponse]


def portal_page(view: View) -> View:
    """Decorator of a view that renders one of the hub's pages for readers."""

    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            response = view(request, **arguments)
        response.headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        if viewer_of(request).is_member:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def to_log_in(request: HttpRequest, *, back_to: str = "") -> HttpResponse:
    """The way to the log-in and back to an address of the hub, here by default."""
    address = log_in_url(request)
    if back_to:
        address = f"{address.partition('?')[0]}?{urlencode({REDIRECT_FIELD_NAME: back_to})}"
    response = redirect(address)
    add_never_cache_headers(response)
    return response


def members_only(view: View) -> View:
    """Decorator: strangers are led to the log-in and back."""

    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not viewer_of(request).is_member:
            return to_log_in(request)
        return view(request, **arguments)

    return answer
