"""The layout that docs and the design promise, held by reading the files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
NOT_OURS = {
    ".venv",
    ".git",
    "var",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}
APPS = {"home", "thematic_months", "projects", "members", "search", "demo"}
# Where the whole is put together: from here all apps may be imported.
TOP = {"cms.urls", "cms.wsgi", "cms.api.schema"}


def files_of(suffix: str) -> list[Path]:
    found = (path.relative_to(ROOT) for path in ROOT.rglob(f"*{suffix}"))
    return sorted(path for path in found if not NOT_OURS & set(path.parts))


PYTHON = [path for path in files_of(".py") if "migrations" not in path.parts]
CODE = [path for path in PYTHON if path.parts[0] not in {"tests", ".ci"}]


def read(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def module_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports anywhere, also inside functions."""
    for node in ast.walk(read(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def ids(path: Path) -> str:
    return str(path)


def test_contract_folder_holds_no_python():
    suffixes = {path.suffix for path in (ROOT / "graphql").rglob("*") if path.is_file()}
    # JSON: the hashes of the operations, which frontends read without a GraphQL parser.
    assert suffixes <= {".graphql", ".md", ".json"}


def test_tests_are_a_package():
    """Otherwise `import search` would find tests/search."""
    assert (ROOT / "tests" / "__init__.py").exists()


def test_no_file_is_longer_than_a_reader_bears():
    lengths = {str(path): len((ROOT / path).read_text().splitlines()) for path in PYTHON}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen():
    found = {
        f"{path}:{node.name}": node.end_lineno - node.lineno + 1
        for path in PYTHON
        for node in ast.walk(read(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in found.items() if length > LONGEST_FUNCTION} == {}


def test_no_module_is_named_for_nothing():
    assert [
        str(path) for path in PYTHON if path.stem in {"utils", "helpers", "common", "misc"}
    ] == []


@pytest.mark.parametrize(
    "path", [path for path in CODE if "models" in path.with_suffix("").parts], ids=ids
)
def test_models_import_no_api(path):
    api = [
        name
        for name in imports(path)
        if is_within(name, "cms.api") or name.endswith((".schema", ".loaders"))
    ]
    assert api == []


def is_plumbing(path: Path) -> bool:
    return path.parts[:2] == ("cms", "api") and module_of(path) not in TOP


@pytest.mark.parametrize("path", [path for path in CODE if is_plumbing(path)], ids=ids)
def test_api_plumbing_knows_no_app(path):
    known = {name.split(".")[0] for name in imports(path)} & APPS
    assert known == set()


@pytest.mark.parametrize("path", [path for path in CODE if path.parts[0] == "cms"], ids=ids)
def test_shared_code_knows_no_app(path):
    if module_of(path) not in TOP:
        assert {name.split(".")[0] for name in imports(path)} & (APPS - {"members"}) == set()


@pytest.mark.parametrize("path", [path for path in CODE if path.parts[0] in APPS], ids=ids)
def test_apps_do_not_import_what_puts_them_together(path):
    assert [name for name in imports(path) if any(is_within(name, top) for top in TOP)] == []


def test_grapple_schema_is_never_imported():
    """It patches a validation rule for the whole process."""
    importing = [
        str(path) for path in CODE for name in imports(path) if is_within(name, "grapple.schema")
    ]
    assert importing == []


def test_application_code_knows_no_tests():
    assert [str(path) for path in CODE for name in imports(path) if is_within(name, "tests")] == []
