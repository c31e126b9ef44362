"""Test databases copied from a template that is migrated once.

The migrations, Wagtail's and ours, take half a minute; a copy takes a moment. Each worker, each
server that a test starts, and each test that commits gets a fresh copy with all that migrations
put there: the page tree, roles, collections. The template's name is a hash of what it is made of.
"""

import fcntl
import hashlib
import inspect
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / ".pytest_cache" / "databases"
SQLITE = "django.db.backends.sqlite3"


def fingerprint() -> str:
    """A name for all that a migrated database depends on."""
    digest = hashlib.sha256()
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    sources: set[Path] = set()
    for migration in loader.disk_migrations.values():
        module = inspect.getmodule(type(migration))
        sources.add(Path(inspect.getsourcefile(module)))
        for used in vars(module).values():
            sources |= files_beside(used)
    for source in sorted(sources):
        digest.update(source.read_bytes())
    # After migrating, Django makes a permission for each of these.
    for model in apps.get_models():
        options = model._meta
        rights = [*options.permissions, *options.default_permissions, options.verbose_name_raw]
        digest.update(repr((options.label, [str(right) for right in rights])).encode())
    return digest.hexdigest()[:16]


def files_beside(thing: object) -> set[Path]:
    """The module of ours that a migration imports from, and the data that lies beside it."""
    try:
        source = Path(inspect.getsourcefile(thing) or "")
    except TypeError:
        return set()
    if ROOT not in source.parents or ROOT / ".venv" in source.parents:
        return set()
    beside = source.parent.glob("*")
    return {source, *(path for path in beside if path.is_file() and path.suffix != ".py")}


def migrate(url: str) -> None:
    """In a process of its own: this one must not open a connection to the template."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        check=True,
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """The first of the workers makes the template; the others wait for it."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteCopies:
    def __init__(self) -> None:
        self.template = TEMPLATES / f"{fingerprint()}.sqlite3"

    def prepare(self) -> None:
        with one_at_a_time():
            if self.template.exists():
                return
            for old in TEMPLATES.glob("*.sqlite3*"):
                old.unlink()
            unfinished = self.template.with_suffix(".sqlite3.unfinished")
            migrate(f"sqlite:///{unfinished}")
            with closing(sqlite3.connect(unfinished)) as database:
                # One file, without a log beside it.
                database.execute("PRAGMA journal_mode=DELETE")
            unfinished.rename(self.template)

    def copy(self, name: str) -> None:
        self.drop(name)
        shutil.copyfile(self.template, name)

    def drop(self, name: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)

    def url(self, name: str) -> str:
        return f"sqlite:///{name}"


class PostgresCopies:
    """CREATE DATABASE … TEMPLATE copies the files of a database that nobody is connected to."""

    def __init__(self) -> None:
        self.address = dict(settings.DATABASES["default"])
        # A checkout keeps templates of its own; a server may be shared.
        place = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]
        self.prefix = f"{self.address['NAME']}_{place}_template_"
        self.template = self.prefix + fingerprint()

    def execute(self, statement: str, *names: str) -> list[tuple[str, ...]]:
        address = self.address
        with psycopg.connect(
            host=address["HOST"],
            port=address["PORT"] or 5432,
            user=address["USER"],
            password=address["PASSWORD"],
            dbname=address["NAME"],
            autocommit=True,
        ) as server:
            query = sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
            cursor = server.execute(query)
            return cursor.fetchall() if cursor.description else []

    def templates(self) -> list[str]:
        rows = self.execute("SELECT datname FROM pg_database")
        return [name for (name,) in rows if name.startswith(self.prefix)]

    def prepare(self) -> None:
        with one_at_a_time():
            found = self.templates()
            if self.template in found:
                return
            for old in found:
                self.drop(old)
            unfinished = self.prefix.replace("template", "unfinished")
            self.drop(unfinished)
            self.execute("CREATE DATABASE {}", unfinished)
            migrate(self.url(unfinished))
            self.execute("ALTER DATABASE {} RENAME TO {}", unfinished, self.template)

    def copy(self, name: str) -> None:
        self.drop(name)
        self.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, self.template)

    def drop(self, name: str) -> None:
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def url(self, name: str) -> str:
        address = self.address
        who = f"{quote(address['USER'])}:{quote(address['PASSWORD'])}"
        return f"postgres://{who}@{address['HOST']}:{address['PORT'] or 5432}/{name}"


Copies = SqliteCopies | PostgresCopies


def copies() -> Copies:
    is_sqlite = settings.DATABASES["default"]["ENGINE"] == SQLITE
    return SqliteCopies() if is_sqlite else PostgresCopies()


def use(name: str) -> None:
    """Let Django speak to this database from now on, in every thread."""
    connections.close_all()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
