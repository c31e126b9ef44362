"""A database, and indices on a search server, of one evaluation alone; gone afterwards."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from psycopg import sql

from search.backends.elastic import ElasticsearchBackend
from search.backends.elastic_index import ERRORS

PREFIX = "labib-evaluation-"


class ScratchError(Exception):
    """Why there can be none."""


@contextmanager
def scratch(backend: str) -> Iterator[dict[str, str]]:
    """Settings, for the environment of another process, under which the backend searches in a
    scratch archive. Raises ScratchError."""
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        environment = {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'archive.sqlite3'}",
            "ELASTICSEARCH_URL": "",
            "REDIS_URL": "",
            "AWS_STORAGE_BUCKET_NAME": "",
            # Nothing is done behind the back of who loads and asks.
            "BACKGROUND_WORKER": "true",
        }
        if backend == "elasticsearch":
            with _indices() as there:
                yield environment | there
        elif backend == "postgresql":
            with _postgres_database() as there:
                yield environment | there
        else:
            yield environment


@contextmanager
def _indices() -> Iterator[dict[str, str]]:
    url = settings.ELASTICSEARCH_URL
    if not url:
        raise ScratchError("Set ELASTICSEARCH_URL to a server.")
    backend = ElasticsearchBackend(url=url, archive=PREFIX + secrets.token_hex(8))
    try:
        backend.exists()
    except ERRORS as error:
        raise ScratchError(f"The server of ELASTICSEARCH_URL does not answer: {error}") from error
    try:
        yield {"ELASTICSEARCH_URL": url, "ELASTICSEARCH_INDEX": backend.archive}
    finally:
        backend.drop()


@contextmanager
def _postgres_database() -> Iterator[dict[str, str]]:
    address = settings.DATABASES["default"]
    if address["ENGINE"] != "django.db.backends.postgresql":
        raise ScratchError("Set DATABASE_URL to a PostgreSQL server.")
    name = PREFIX.replace("-", "_") + secrets.token_hex(8)
    try:
        _execute(address, "CREATE DATABASE {}", name)
    except psycopg.Error as error:
        raise ScratchError(f"PostgreSQL makes no scratch database: {error}") from error
    try:
        who = f"{quote(address['USER'], safe='')}:{quote(address['PASSWORD'], safe='')}"
        place = f"{address['HOST']}:{address['PORT'] or 5432}/{name}"
        yield {"DATABASE_URL": f"postgres://{who}@{place}"}
    finally:
        _execute(address, "DROP DATABASE {} WITH (FORCE)", name)


def _execute(address: dict[str, str], statement: str, name: str) -> None:
    with psycopg.connect(
        host=address["HOST"] or None,
        port=address["PORT"] or None,
        user=address["USER"] or None,
        password=address["PASSWORD"] or None,
        dbname=address["NAME"],
        autocommit=True,
    ) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))
