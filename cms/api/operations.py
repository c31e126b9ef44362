"""The named operations of graphql/operations: what frontends, tests and benchmarks send.

Deployment must ship the folder graphql/; a file that does not validate against the schema stops the
start.
"""

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
