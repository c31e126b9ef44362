"""The same search in the database and on a search server: tests that use `find` hold for both, and
for SQLite and PostgreSQL when the suite runs on each."""

from collections.abc import Callable
from typing import Any

import pytest

from cms import journal
from cms.visibility import Viewer, anonymous_viewer
from search import server
from search.archive import ArchiveResults, search
from search.archive_request import ArchiveRequest

Find = Callable[..., ArchiveResults]


@pytest.fixture(params=["database", pytest.param("server", marks=pytest.mark.services)])
def find(request: pytest.FixtureRequest, db: None) -> Find:
    """Search after all that changed was delivered, or, for `late`, before."""
    if request.param == "server":
        request.getfixturevalue("elasticsearch")

    def look(
        text: str, viewer: Viewer | None = None, *, late: bool = False, **fields: Any
    ) -> ArchiveResults:
        if not late:
            journal.deliver()
            server.push()
        results = search(ArchiveRequest(text=text, **fields), viewer=viewer or anonymous_viewer())
        assert not results.degraded
        return results

    return look
