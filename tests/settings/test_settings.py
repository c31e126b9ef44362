"""Settings that a server starts with, each in a process of its own: settings are read once."""

import os
import subprocess
import sys

import pytest

from tests.database import ROOT

SECRETS = {
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "hub.example.org",
    "BASE_URL": "https://hub.example.org",
}
SERVICES = (
    "DATABASE_URL",
    "REDIS_URL",
    "ELASTICSEARCH_URL",
    "BACKGROUND_WORKER",
    "DJANGO_SETTINGS_MODULE",
)


def setting(expression: str, module: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = f"from django.conf import settings; print({expression})"
    kept = {name: value for name, value in os.environ.items() if name not in {*SERVICES, *SECRETS}}
    return subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": module, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", sorted(SECRETS))
def test_production_names_the_secret_that_it_lacks(missing):
    given = {name: value for name, value in SECRETS.items() if name != missing}
    answer = setting("settings.DEBUG", "cms.settings.production", **given)
    assert answer.returncode != 0
    assert f"Set {missing}: .env.example says what for." in answer.stderr


def test_production_starts_with_its_secrets_and_without_debug():
    answer = setting(
        "settings.DEBUG, settings.SECURE_SSL_REDIRECT", "cms.settings.production", **SECRETS
    )
    assert answer.stdout == "False True\n"


def test_base_has_no_secret_and_no_debug():
    answer = setting("settings.DEBUG", "cms.settings.base")
    assert answer.stdout == "False\n"
    assert setting("settings.SECRET_KEY", "cms.settings.base").returncode != 0


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        ({}, "cms.tasks.AfterCommitBackend"),
        ({"BACKGROUND_WORKER": "true"}, "cms.tasks.WorkerBackend"),
    ],
)
def test_worker_is_switched_on_by_one_variable(environment, backend):
    answer = setting("settings.TASKS['default']['BACKEND']", "cms.settings.base", **environment)
    assert answer.stdout == f"{backend}\n"
