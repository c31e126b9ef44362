"""For the test suite: quick passwords, nothing kept, the services that the environment names."""

import atexit
import shutil
import tempfile
from pathlib import Path

from cms.settings.base import *  # noqa: F403  (settings are one namespace)
from cms.settings.base import DATABASES, STORAGES

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="hub-media-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Those who want the search server take indices of their own on it: tests/search_server.py.
ELASTICSEARCH_URL = ""
# Its thread would write into the database of whichever test runs by then.
SEARCH_LOG_MONTHS = 0
# Tests of it switch it on.
ADMIN_SECOND_FACTOR = False
