"""What people do with their accounts, step by step as a browser without JavaScript does."""

import re
import time

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from members.models import Member

PASSWORD = "tajne-haslo-ż"
NEW_PASSWORD = "inne-haslo-ź"
SECRET = "JBSWY3DPEHPK3PXP"


def sign_up(client: Client, email: str, *, after: str = "", password: str = PASSWORD):
    data = {"email": email, "password1": password, "next": after}
    return client.post("/konto/rejestracja/", data)


def log_in(client: Client, email: str, *, after: str = "", password: str = PASSWORD):
    data = {"login": email, "password": password, "next": after}
    return client.post("/konto/logowanie/", data)


def link_in_mail(index: int = -1) -> str:
    """The path of the first address of the account in the mail."""
    found = re.search(r"https?://[^/\s]+(/konto/\S+)", mail.outbox[index].body)
    assert found, mail.outbox[index].body
    return found[1]


def set_up_second_factor(member: Member) -> list[str]:
    """With SECRET; the recovery codes."""
    TOTP.activate(member, SECRET)
    return RecoveryCodes.activate(member).generate_codes()


def code(secret: str = SECRET, *, periods: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))
