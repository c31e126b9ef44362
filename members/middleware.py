"""What holds for every answer: a member's stays out of caches, and the admin opens for those with
a second factor.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from members import second_factor

GetResponse = Callable[[HttpRequest], HttpResponse]
# Where an account without it must get to.
ALWAYS_OPEN = ("wagtailadmin_login", "wagtailadmin_logout")


class PrivateAnswers:
    """No shared cache, and no browser of a public computer, keeps what was made for a member: the
    pages of errors and of the account too, not only those of content.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Who never looked at the session knows no member; a look here would vary it by cookie.
        if request.session.accessed and request.user.is_authenticated:
            is_public = "public" in response.get("Cache-Control", "")
            if not is_public and response.get("Content-Type", "").startswith("text/html"):
                patch_cache_control(response, private=True, no_store=True)
        return response


class AdminSecondFactor:
    """Every address of the admin, its API included, asks whoever may open it for the second factor:
    to set it up when there is none, to give it when this session has not.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.way_there(request) or self.get_response(request)

    def way_there(self, request: HttpRequest) -> HttpResponse | None:
        if not settings.ADMIN_SECOND_FACTOR or not is_in_admin(request.path):
            return None
        member = request.user
        if not member.is_authenticated or not second_factor.is_required(member):
            return None
        if not second_factor.is_set_up(member):
            place = "mfa_activate_totp"
        elif not second_factor.was_given(request):
            place = "mfa_reauthenticate"
        else:
            return None
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        after = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
        return redirect(f"{reverse(place)}?{urlencode({'next': after})}")


def is_in_admin(path: str) -> bool:
    return path.startswith(reverse("wagtailadmin_home")) and path not in {
        reverse(name) for name in ALWAYS_OPEN
    }
