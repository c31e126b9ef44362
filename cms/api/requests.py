"""A GraphQL request out of an HTTP request; RefusedRequest says what is wrong with another.

https://graphql.github.io/graphql-over-http/draft/#sec-Request
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest

from cms.api.errors import BadRequest, LimitExceeded, RefusedRequest
from cms.api.texts import is_storable

LARGEST_BODY = 100_000
LONGEST_TEXT = 10_000
LONGEST_LIST = 100
PARAMETERS = {"query": str, "variables": dict, "operationName": str, "extensions": dict}
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class GraphQLRequest:
    """What is asked for: a text, or the hash of an operation in graphql/operations, or both."""

    text: str | None
    sha256: str | None
    variables: dict[str, Any]
    operation_name: str | None


def from_post(request: HttpRequest) -> GraphQLRequest:
    # CSRF rests on this: no foreign form can send JSON.
    if request.content_type != "application/json":
        raise RefusedRequest(415, "UNSUPPORTED_MEDIA_TYPE", "Send the request as application/json.")
    charset = request.content_params.get("charset", "utf-8") if request.content_params else "utf-8"
    if charset.strip('"').lower() not in {"utf-8", "utf8"}:
        raise RefusedRequest(415, "UNSUPPORTED_MEDIA_TYPE", "Send the request in UTF-8.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise BadRequest("Content-Length is no number.")
    if int(length) > LARGEST_BODY:
        message = f"A request may have {LARGEST_BODY} bytes."
        raise RefusedRequest(
            413, "REQUEST_TOO_LARGE", message, limit="body", asked=int(length), allowed=LARGEST_BODY
        )
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The body is not UTF-8.") from error
    data = loaded(text, "The body")
    if isinstance(data, list):
        raise BadRequest("Send one operation a request: batches are not taken.")
    return checked(data)


def from_get(request: HttpRequest) -> GraphQLRequest:
    try:
        pairs = parse_qsl(
            request.META.get("QUERY_STRING", ""),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=20,
        )
    except (UnicodeDecodeError, ValueError) as error:
        raise BadRequest("The parameters of the address cannot be read.") from error
    data: dict[str, Any] = {}
    for name, value in pairs:
        if name in data:
            raise BadRequest(f"`{printable(name)}` is there twice.")
        is_json = name in {"variables", "extensions"}
        data[name] = loaded(value, f"`{name}`") if is_json and value else value or None
    return checked(data)


def printable(name: str) -> str:
    """A stranger's name for a parameter as a message may repeat it."""
    return "".join(each if each.isprintable() else "?" for each in name[:50])


def loaded(text: str, what: str) -> Any:
    """The JSON of the text."""
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{what} is no JSON.") from error


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON.")


def checked(data: Any) -> GraphQLRequest:
    if not isinstance(data, dict):
        raise BadRequest("The request must be one JSON object.")
    # The draft reserves all other names; a misspelt `variables` would change the answer in silence.
    for name in data:
        if name not in PARAMETERS:
            raise BadRequest(f"`{printable(name)}` is none of {', '.join(PARAMETERS)}.")
    for name, kind in PARAMETERS.items():
        if data.get(name) is not None and not isinstance(data[name], kind):
            raise BadRequest(f"`{name}` has a wrong type.")
    check_values(data)
    sha256 = persisted_hash(data.get("extensions") or {})
    if not data.get("query") and sha256 is None:
        raise BadRequest("`query` is missing.")
    return GraphQLRequest(
        data.get("query") or None,
        sha256,
        data.get("variables") or {},
        data.get("operationName") or None,
    )


def persisted_hash(extensions: dict[str, Any]) -> str | None:
    """The hash in Apollo's form of a persisted query.

    https://www.apollographql.com/docs/apollo-server/performance/apq
    """
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    if not isinstance(persisted, dict) or persisted.get("version") != 1:
        raise BadRequest("`persistedQuery` must have the version 1 and a `sha256Hash`.")
    sha256 = persisted.get("sha256Hash")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise BadRequest("`sha256Hash` must be the SHA-256 of the text, in 64 hexadecimal digits.")
    return sha256


def check_values(data: dict[str, Any]) -> None:
    """Refuse what no database column and no answer could hold, and bound texts and lists."""
    check_text(data.get("query") or "", LARGEST_BODY)
    waiting: list[Any] = [value for name, value in data.items() if name != "query"]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            if len(value) > LONGEST_LIST:
                raise LimitExceeded("listItems", "LIST_TOO_LONG", len(value), LONGEST_LIST)
            waiting += value
        elif isinstance(value, str):
            check_text(value, LONGEST_TEXT)


def check_text(text: str, longest: int) -> None:
    if not is_storable(text):
        raise BadRequest("Texts may have no NUL character and no half of a surrogate pair.")
    if len(text) > longest:
        raise LimitExceeded("textLength", "TEXT_TOO_LONG", len(text), longest)
