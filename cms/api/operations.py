"""The named operations of graphql/operations: what frontends, tests and benchmarks send.

Deployment must ship the folder graphql/; a file that does not validate against the schema stops the
start.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, validate

from cms.api.limits import scan
from cms.api.prints import canonical, with_typename

# Clients' own prints of the operations that are kept as known.
MOST_PRINTS = 200

FOLDER = Path(settings.BASE_DIR) / "graphql"


@dataclass(frozen=True)
class Operation:
    """An operation with the fragments that it uses, as it is sent."""

    name: str
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def with_typename(self) -> "Operation":
        return Operation(self.name, with_typename(self.text))


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
    """What the hashes of graphql/operations.json stand for."""
    plain = operations().values()
    found = [*plain, *(each.with_typename() for each in plain)]
    return {each.sha256: each.text for each in found}


def text_of_hash(sha256: str) -> str | None:
    return texts_by_hash().get(sha256)


@cache
def published_texts() -> frozenset[str]:
    return frozenset(texts_by_hash().values())


def is_published(text: str) -> bool:
    """Whether a hash of graphql/operations.json stands for this text."""
    return text in published_texts()


@cache
def canonical_texts() -> frozenset[str]:
    return frozenset(canonical(parse(each.text)) for each in operations().values())


@lru_cache(maxsize=MOST_PRINTS)
def is_trusted(text: str) -> bool:
    """Whether this is an operation of graphql/operations, however a client prints it. Raises
    LimitExceeded for a text that is too large to be parsed.
    """
    scan(text)
    try:
        document = parse(text, no_location=True)
    except GraphQLError:
        return False
    return canonical(document) in canonical_texts()


def manifest() -> str:
    """graphql/operations.json: the hashes of each operation, by which frontends ask for it."""
    found = sorted(operations().items())
    hashes = {
        "sha256": {name: each.sha256 for name, each in found},
        "sha256WithTypename": {name: each.with_typename().sha256 for name, each in found},
    }
    return json.dumps({"version": 1, **hashes}, indent=2) + "\n"


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
