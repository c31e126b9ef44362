"""The named operations of graphql/operations: what frontends, tests and benchmarks send.

Deployment must ship the folder graphql/; a file that does not validate against the schema stops the
start.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from graphql import GraphQLSchema, OperationDefinitionNode, parse, validate

FOLDER = Path(settings.BASE_DIR) / "graphql"


@dataclass(frozen=True)
class Operation:
    """An operation with the fragments that it uses, as it is sent."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@cache
def operations() -> dict[str, Operation]:
    """All operations by name. Raises ImproperlyConfigured when a file's name and its operation's
    differ.
    """
    fragments = {
        path.stem: path.read_text() for path in sorted((FOLDER / "fragments").glob("*.graphql"))
    }
    found = {}
    for path in sorted((FOLDER / "operations").rglob("*.graphql")):
        text = with_fragments(path.read_text(), fragments)
        names = [
            each.name.value
            for each in parse(text).definitions
            if isinstance(each, OperationDefinitionNode) and each.name
        ]
        if names != [path.stem]:
            raise ImproperlyConfigured(f"{path.name} must hold the one operation {path.stem}.")
        found[path.stem] = Operation(path.stem, text)
    return found


@cache
def texts_by_hash() -> dict[str, str]:
    return {each.sha256: each.text for each in operations().values()}


def text_of_hash(sha256: str) -> str | None:
    return texts_by_hash().get(sha256)


@cache
def trusted_texts() -> frozenset[str]:
    return frozenset(texts_by_hash().values())


def is_trusted(text: str) -> bool:
    """Whether this is the text of an operation in graphql/operations, to the letter."""
    return text in trusted_texts()


def manifest() -> str:
    """graphql/operations.json: the hash of each operation, by which frontends ask for it."""
    hashes = {name: each.sha256 for name, each in sorted(operations().items())}
    return json.dumps({"version": 1, "sha256": hashes}, indent=2) + "\n"


def with_fragments(text: str, fragments: dict[str, str]) -> str:
    """The text and, once each, the fragments that it names directly or through another one."""
    parts, wanted = [text], [text]
    used: set[str] = set()
    while wanted:
        current = wanted.pop()
        for name, fragment in fragments.items():
            if f"...{name}" in current.replace("... ", "...") and name not in used:
                used.add(name)
                parts.append(fragment)
                wanted.append(fragment)
    return "\n".join(part.strip() for part in parts) + "\n"


def invalid_operations(schema: GraphQLSchema) -> list[str]:
    """What is wrong with the operations, a line each."""
    return [
        f"{operation.name}: {error.message}"
        for operation in operations().values()
        for error in validate(schema, parse(operation.text))
    ]
