"""Where readers see a page: on the hub itself, or on the frontend that FRONTEND_URL names."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from wagtail import hooks
from wagtail.models import Page

from cms.paths import canonical, path_of


def leave_for_frontend(request: HttpRequest, path: str = "") -> HttpResponse | None:
    """The redirect to the same address there; None while the hub shows its own pages."""
    if not settings.FRONTEND_URL:
        return None
    query = request.META.get("QUERY_STRING", "")
    address = canonical(path or request.path)
    # Not a permanent one: browsers would keep it after the setting is gone.
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


# After the check of who may see the page: a redirect would tell that there is one.
@hooks.register("before_serve_page", order=100)
def show_on_frontend(
    page: Page, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse | None:
    return leave_for_frontend(request, path_of(page))
