"""For a developer's machine, and what `make run` serves: debug pages, a secret of this machine."""

from cms.settings.base import *  # noqa: F403  (settings are one namespace)
from cms.settings.base import STORAGES, VAR_DIR, env
from cms.settings.local_secret import local_secret

DEBUG = True
SECRET_KEY = local_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The demo's accounts open the admin with a password alone; ADMIN_SECOND_FACTOR=true tries the rest.
ADMIN_SECOND_FACTOR = env.bool("ADMIN_SECOND_FACTOR", default=False)
