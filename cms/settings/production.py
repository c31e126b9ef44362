"""For servers. It does not start without its secrets, and says which one is missing."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403  (settings are one namespace)
from cms.settings.base import env

missing = [
    name for name in ("SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL") if not env.str(name, default="")
]
if missing:
    raise ImproperlyConfigured(f"Set {', '.join(missing)}: .env.example says what for.")

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The proxy in front ends TLS; it must set this header and drop one that a client sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = False
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
# W021 asks for HSTS preloading: a promise for the whole domain, which is the operator's to give.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
