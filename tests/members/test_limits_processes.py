"""Rate limits are the same for all processes, whatever cache the hub has."""

import json
import os
import subprocess
import sys

import pytest

from tests import database
from tests.members.accounts import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
# What a process of the server does with some log-ins, one after the other.
CLIENT = """
import django, json, sys
django.setup()
from django.test import Client
client = Client()
codes = [
    client.post("/konto/logowanie/", {"login": sys.argv[1], "password": "zle"}).status_code
    for _ in range(int(sys.argv[2]))
]
print(json.dumps(codes))
"""


def start(url: str, email: str, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", CLIENT, email, str(times)],
        cwd=database.ROOT,
        # The embedded default: a cache of its own for each process.
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
            "REDIS_URL": "",
        },
        stdout=subprocess.PIPE,
        text=True,
    )


def codes(process: subprocess.Popen[str]) -> list[int]:
    output, _errors = process.communicate(timeout=120)
    return json.loads(output.splitlines()[-1])


def test_failures_in_one_process_count_in_another(new_database):
    url = new_database()
    assert PASSWORD != "zle"
    assert codes(start(url, "nikt@example.org", 3)) == [200, 200, 200]
    assert codes(start(url, "nikt@example.org", 4)) == [200, 200, 429, 429]


def test_processes_that_guess_at_once_get_no_more_attempts_together(new_database):
    url = new_database()
    both = [start(url, "nikt@example.org", 5) for _ in range(2)]
    answers = sorted(code for process in both for code in codes(process))
    assert answers == [200] * 5 + [429] * 5
