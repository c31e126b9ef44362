"""Addresses of accounts. allauth's pages are named one by one, in Polish: what is not here cannot
be reached.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils.http import urlencode
from wagtail.utils.urlpatterns import decorate_urlpatterns

from members import views


def to_log_in(request: HttpRequest) -> HttpResponse:
    """In place of Wagtail's two log-ins, which know no second factor."""
    after = request.GET.get("next", "")
    if not after and request.path.startswith(reverse("wagtailadmin_home")):
        after = reverse("wagtailadmin_home")
    query = f"?{urlencode({'next': after})}" if after else ""
    return redirect(f"{reverse('account_login')}{query}")


def to_reset(request: HttpRequest) -> HttpResponse:
    return redirect("account_reset_password")


# Some of allauth's answers are exceptions, for its middleware to turn into responses. Here no
# middleware sees them, since cms/transactions.py calls the view.
answer_to = AccountMiddleware(lambda request: HttpResponse()).process_exception


def answers_by_exception(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as error:
            response: HttpResponse = answer_to(request, error)
            return response

    return answering


# Not in one transaction: checking a password takes a third of a second, for which SQLite's only
# writer would wait; and a count of failures must stay whatever becomes of the request.
log_in = transaction.non_atomic_requests(account.login)

ENTRANCE = [
    path("logowanie/", log_in, name="account_login"),
    path("wylogowanie/", account.logout, name="account_logout"),
    path("nieczynne/", account.account_inactive, name="account_inactive"),
    path("rejestracja/", account.signup, name="account_signup"),
    path("potwierdzenie/", account.email_verification_sent, name="account_email_verification_sent"),
    path("potwierdzenie/<str:key>/", account.confirm_email, name="account_confirm_email"),
    path("haslo/", account.password_reset, name="account_reset_password"),
    path("haslo/wyslane/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "haslo/zmienione/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^haslo/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("kod/", second_factor.authenticate, name="mfa_authenticate"),
]
OWN = [
    path("", views.overview, name="account_overview"),
    path("profil/", views.profile, name="account_profile"),
    path("adres/", account.email, name="account_email"),
    path("zmiana-hasla/", account.password_change, name="account_change_password"),
    path("nowe-haslo/", account.password_set, name="account_set_password"),
    path("moje-dane/", views.own_data, name="account_own_data"),
    path("moje-dane/plik/", views.export, name="account_export"),
    path("usuniete/", views.deleted, name="account_deleted"),
    path("to-ja/", account.reauthenticate, name="account_reauthenticate"),
    path("to-ja/kod/", second_factor.reauthenticate, name="mfa_reauthenticate"),
]
SECOND_FACTOR = [
    path("", second_factor.index, name="mfa_index"),
    path(
        "wlacz/",
        login_required(views.ActivateSecondFactor.as_view()),
        name="mfa_activate_totp",
    ),
    path("wylacz/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("kody/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("kody/nowe/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kody/plik/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]


def urls() -> list[URLPattern | URLResolver]:
    """Before Wagtail's own, some of which they stand in for."""
    accounts = [
        path("admin/logout/", account.logout),
        path("konto/", include([*ENTRANCE, *OWN])),
        path("konto/weryfikacja-dwuetapowa/", include(SECOND_FACTOR)),
        path("_allauth/", include("allauth.headless.urls")),
    ]
    return [
        path("admin/login/", to_log_in),
        path("admin/password_reset/", to_reset),
        path("_util/login/", to_log_in),
        *decorate_urlpatterns(accounts, answers_by_exception),
    ]
