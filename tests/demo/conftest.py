"""One loaded demo for all tests of this folder: loading takes some twenty seconds.

Tests read; what a module adds it takes back. None may use the fixture `db`: it closes the
connection, and with it the transaction that holds the demo.
"""

from contextlib import contextmanager, suppress

import pytest
from django.core.management import call_command
from django.db import transaction

from thematic_months.models import Article, ThematicMonth, Webinar


class Undo(Exception):
    """Ends the transaction of the loaded demo."""


@pytest.fixture(scope="package")
def accounts_file(tmp_path_factory):
    return tmp_path_factory.mktemp("demo") / "accounts.txt"


@contextmanager
def undone():
    """What happens in between is rolled back."""
    with suppress(Undo), transaction.atomic():
        yield
        raise Undo


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker, accounts_file):
    """The options of the command that loaded the demo."""
    options = {"accounts_file": accounts_file, "skip_renditions": True, "verbosity": 0}
    with django_db_blocker.unblock(), undone():
        call_command("load_demo", **options)
        yield options


@pytest.fixture(scope="module")
def scaled(demo):
    """Two copies beside the demo, and the counts before them."""
    before = {model: model.objects.count() for model in (ThematicMonth, Article, Webinar)}
    with undone():
        call_command("load_demo", scale=3, **demo)
        yield before
