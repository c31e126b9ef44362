"""Processes of the project's own commands, on a database of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import database


def start(url: str, folder: Path, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """`manage.py …`; its media lie in a folder below `folder`."""
    environment = {
        **os.environ,
        **settings,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "ELASTICSEARCH_URL": "",
        "TMPDIR": str(folder),
    }
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(  # noqa: S603
        command,
        cwd=database.ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


def output(url: str, folder: Path, *arguments: str, **settings: str) -> str:
    """What a command prints; it must succeed."""
    process = start(url, folder, *arguments, **settings)
    printed, _nothing = process.communicate(timeout=300)
    assert process.returncode == 0, printed
    return printed


def evaluate(url: str, folder: Path, code: str) -> Any:
    """The JSON that Python code prints as its last line in `manage.py shell`."""
    return json.loads(output(url, folder, "shell", "--no-imports", "-c", code).splitlines()[-1])
