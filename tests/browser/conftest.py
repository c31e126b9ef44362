"""A browser, and the hub for it to open: pytest-django's live server, on its own database."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import search_server
from tests.browser.watching import Watch
from tests.contract.operations import run_operation

__all__ = ["run_operation"]

CHROMIUM = Path(os.environ.get("CHROMIUM") or "/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Milliseconds, for a busy machine: what comes sooner is waited for no longer.
PATIENCE = 20_000


# Not for the whole session: while Playwright runs, this thread has an event loop, which other tests
# would not expect.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no Chromium at {CHROMIUM}: set CHROMIUM to where it is.")
    expect.set_options(timeout=PATIENCE)
    # A thread with an event loop gets connections of its own (asgiref's Local); those it had before
    # come back when Playwright stops, and by then their database is gone.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Django refuses its database to a thread with an event loop, though nothing here awaits.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server, own_search_index: None) -> Iterator[Page]:
    """A tab of somebody in Poland, whom the hub does not know. Addresses may begin with a slash."""
    context = browser.new_context(
        base_url=live_server.url, locale="pl-PL", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    # Before the database goes: an open tab keeps asking the server.
    context.close()


@pytest.fixture
def watch(page: Page, live_server) -> Watch:
    return Watch(page, live_server.url)


@pytest.fixture
def own_search_index() -> Iterator[None]:
    """The search server, where there is one."""
    with search_server.own_indices() if search_server.URL else nullcontext():
        yield
