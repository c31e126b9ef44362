"""Errors for clients: a stable code and a sentence. Nothing else of an exception reaches them."""

import logging
from typing import Any

from graphql import GraphQLError

logger = logging.getLogger("hub.api")


class BadUserInput(GraphQLError):
    """An argument that the schema allows and the field cannot use."""

    def __init__(self, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": "BAD_USER_INPUT", **extensions})


class RefusedRequest(Exception):
    """A request that is not executed; clients get the status, the code, the sentence and what else
    `extensions` says.
    """

    def __init__(self, status: int, code: str, message: str, **extensions: Any) -> None:
        super().__init__(message)
        self.status, self.message = status, message
        self.extensions = {"code": code, **extensions}


class BadRequest(RefusedRequest):
    """A request of a wrong shape."""

    def __init__(self, message: str) -> None:
        super().__init__(400, "BAD_REQUEST", message)


class LimitExceeded(RefusedRequest):
    """An operation that asks for more than is allowed."""

    def __init__(self, limit: str, code: str, asked: int, allowed: int) -> None:
        super().__init__(
            400,
            code,
            f"The limit `{limit}` is {allowed}, and this asks for {asked}.",
            limit=limit,
            # JavaScript reads larger numbers wrong, and exponential fragments have any size.
            asked=min(asked, 2**53 - 1),
            allowed=allowed,
        )


class RequestErrors(Exception):
    """A well-formed request that GraphQL refuses before execution: the document, the operation's
    name or a variable is wrong.
    """

    def __init__(self, code: str, errors: list[GraphQLError]) -> None:
        super().__init__(code)
        self.code, self.errors = code, errors


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
