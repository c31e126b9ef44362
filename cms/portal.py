"""What the hub's own pages beside Wagtail's have in common: Polish, no cache for what a member is
shown, and a frontend that may show them instead.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from cms.frontend import leave_for_frontend
from cms.page_context import log_in_url
from cms.serving import marked
from cms.visibility import viewer_of

View = Callable[..., HttpResponse]


def hub_page(view: View) -> View:
    """Decorator of a view that stays the hub's where a frontend shows the pages: it has a form that
    no API has, or is one member's own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return marked(view(request, *arguments, **named), request)

    return answer


def portal_page(view: View) -> View:
    """Decorator of a view that renders a page for readers, which a frontend shows in its place."""
    shown = hub_page(view)

    @wraps(view)
    def answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        elsewhere = leave_for_frontend(request) if request.method in ("GET", "HEAD") else None
        return elsewhere or shown(request, *arguments, **named)

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
