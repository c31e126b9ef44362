"""Errors for clients: a stable code and a sentence. Nothing else of an exception reaches them."""

import logging
from typing import Any

from graphql import GraphQLError

logger = logging.getLogger("hub.api")


class BadUserInput(GraphQLError):
    """An argument that the schema allows and the field cannot use."""

    def __init__(self, message: str) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT"})


def formatted(error: Any, code: str) -> dict[str, Any]:
    """The error as clients read it; what is not of our own making becomes INTERNAL_ERROR, and goes
    to the log.
    """
    original = getattr(error, "original_error", None)
    if original is not None and not isinstance(original, GraphQLError):
        logger.error("A resolver failed at %s.", error.path, exc_info=original)
        answer: dict[str, Any] = {
            "message": "Something went wrong on our side.",
            "path": error.path,
        }
        return {**answer, "extensions": {"code": "INTERNAL_ERROR"}}
    answer = {"message": error.message}
    if error.locations:
        answer["locations"] = [
            {"line": each.line, "column": each.column} for each in error.locations
        ]
    if error.path:
        answer["path"] = error.path
    answer["extensions"] = {"code": code, **(error.extensions or {})}
    return answer
