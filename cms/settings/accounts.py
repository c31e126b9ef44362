"""Accounts (docs/adr/0013): allauth, sessions, the second factor, and whom rate limits count."""

import os

from cms.settings.environment import env
from cms.settings.portal import FRONTEND_URL

IN_PRODUCTION = os.environ.get("DJANGO_SETTINGS_MODULE") == "cms.settings.production"

AUTH_USER_MODEL = "members.Member"
# allauth's takes as long for an address that nobody has; rights are Django's.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The mails say these: a day for a new password, three for a confirmation.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3

# One log-in for the portal and the admin.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_overview"
LOGOUT_REDIRECT_URL = "/"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
# What the account's own pages do, Wagtail's need not do a second time and in another way.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

# A session knows whose it is, so that it goes with the account.
SESSION_ENGINE = "members.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

ACCOUNT_ADAPTER = "members.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"members.account_forms.{form}"
    for name, form in (
        ("login", "LogInForm"),
        ("signup", "SignUpForm"),
        ("add_email", "NewAddressForm"),
        ("change_password", "ChangePasswordForm"),
        ("set_password", "SetPasswordForm"),
        ("reset_password", "ResetPasswordForm"),
        ("reset_password_from_key", "NewPasswordForm"),
        ("reauthenticate", "PasswordAgainForm"),
    )
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Whoever may not see a page is led to the log-in, which must not lead them back at once.
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    # A workshop of librarians signs up from one address at once.
    "signup": "30/m/ip,200/d/ip",
    "reset_password": "20/m/ip,5/h/key",
    "confirm_email": "1/3m/key",
}
# How many proxies in front add to X-Forwarded-For: limits count the address before them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if IN_PRODUCTION else 0)

MFA_ADAPTER = "members.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "members.account_forms.CodeForm",
    "reauthenticate": "members.account_forms.CodeAgainForm",
    "activate_totp": "members.account_forms.FirstCodeForm",
}
MFA_TOTP_ISSUER = "LABiB"
# The code before and the one after count too: who types slowly gets in.
MFA_TOTP_TOLERANCE = 1
# Whoever may open the admin needs a second factor for it.
ADMIN_SECOND_FACTOR: bool = env.bool("ADMIN_SECOND_FACTOR", default=True)

# The same accounts for frontends. With FRONTEND_ACCOUNTS, links in mails lead to the frontend.
FRONTEND_ACCOUNTS: bool = env.bool("FRONTEND_ACCOUNTS", default=bool(FRONTEND_URL))
HEADLESS_FRONTEND_URLS = (
    {
        "account_confirm_email": f"{FRONTEND_URL}/konto/potwierdzenie/{{key}}",
        "account_reset_password": f"{FRONTEND_URL}/konto/haslo",
        "account_reset_password_from_key": f"{FRONTEND_URL}/konto/haslo/{{key}}",
        "account_signup": f"{FRONTEND_URL}/konto/rejestracja",
    }
    if FRONTEND_URL and FRONTEND_ACCOUNTS
    else {}
)
