"""What allauth asks us: mails, addresses to go on to, limits, and how secrets are kept."""

import base64
import hashlib
import hmac
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import add_query_params, is_headless_request
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cms.paths import canonical
from members import second_factor


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": _("This is the address that your account has now."),
        "email_password_mismatch": _("The address or the password is wrong. Try again."),
        "incorrect_code": _("This code is wrong, or its time is over. Take the newest one."),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your current password."),
        "rate_limited": _("Too many attempts. Wait some minutes and try again."),
        "too_many_login_attempts": _("Too many attempts. Wait some minutes and try again."),
    }

    def is_safe_url(self, url: str) -> bool:
        """Only paths of the hub itself: allauth's takes every host of the settings."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        # In Polish, whatever language an editor has chosen for the admin.
        with translation.override(settings.LANGUAGE_CODE):
            return super().render_mail(*args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """After the commit: a slow mail server holds no lock, and no link leads to what was rolled
        back.
        """
        details = {"email": email, "site_url": canonical("/"), **context}
        message = self.render_mail(template_prefix, email, details)
        transaction.on_commit(message.send)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """With the page that the way began at, for those who open the mail on another device."""
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        after = None if is_headless_request(request) else get_next_redirect_url(request)
        return add_query_params(url, {"next": after}) if after else url

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many attempts are 429, also where allauth has an error of the form."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("account_overview")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Your role in the admin needs the second factor; it cannot be switched off."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not second_factor.is_required(authenticator.user)

    def encrypt(self, text: str) -> str:
        """So that a copy of the database gives nobody the codes."""
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keys().decrypt(encrypted_text.encode()).decode()


def keys() -> MultiFernet:
    """Made from SECRET_KEY; those before it (SECRET_KEY_FALLBACKS) still open what they closed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(key_from(secret)) for secret in secrets])


def key_from(secret: str | bytes) -> bytes:
    digest = hmac.digest(force_bytes(secret), b"members.second-factor", hashlib.sha256)
    return base64.urlsafe_b64encode(digest)
