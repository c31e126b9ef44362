"""Drafts on the hub's own pages for whoever has a link, and in a frontend from the editor's preview
button (docs/adr/0007).

A link is /podglad/#<secret>. Browsers keep what follows # to themselves, so neither logs nor other
sites learn the secret: the page behind the link puts it into a cookie that only the addresses of
this one preview are sent.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from cms.drafts import versions_of
from cms.models import HubPage, PreviewToken
from cms.preview import InvalidPreviewToken, find_token, frontend_address, make_own_token, scope_of
from cms.visibility import Viewer

COOKIE = "podglad"
# A link that somebody pasted whole is longer than the secret in it.
LONGEST_CODE = 500

View = Callable[..., HttpResponse]


def share_address(secret: str) -> str:
    """The absolute link to give away."""
    base: str = settings.WAGTAILADMIN_BASE_URL
    return f"{base.rstrip('/')}{reverse('open_preview')}#{secret}"


def apart(view: View) -> View:
    """Keep the answer out of caches and search engines, and its address from other sites."""

    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            response = view(request, **arguments)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not `no-referrer`: browsers then send forms without their origin, and Django refuses them.
        response["Referrer-Policy"] = "same-origin"
        response["Content-Language"] = settings.LANGUAGE_CODE
        return response

    return answer


@apart
@require_http_methods(["GET", "HEAD", "POST"])
def open_preview(request: HttpRequest) -> HttpResponse:
    """Takes the secret out of the link, by a script or by hand."""
    if request.method != "POST":
        return render(request, "cms/preview_open.html")
    secret = request.POST.get("kod", "")[:LONGEST_CODE].strip().rpartition("#")[2]
    try:
        token = find_token(secret, timezone.now())
    except InvalidPreviewToken:
        return refused(request)
    address = reverse("preview", args=[token.pk])
    response = redirect(address)
    response.set_cookie(
        COOKIE,
        secret,
        expires=token.expires_at,
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/preview_open.html", {"is_refused": True}, status=404)


@apart
@require_safe
def show_preview(request: HttpRequest, token_id: int, page_id: int | None = None) -> HttpResponse:
    """A page of the preview as somebody without an account would see it, whoever looks."""
    try:
        token = find_token(request.COOKIES.get(COOKIE, ""), timezone.now())
    except InvalidPreviewToken:
        return refused(request)
    if token.pk != token_id:
        return refused(request)
    viewer = Viewer(preview=scope_of(token, address=reverse("preview", args=[token.pk])))
    found = Page.objects.filter(pk=token.page_id if page_id is None else page_id).first()
    if found is None or not viewer.previews(found.path):
        raise Http404
    request._hub_viewer = viewer  # type: ignore[attr-defined]
    request.hub_preview = token  # type: ignore[attr-defined]
    [page] = versions_of([found.specific], viewer)
    response = page.serve(request)
    return response.render()


def show_in_frontend(page: HubPage, request: HttpRequest) -> HttpResponse:
    """To the setting PREVIEW_URL, with a token for what stands in the editor's form."""
    if not page.pk:
        return render(request, "cms/preview_unsaved.html")
    response = redirect(frontend_address(page, make_own_token(page, editor=request.user)))
    add_never_cache_headers(response)
    return response


def active_tokens() -> Any:
    """Links that were given away and still work, without the editors' own previews."""
    shared = PreviewToken.objects.usable(timezone.now()).filter(content__isnull=True)
    return shared.select_related("page", "created_by")


def urls() -> list[URLPattern]:
    return [
        path("podglad/", open_preview, name="open_preview"),
        path("podglad/<int:token_id>/", show_preview, name="preview"),
        path("podglad/<int:token_id>/<int:page_id>/", show_preview, name="preview_below"),
    ]
