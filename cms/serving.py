"""What the hub's own pages answer to somebody who may not see them, and redirects that tell nobody
of hidden pages.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from wagtail import hooks
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.wagtail_hooks import require_wagtail_login

from cms.redirects import leads_away, leads_to_visible, with_query
from cms.tree import Restriction
from cms.visibility import viewer_of

OPENED_BY_LOGIN = frozenset({PageViewRestriction.LOGIN, PageViewRestriction.GROUPS})


@hooks.register("before_serve_page")
def refuse_hidden_page(
    page: Page, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Wagtail itself would show a page below an unpublished one, an expired one, and a form for
    shared passwords.
    """
    viewer = viewer_of(request)
    if not viewer.tree.shows(page):
        raise Http404
    above = set(viewer.tree.restrictions_above(page.path)) & viewer.unmet_restrictions
    if above:
        return ask_to_log_in(
            request, [each for each in viewer.tree.restrictions if each.id in above]
        )
    return None


def ask_to_log_in(request: HttpRequest, unmet: Iterable[Restriction]) -> HttpResponse:
    """The way to the log-in; 404, as for what does not exist, when no log-in opens all of them.

    Who is logged in is led there too: the log-in says that this account may not see the page.
    """
    if not all(each.type in OPENED_BY_LOGIN for each in unmet):
        raise Http404
    response = require_wagtail_login(next=request.get_full_path())
    add_never_cache_headers(response)
    return response


@hooks.register("on_serve_page")
def mark_response(callback: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What a member is shown stays out of shared caches, and of the browser of a library's public
    computer.
    """

    def serve(page: Page, request: HttpRequest, *arguments: Any) -> HttpResponse:
        return marked(callback(page, request, *arguments), request)

    return serve


def marked(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    # Pages are in Polish, whatever language the reader's browser prefers in the admin.
    response["Content-Language"] = settings.LANGUAGE_CODE
    if viewer_of(request).is_member:
        patch_cache_control(response, private=True, no_store=True)
    return response


class VisibleRedirects(RedirectMiddleware):
    """Wagtail's, except that a redirect to a page that the viewer may not see is none: its address
    may tell a secret. On the hub itself the query goes along: a page of a list stays that page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: HttpResponse = super().process_response(request, response)
        if answer is response:
            return response
        location = answer["Location"]
        if not leads_to_visible(location, viewer=viewer_of(request)):
            return response
        if request.GET and not leads_away(location) and not is_redirected_with_query(request):
            answer["Location"] = with_query(location, request.GET)
        return answer


def is_redirected_with_query(request: HttpRequest) -> bool:
    """Whether the query is a part of the old address, and so means nothing to the new one."""
    old = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return get_redirect(request, old) is not None
