"""Reads documents and judged queries, one JSON object a line."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from search.archive_request import LONGEST_TEXT

# 3 is exactly what is wanted, 2 clearly useful, 1 marginal, 0 not relevant.
HIGHEST_GRADE = 3


class FileError(ValueError):
    """What is wrong with a file, and where."""


@dataclass(frozen=True)
class Document:
    id: str
    kind: str
    themes: tuple[str, ...]
    title: str
    body: str


@dataclass(frozen=True)
class JudgedQuery:
    """`judgments` has the grades of documents, by their ids; one that is not named is not
    relevant."""

    id: str
    type: str
    text: str
    judgments: Mapping[str, int]


Row = TypeVar("Row", Document, JudgedQuery)


def read_documents(path: Path) -> list[Document]:
    return _read(path, _document)


def read_queries(path: Path) -> list[JudgedQuery]:
    return _read(path, _query)


def _read(path: Path, parse: Callable[[dict[str, Any]], Row]) -> list[Row]:
    """Raises FileError."""
    found: dict[str, Row] = {}
    for number, line in _lines(path):
        try:
            row = parse(_object(line))
            if row.id in found:
                raise FileError(f'there is another "{row.id}" above')
        except FileError as error:
            raise FileError(f"{path}, line {number}: {error}.") from None
        found[row.id] = row
    if not found:
        raise FileError(f"{path} is empty.")
    return list(found.values())


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        # One that begins with a byte order mark is read too.
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FileError(f"{path} is not text in UTF-8.") from error
    # Not splitlines(): a JSON text may hold U+2028.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileError(f"this is no JSON ({error})") from None
    if not isinstance(row, dict):
        raise FileError("this is no JSON object")
    return row


def _document(row: dict[str, Any]) -> Document:
    themes = row.get("themes", [])
    if not isinstance(themes, list) or not all(isinstance(theme, str) for theme in themes):
        raise FileError('"themes" is not a list of texts')
    return Document(
        id=_text(row, "id"),
        kind=_text(row, "kind", default=""),
        themes=tuple(themes),
        title=_text(row, "title"),
        body=_text(row, "body", default=""),
    )


def _query(row: dict[str, Any]) -> JudgedQuery:
    judgments = row.get("judgments")
    if not isinstance(judgments, dict) or not all(
        type(grade) is int and 0 <= grade <= HIGHEST_GRADE for grade in judgments.values()
    ):
        raise FileError(f'"judgments" is not an object of grades from 0 to {HIGHEST_GRADE}')
    text = _text(row, "query")
    if len(text) > LONGEST_TEXT:
        raise FileError(f'"query" is longer than {LONGEST_TEXT} characters')
    return JudgedQuery(_text(row, "id"), _text(row, "type", default=""), text, judgments)


def _text(row: dict[str, Any], name: str, *, default: str | None = None) -> str:
    value = row.get(name, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise FileError(f'"{name}" is missing, empty or not a text')
    return value
