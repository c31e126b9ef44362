import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.evaluation.files import FileError, JudgedQuery, read_documents, read_queries
from search.evaluation.scratch import ScratchError, scratch

BACKENDS = ("sqlite", "postgresql", "elasticsearch")


class Command(BaseCommand):
    help = (
        "Measures the archive search on documents and judged queries, in a scratch database. "
        "Prints JSON alone to the standard output."
    )
    # It neither reads nor writes the hub's own database.
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("docs", type=Path, help="documents, one JSON object a line")
        parser.add_argument("queries", type=Path, help="judged queries, one JSON object a line")
        parser.add_argument(
            "--backend",
            choices=BACKENDS,
            default="sqlite",
            help="sqlite needs nothing; postgresql makes and drops a database on the server of "
            "DATABASE_URL, elasticsearch indices on that of ELASTICSEARCH_URL",
        )

    def handle(self, *, docs: Path, queries: Path, backend: str, **options: Any) -> None:
        try:
            known = {document.id for document in read_documents(docs)}
            self.warn_of_strangers(read_queries(queries), known)
            with scratch(backend) as environment:
                output = evaluate(docs, queries, environment)
        except (FileError, ScratchError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(output, ending="")

    def warn_of_strangers(self, queries: list[JudgedQuery], known: set[str]) -> None:
        for query in queries:
            strangers = sorted(query.judgments.keys() - known)
            if strangers:
                self.stderr.write(
                    f"The query {query.id} is judged by documents that are not there: "
                    f"{', '.join(strangers[:5])}."
                )


def evaluate(docs: Path, queries: Path, environment: dict[str, str]) -> str:
    """What the evaluation prints, run in a process that knows only the scratch archive."""
    command = [
        sys.executable,
        "-m",
        "search.evaluation",
        str(docs.resolve()),
        str(queries.resolve()),
    ]
    process = subprocess.Popen(  # noqa: S603  (our own module)
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    # A polite end, so that what was made is removed.
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        output, _nothing = process.communicate()
    finally:
        signal.signal(signal.SIGTERM, before)
        if process.poll() is None:
            process.terminate()
            process.wait()
    if process.returncode:
        raise CommandError("The evaluation failed; its last words are above.")
    return output
