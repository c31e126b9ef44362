"""For the test suite: quick passwords, nothing kept, the services that the environment names."""

import tempfile

from cms.settings.base import *  # noqa: F403  (settings are one namespace)
from cms.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="hub-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = 0
ELASTICSEARCH_INDEX = "labib-archive-test"
