"""Where allauth counts.

allauth takes Django's default cache, which on the embedded default is the memory of one process.
Its counts, and the codes of second factors that were used, go to the cache `limits` instead: the
database, which all processes share. A test with two processes holds it.
"""

from typing import Any

from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import caches
from django.utils.connection import ConnectionProxy

LIMITS = "limits"


class UsedCodes:
    """A code is taken for as long as it would be accepted: with MFA_TOTP_TOLERANCE that is longer
    than the one period for which allauth remembers it.
    """

    def add(self, key: str, value: Any, timeout: float) -> bool:
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        return caches[LIMITS].add(key, value, timeout=timeout * periods)


def connect() -> None:
    ratelimit.cache = ConnectionProxy(caches, LIMITS)
    totp.cache = UsedCodes()
