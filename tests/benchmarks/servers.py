"""Both sides as they are served: gunicorn with two synchronous workers, on PostgreSQL."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).parent.parent.parent
WORKERS = "2"
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Project:
    """A Django project on a database of its own."""

    name: str
    folder: Path
    wsgi: str
    environment: dict[str, str]
    database: str

    def run(self, *command: str, text: str = "") -> str:
        """What a command prints; it must succeed."""
        return subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            input=text,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    def count_sql(self, bodies: list[bytes]) -> list[int]:
        script = str(Path(__file__).parent / "count_sql.py")
        lines = "".join(f"{each.decode()}\n" for each in bodies)
        return [int(each) for each in self.run(script, text=lines).split()]

    @contextmanager
    def serve(self) -> Iterator[int]:
        """The port that it listens on."""
        port = free_port()
        address = ["--bind", f"127.0.0.1:{port}", "--workers", WORKERS, "--worker-class", "sync"]
        command = [sys.executable, "-m", "gunicorn", self.wsgi, *address, "--log-level", "warning"]
        environment = {**os.environ, **self.environment}
        process = subprocess.Popen(command, cwd=self.folder, env=environment)  # noqa: S603
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)


def hub(server: str) -> Project:
    database = "hub_benchmark"
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "only-for-benchmarks",
        "ALLOWED_HOSTS": "127.0.0.1",
        "BASE_URL": "http://127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DATABASE_URL": urlsplit(server)._replace(path=f"/{database}").geturl(),
        "REDIS_URL": "",
        "ELASTICSEARCH_URL": "",
    }
    return Project("hub", ROOT, "cms.wsgi:application", environment, database)


def stock_grapple(server: str, source: Path, work: Path) -> Project:
    """A copy of its folder, since it keeps its media beside its code."""
    database, address = "stock_grapple_benchmark", urlsplit(server)
    folder = work / "stock_grapple"
    shutil.copytree(source, folder, dirs_exist_ok=True)
    environment = {
        "DJANGO_SETTINGS_MODULE": "proj.settings",
        "PGDATABASE": database,
        "PGHOST": address.hostname or "",
        "PGPORT": str(address.port or 5432),
        "PGUSER": address.username or "",
        "PGPASSWORD": address.password or "",
        "ELASTICSEARCH_URL": "",
    }
    return Project("stock grapple", folder, "proj.wsgi:application", environment, database)


def make_database(server: str, name: str, *, keep: bool) -> bool:
    """Whether it is new and wants to be filled."""
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if keep and found.fetchone():
            return False
        drop(connection, name)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return True


def drop_database(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        drop(connection, name)


def drop(connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    question = b'{"query": "{ __typename }"}'
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql/", question, {"Content-Type": "application/json"}
    )
    while True:
        try:
            urllib.request.urlopen(request, timeout=30).close()  # noqa: S310
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Nothing answers on port {port}.") from error
            time.sleep(0.2)
