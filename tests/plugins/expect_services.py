"""With EXPECT_SERVICES=1 a skipped test is a failure.

A test that skips when PostgreSQL, Redis, Elasticsearch or a browser is missing would otherwise go
unrun in CI, and nobody would notice. Tests marked `embedded` are about the default without
services, and are left out then.
"""

import os
from collections.abc import Generator
from typing import Any, TypeVar

import pytest

EXPECTED = os.environ.get("EXPECT_SERVICES") == "1"

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _refuse_skip(report: Report) -> Report:
    # An expected failure is reported as skipped too; it did run.
    if EXPECTED and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped although EXPECT_SERVICES=1: {_reason(report.longrepr)}"
    return report


def _reason(longrepr: Any) -> str:
    return str(longrepr[2] if isinstance(longrepr, tuple) else longrepr)


# tryfirst makes a wrapper the outermost: it sees what pytest's own skipping made of the report.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _refuse_skip((yield))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    embedded = [item for item in items if EXPECTED and item.get_closest_marker("embedded")]
    if embedded:
        config.hook.pytest_deselected(items=embedded)
        items[:] = [item for item in items if item not in embedded]
