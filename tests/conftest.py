"""Fixtures that every test may use; those for GraphQL are in tests/contract/operations.py."""

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from wagtail.models import Collection, Page, Site
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from cms.visibility import Viewer
from members.models import Member
from tests import database
from tests.factories import MemberFactory

worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
numbers = itertools.count()


class FilesTogether(LoadFileScheduling):
    """A file's tests go to one worker, and so do those of tests/demo that share a loaded demo."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        alone = file.endswith("test_stopped_load.py")
        return "tests/demo" if file.startswith("tests/demo/") and not alone else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesTogether | None:
    return FilesTogether(config, log) if config.option.dist == "loadfile" else None


@pytest.fixture(scope="session")
def database_copies(django_test_environment: None) -> database.Copies:
    """Makes fresh copies of a migrated database."""
    copies = database.copies()
    copies.prepare()
    return copies


@pytest.fixture(scope="session")
def django_db_setup(database_copies: database.Copies, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: a copy, and a new one after each test that commits."""
    usual = settings.DATABASES["default"]["NAME"]
    with tempfile.TemporaryDirectory(prefix="hub-tests-") as folder:
        is_sqlite = isinstance(database_copies, database.SqliteCopies)
        names = []

        def renew(test_case: TransactionTestCase | None = None) -> None:
            # A new name each time: a thread that still has the old file open deletes, when it
            # closes it at last, the write-ahead log that lies beside this name; and PostgreSQL
            # ends the sessions of a database that it drops.
            name = f"{usual}_test_{worker}_{next(numbers)}"
            if is_sqlite:
                name = f"{folder}/hub-{next(numbers)}.sqlite3"
            database_copies.copy(name)
            database.use(name)
            for old in names:
                database_copies.drop(old)
            names[:] = [name]

        with django_db_blocker.unblock():
            renew()
        # A flush would take away what the migrations put there.
        with patch.object(TransactionTestCase, "_fixture_teardown", renew):
            yield
        with django_db_blocker.unblock():
            database.use(usual)
            database_copies.drop(names[0])


@pytest.fixture(autouse=True)
def own_cache() -> None:
    """Nothing that another test, or another worker on the same Redis, has cached."""
    prefix = f"{worker}-{os.getpid()}-{next(numbers)}"
    settings.CACHES["default"]["KEY_PREFIX"] = prefix
    caches["default"].key_prefix = prefix
    Site.clear_site_root_paths_cache()


@pytest.fixture
def new_database(database_copies: database.Copies, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Makes databases for processes that a test starts; each call returns the address of one."""
    made: list[str] = []

    def make() -> str:
        number = next(numbers)
        if isinstance(database_copies, database.SqliteCopies):
            name = str(tmp_path / f"server-{number}.sqlite3")
        else:
            name = f"{settings.DATABASES['default']['NAME']}_server_{os.getpid()}_{number}"
        database_copies.copy(name)
        made.append(name)
        return database_copies.url(name)

    yield make
    for name in made:
        database_copies.drop(name)


@pytest.fixture
def home(db: None) -> Page:
    """The home page that the migrations made."""
    return Page.objects.get(depth=2).specific


@pytest.fixture
def root_collection(db: None) -> Collection:
    return Collection.get_first_root_node()


@pytest.fixture
def member(db: None) -> Member:
    return MemberFactory()


@pytest.fixture
def association(db: None) -> Group:
    """The group of the association's members, to whom a restriction may open a page."""
    from members.roles import Role

    return Group.objects.get(name=Role.ASSOCIATION)


@pytest.fixture
def anonymous() -> Viewer:
    return Viewer()


@pytest.fixture
def on_postgresql(db: None) -> None:
    """Skips a test about real concurrency on SQLite; with EXPECT_SERVICES=1 a skip fails."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
