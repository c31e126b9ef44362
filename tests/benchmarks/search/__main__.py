"""`python -m tests.benchmarks.search [--backend B]… [SIZE…]`: docs/benchmarks.md."""

import argparse
import json
import os
import subprocess
import sys

import django

# The one of tests knows no search server.
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
django.setup()

from django.conf import settings  # noqa: E402  (after the setup)

from search.evaluation.scratch import scratch  # noqa: E402

SIZES = {
    "sqlite": [3_000, 30_000],
    "postgresql": [3_000, 30_000],
    "elasticsearch": [3_000, 30_000, 300_000],
}
COLUMNS = {
    "backend": "backend",
    "entries": "entries",
    "index_s": "index s",
    "size_mib": "size MiB",
    "query_p50_ms": "query p50 ms",
    "query_p95_ms": "p95 ms",
    "query_server_p95_ms": "server p95 ms",
    "suggest_p95_ms": "suggestion p95 ms",
    "suggest_server_p95_ms": "server p95 ms",
    "memory_mib": "memory MiB",
}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "only-for-benchmarks",
    "ALLOWED_HOSTS": "127.0.0.1",
    "BASE_URL": "http://127.0.0.1",
    "SECURE_SSL_REDIRECT": "false",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", help="numbers of entries, ascending")
    parser.add_argument("--backend", action="append", choices=list(SIZES), help="all by default")
    options = parser.parse_args()
    say("| " + " | ".join(COLUMNS.values()) + " |")
    say("| " + " | ".join("---" for _ in COLUMNS) + " |")
    for backend in options.backend or configured():
        with scratch(backend) as environment:
            bench(options.sizes or SIZES[backend], environment)


def configured() -> list[str]:
    """SQLite needs nothing; the others a server."""
    names = ["sqlite"]
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        names.append("postgresql")
    if settings.ELASTICSEARCH_URL:
        names.append("elasticsearch")
    return names


def bench(sizes: list[int], environment: dict[str, str]) -> None:
    # One process for a backend: its archive grows from size to size.
    process = subprocess.Popen(  # noqa: S603  (our own module)
        [sys.executable, "-m", "tests.benchmarks.search.measure", *map(str, sorted(sizes))],
        cwd=settings.BASE_DIR,
        env={**os.environ, **PRODUCTION, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        for line in process.stdout or ():
            row = json.loads(line)
            say("| " + " | ".join(cell(row.get(name)) for name in COLUMNS) + " |")
    if process.returncode:
        sys.exit("The measurement failed; its last words are above.")


def cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
