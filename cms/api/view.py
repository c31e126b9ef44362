"""The GraphQL endpoint: POST with JSON for operations, GET for the GraphiQL page.

https://graphql.github.io/graphql-over-http/draft/
"""

import json
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationType,
    execute,
    get_operation_ast,
    parse,
    validate,
)

from cms.api.context import HubContext
from cms.api.errors import formatted, logger
from cms.api.execution import BatchingExecutionContext
from cms.preview import HEADER, InvalidPreviewToken, look_through_token
from cms.visibility import viewer_of

LARGEST_BODY = 100_000
MOST_TOKENS = 2_000
MOST_VALIDATION_ERRORS = 10
MEDIA_TYPE = "application/graphql-response+json"


class RefusedRequest(Exception):
    """A request that is no GraphQL request; clients get the sentence and the code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


INVALID_TOKEN = RefusedRequest(
    401,
    "INVALID_PREVIEW_TOKEN",
    f"The header {HEADER} holds no token that is in use: ask the editors for a new link.",
)


# CSRF: only application/json is taken, which no foreign form can send and no foreign script without
# CORS. Transactions: queries come by POST too and must not queue behind a writer.
@method_decorator([csrf_exempt, transaction.non_atomic_requests], name="dispatch")
class GraphQLEndpoint(View):
    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if HEADER in request.headers:
            # A cache between us would answer it with what is published.
            return refusal(
                request,
                RefusedRequest(400, "PREVIEW_NEEDS_POST", f"Send {HEADER} with POST alone."),
            )
        if settings.GRAPHIQL and "text/html" in request.headers.get("Accept", ""):
            return render(request, "cms/graphiql.html")
        return refusal(
            request,
            RefusedRequest(
                405, "METHOD_NOT_ALLOWED", "Send operations by POST as application/json."
            ),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            look_through_token(request)
            query, variables, name = parameters(request)
        except InvalidPreviewToken:
            return refusal(request, INVALID_TOKEN)
        except RefusedRequest as refused:
            return refusal(request, refused)
        return answer(request, query, variables, name)


def parameters(request: HttpRequest) -> tuple[str, dict[str, Any] | None, str | None]:
    """Query, variables and operation name of a well-formed request; RefusedRequest says what is
    wrong with another.
    """
    if request.content_type != "application/json":
        raise RefusedRequest(415, "UNSUPPORTED_MEDIA_TYPE", "Send the request as application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise RefusedRequest(413, "REQUEST_TOO_LARGE", f"A request may have {LARGEST_BODY} bytes.")
    try:
        data = json.loads(request.body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RefusedRequest(400, "BAD_REQUEST", "The body is no JSON in UTF-8.") from error
    if not isinstance(data, dict):
        raise RefusedRequest(400, "BAD_REQUEST", "The body must be one JSON object.")
    for key, kind in (
        ("query", str),
        ("variables", dict),
        ("operationName", str),
        ("extensions", dict),
    ):
        if data.get(key) is not None and not isinstance(data[key], kind):
            raise RefusedRequest(400, "BAD_REQUEST", f"`{key}` has a wrong type.")
    if not data.get("query"):
        raise RefusedRequest(400, "BAD_REQUEST", "`query` is missing.")
    return data["query"], data.get("variables"), data.get("operationName")


def answer(
    request: HttpRequest, query: str, variables: dict[str, Any] | None, name: str | None
) -> HttpResponse:
    from cms.api.schema import schema

    try:
        document = parse(query, max_tokens=MOST_TOKENS)
    except GraphQLError as error:
        return failure(request, [error], "GRAPHQL_PARSE_FAILED")
    errors = validate(schema.graphql_schema, document, max_errors=MOST_VALIDATION_ERRORS)
    if errors:
        return failure(request, errors, "GRAPHQL_VALIDATION_FAILED")
    if get_operation_ast(document, name) is None:
        message = (
            "Name one of the operations." if name is None else "There is no operation of this name."
        )
        return refusal(request, RefusedRequest(400, "OPERATION_NOT_FOUND", message))
    result = run(request, document, variables, name)
    if result.data is None and result.errors and not any(error.path for error in result.errors):
        return failure(request, result.errors, "BAD_USER_INPUT")
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [formatted(error, "FIELD_ERROR") for error in result.errors], **body}
    return respond(request, body, 200)


def run(
    request: HttpRequest, document: DocumentNode, variables: dict[str, Any] | None, name: str | None
) -> ExecutionResult:
    from cms.api.schema import schema

    operation = get_operation_ast(document, name)
    changes = operation is not None and operation.operation == OperationType.MUTATION
    try:
        with transaction.atomic() if changes else nullcontext():
            # Resolvers here are never coroutines, so neither is the result.
            return execute(  # type: ignore[return-value]
                schema.graphql_schema,
                document,
                context_value=HubContext(request=request, viewer=viewer_of(request)),
                variable_values=variables,
                operation_name=name,
                execution_context_class=BatchingExecutionContext,
            )
    except Exception as error:  # noqa: BLE001  (logged below)
        # Whatever it is, it goes to the log, and the client learns that it was not the client.
        logger.exception("An operation failed.")
        return ExecutionResult(data=None, errors=[GraphQLError("", original_error=error)])


def failure(request: HttpRequest, errors: list[GraphQLError], code: str) -> HttpResponse:
    answers = [formatted(error, code) for error in errors]
    internal = any(each["extensions"]["code"] == "INTERNAL_ERROR" for each in answers)
    return respond(request, {"errors": answers}, 500 if internal else 400)


def refusal(request: HttpRequest, refused: RefusedRequest) -> HttpResponse:
    response = respond(
        request,
        {"errors": [{"message": refused.message, "extensions": {"code": refused.code}}]},
        refused.status,
    )
    if refused.status == 405:
        response["Allow"] = "GET, POST" if settings.GRAPHIQL else "POST"
    return response


def respond(request: HttpRequest, body: dict[str, Any], status: int) -> HttpResponse:
    accepts_new = MEDIA_TYPE in request.headers.get("Accept", "")
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = f"{MEDIA_TYPE if accepts_new else 'application/json'}; charset=utf-8"
    # What one viewer may see is no business of a shared cache.
    is_private = request.user.is_authenticated or HEADER in request.headers
    response["Cache-Control"] = "private, no-store" if is_private else "no-cache"
    return response
