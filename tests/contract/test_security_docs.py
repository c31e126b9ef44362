"""docs/api-security.md names a test for each of its claims."""

import ast
import re

import pytest

from tests.database import ROOT

NAMED = re.findall(r"`(test_\w+\.py)::(test_\w+)`", (ROOT / "docs/api-security.md").read_text())


def test_document_names_tests():
    assert len(NAMED) > 20


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_named_test_exists(file, name):
    tree = ast.parse((ROOT / "tests" / "contract" / file).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
