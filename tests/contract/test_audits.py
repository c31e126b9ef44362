"""GraphQL over HTTP, judged by the audits of npm's `graphql-http`."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "audits"
AUDITS = 61


@pytest.fixture(scope="session")
def auditor(tmp_path_factory) -> Path:
    """The audits, installed as the lock file says; skips without Node."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("Needs Node and npm (Debian: apt-get install nodejs npm).")
    folder = tmp_path_factory.mktemp("audits")
    for name in ("package.json", "package-lock.json", "audit.mjs"):
        shutil.copy(FOLDER / name, folder)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run(command, cwd=folder, check=True, timeout=120)  # noqa: S603  (npm itself)
    return folder / "audit.mjs"


@pytest.mark.slow
def test_endpoint_passes_every_audit(auditor, live_server):
    process = subprocess.run(  # noqa: S603  (Node itself)
        [shutil.which("node"), auditor, f"{live_server.url}/graphql/"],
        cwd=auditor.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    results = json.loads(process.stdout)
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
