"""What holds everywhere, and safe as it stands: no debug, no secret. Each setting that comes from
the environment is in .env.example.
"""

import os

from django.utils.translation import gettext_lazy as _

from cms.settings.accounts import *  # noqa: F403  (settings are one namespace)
from cms.settings.api import *  # noqa: F403
from cms.settings.api import CORS_ALLOW_ALL_ORIGINS, CORS_ALLOWED_ORIGINS
from cms.settings.environment import BASE_DIR, VAR_DIR, env
from cms.settings.portal import *  # noqa: F403
from cms.settings.portal import MAINTENANCE
from cms.settings.questions import *  # noqa: F403

DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    # Ours come first: their templates and commands (publish_scheduled) replace Wagtail's.
    "cms",
    "home",
    "thematic_months",
    "projects",
    "members",
    "search",
    "demo",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "members.users_app.HubUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "graphene_django",
    # grapple reads the registries of every Wagtail app, so it comes after them. modelsearch is not
    # listed: wagtail.search brings it.
    "grapple",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "corsheaders",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(["cms.maintenance.MaintenanceMiddleware"] if MAINTENANCE else []),
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.middleware.PrivateAnswers",
    "members.middleware.AdminSecondFactor",
    "cms.serving.VisibleRedirects",
    # Last: its process_view calls the view itself, so no other middleware's may come after it.
    "cms.transactions.AtomicUnsafeRequests",
]
if CORS_ALLOWED_ORIGINS or CORS_ALLOW_ALL_ORIGINS:
    # Only then: it makes every answer vary by origin. Before CommonMiddleware, which may answer.
    MIDDLEWARE.insert(0, "corsheaders.middleware.CorsMiddleware")

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Database: SQLite below var/ unless DATABASE_URL names another one.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hub.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads first and writes later would otherwise fail with "database
    # is locked" instead of waiting.
    # https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-transaction-behavior
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Counts for rate limits, the same for all processes and machines (docs/adr/0013).
    "limits": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "members_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    },
}

# Keeps what was typed into a form (cms/typed_forms.py).
CSRF_FAILURE_VIEW = "cms.typed_forms.csrf_failure"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("Polish")), ("en", _("English"))]
# The second one fills gaps of Wagtail's own Polish that editors meet every day.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
BUCKET: str = env.str("AWS_STORAGE_BUCKET_NAME", default="")
STORAGES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": BUCKET,
            "endpoint_url": env.str("AWS_S3_ENDPOINT_URL", default=None),
            "region_name": env.str("AWS_S3_REGION_NAME", default=None),
            "file_overwrite": False,
        },
    }
    if BUCKET
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# 10 MiB for a form, files above 2.5 MiB go through a temporary file.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Seconds. Django itself would wait for a mail server that hangs for ever.
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="LABiB <labib@localhost>")

# Wagtail
WAGTAIL_SITE_NAME = "LABiB"
PORT: int = env.int("PORT", default=8000)
WAGTAILADMIN_BASE_URL: str = env.str("BASE_URL", default=f"http://localhost:{PORT}")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("pl", "polski")]
# As one writes a date in Poland; Wagtail's own format would turn 14.06.2026 into today.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
# Milliseconds after the last change. At Wagtail's 500 a click on "publish" meets the autosave that
# is on its way, and a new page is saved twice.
WAGTAIL_AUTOSAVE_INTERVAL = 10_000
WAGTAILADMIN_RECENT_EDITS_LIMIT = 8
# No picture from Gravatar: it would learn who edits here.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# A password that is shared protects nothing; one that exists already denies everyone
# (cms/visibility.py).
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.HubImageForm"
WAGTAILIMAGES_IMAGE_MODEL = "cms.HubImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "cms.HubDocument"
# Files are always handed out by a view, which asks who is asking; a storage's own URL would not.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "epub",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "rtf",
    "txt",
    "xlsx",
    "zip",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 40 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
WAGTAILEMBEDS_RESPONSIVE_HTML = True

# Drafts for outsiders: for how many days at most a link is made, and a frontend's page that shows
# them.
PREVIEW_MAX_DAYS: int = env.int("PREVIEW_MAX_DAYS", default=30)
PREVIEW_URL: str = env.str("PREVIEW_URL", default="")

# Work after a commit and the clock: in this process unless a worker process does them.
IN_PRODUCTION = os.environ.get("DJANGO_SETTINGS_MODULE") == "cms.settings.production"
BACKGROUND_WORKER: bool = env.bool("BACKGROUND_WORKER", default=IN_PRODUCTION)
CLOCK_SECONDS: int = env.int("CLOCK_SECONDS", default=60)
TASKS = {
    "default": {
        "BACKEND": "cms.tasks.WorkerBackend"
        if BACKGROUND_WORKER
        else "cms.tasks.AfterCommitBackend",
    },
}

# The archive: the database's own full text unless ELASTICSEARCH_URL names a server.
ELASTICSEARCH_URL: str = env.str("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_INDEX: str = env.str("ELASTICSEARCH_INDEX", default="labib-archive")

# For how many months it is kept what readers looked for; 0 counts nothing.
SEARCH_LOG_MONTHS: int = env.int("SEARCH_LOG_MONTHS", default=24)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"hub": {"level": "INFO"}},
}
