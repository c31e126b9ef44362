"""The GraphQL endpoint. POST with JSON for everyone; GET for strangers, which caches may keep when
it asks for an operation of graphql/operations by its hash; GET from a browser for the page to try
queries on.

https://graphql.github.io/graphql-over-http/draft/
"""

import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from graphql import ExecutionResult, GraphQLError, execute

from cms.api.completion import BatchingExecutionContext
from cms.api.context import HubContext
from cms.api.cross_site import FOREIGN_ORIGIN, is_from_known_origin
from cms.api.deadline import OperationTimeout, deadline
from cms.api.errors import RefusedRequest, RequestErrors, formatted, logger
from cms.api.operations import is_trusted, text_of_hash
from cms.api.prepared import Prepared, PreparedOperation, prepare
from cms.api.requests import GraphQLRequest, from_get, from_post
from cms.api.responses import cacheable, failure, refusal, respond
from cms.api.variables import coerced
from cms.preview import HEADER, InvalidPreviewToken, look_through_token
from cms.session_token import HEADER as SESSION_HEADER
from cms.session_token import InvalidSessionToken, know_by_token
from cms.visibility import Viewer, anonymous_viewer, viewer_of

# What probes for a living endpoint send.
PROBE = re.compile(r"\s*(query(\s+\w+)?)?\s*\{\s*__typename\s*\}\s*")


PREVIEW_NEEDS_POST = RefusedRequest(400, "PREVIEW_NEEDS_POST", f"Send {HEADER} with POST alone.")
INVALID_TOKEN = RefusedRequest(
    401,
    "INVALID_PREVIEW_TOKEN",
    f"The header {HEADER} holds no token that is in use: ask the editors for a new link.",
)
SESSION_NEEDS_POST = RefusedRequest(
    400, "SESSION_TOKEN_NEEDS_POST", f"Send {SESSION_HEADER} with POST alone."
)
INVALID_SESSION = RefusedRequest(
    401, "INVALID_SESSION_TOKEN", f"The header {SESSION_HEADER} is of no session: log in anew."
)


# CSRF: only application/json is taken, which no foreign form can send and no foreign script without
# CORS. Transactions: queries come by POST too and must not queue behind a writer.
@method_decorator([csrf_exempt, transaction.non_atomic_requests], name="dispatch")
class GraphQLEndpoint(View):
    # Django answers HEAD by get(), and servers leave the body out.
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        if HEADER in request.headers:
            # A cache between us would answer it with what is published.
            return refusal(request, PREVIEW_NEEDS_POST)
        if SESSION_HEADER in request.headers:
            return refusal(request, SESSION_NEEDS_POST)
        wants_page = not request.GET and "text/html" in request.headers.get("Accept", "")
        if settings.GRAPHIQL and not settings.GRAPHQL_TRUSTED_ONLY and wants_page:
            page = render(request, "cms/graphiql.html")
            # At this address there is JSON for others.
            page["Cache-Control"] = "no-store"
            patch_vary_headers(page, ["Accept"])
            return page
        return reply(request, from_get, lambda _request: anonymous_viewer())

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            know_by_token(request)
            look_through_token(request)
        except InvalidSessionToken:
            return refusal(request, INVALID_SESSION)
        except InvalidPreviewToken:
            return refusal(request, INVALID_TOKEN)
        return reply(request, from_post, viewer_of)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return refusal(request, NOT_ALLOWED)


FAILED = RefusedRequest(500, "INTERNAL_ERROR", "Something went wrong on our side.")
NOT_ALLOWED = RefusedRequest(
    405, "METHOD_NOT_ALLOWED", "Send operations by POST as application/json, or queries by GET."
)


def reply(
    request: HttpRequest,
    read: Callable[[HttpRequest], GraphQLRequest],
    viewer: Callable[[HttpRequest], Viewer],
) -> HttpResponse:
    try:
        return answer(request, read(request), viewer(request))
    except RefusedRequest as refused:
        return refusal(request, refused)
    except RequestErrors as failed:
        return failure(request, failed)
    except Exception:  # noqa: BLE001  (logged below)
        # Clients of an API cannot read Django's page, and shall not read what went wrong.
        logger.exception("A request failed.")
        return refusal(request, FAILED)


def answer(request: HttpRequest, asked: GraphQLRequest, viewer: Viewer) -> HttpResponse:
    """Raises RefusedRequest or RequestErrors when nothing is executed."""
    from cms.api.schema import schema

    text = text_of(asked)
    # Before it is validated: the errors would tell of the schema.
    if settings.GRAPHQL_TRUSTED_ONLY and not is_trusted(text) and not PROBE.fullmatch(text):
        message = "This endpoint takes the operations of graphql/operations alone."
        raise RefusedRequest(403, "OPERATION_NOT_TRUSTED", message)
    prepared = prepare(text)
    operation = prepared.operation(asked.operation_name)
    if operation.is_mutation and request.method != "POST":
        raise RefusedRequest(405, "METHOD_NOT_ALLOWED", "Send mutations by POST.")
    if operation.is_mutation and not is_from_known_origin(request):
        raise FOREIGN_ORIGIN
    if schema.graphql_schema.get_root_type(operation.node.operation) is None:
        error = GraphQLError(f"The schema has no {operation.node.operation.value}s.")
        raise RequestErrors("GRAPHQL_VALIDATION_FAILED", [error])
    values = coerced(schema.graphql_schema, operation.node, asked.variables)
    cost = operation.checked_cost(values)
    result = run(request, asked, prepared, operation, viewer)
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body = {"errors": [formatted(error, "FIELD_ERROR") for error in result.errors], **body}
    body["extensions"] = {"cost": {"requested": cost, "budget": settings.GRAPHQL_LIMITS["COST"]}}
    # A null that a field's error caused has a path; without one nothing was executed.
    failed = result.errors and not any(error.path for error in result.errors)
    response = respond(request, body, 500 if failed and result.data is None else 200)
    # Texts are any number; and an error may be over in a second.
    is_kept = request.method != "POST" and asked.text is None and not result.errors
    return cacheable(request, response) if is_kept else response


def text_of(asked: GraphQLRequest) -> str:
    if asked.text is None:
        text = text_of_hash(asked.sha256 or "")
        if text is None:
            # The words that Apollo's clients know; they send the text then.
            raise RefusedRequest(404, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return text
    # A hash beside it says nothing: no text is kept under it.
    return asked.text


def run(
    request: HttpRequest,
    asked: GraphQLRequest,
    prepared: Prepared,
    operation: PreparedOperation,
    viewer: Viewer,
) -> ExecutionResult:
    from cms.api.schema import schema

    try:
        with transaction.atomic() if operation.is_mutation else nullcontext(), deadline() as time:
            # Resolvers here are never coroutines, so neither is the result.
            result: ExecutionResult = execute(  # type: ignore[assignment]
                schema.graphql_schema,
                prepared.document,
                context_value=HubContext(request=request, viewer=viewer),
                variable_values=asked.variables,
                operation_name=asked.operation_name,
                execution_context_class=BatchingExecutionContext,
            )
            if time.is_over and result.errors:
                raise OperationTimeout
            return result
    except OperationTimeout as error:
        allowed = settings.GRAPHQL_TIMEOUT_MS
        message = f"The operation took longer than {allowed} ms. Ask for less at once."
        raise RefusedRequest(503, "TIMEOUT", message, limit="time", allowed=allowed) from error
    except Exception as error:  # noqa: BLE001  (logged below)
        # Whatever it is, it goes to the log, and the client learns that it was not the client.
        logger.exception("An operation failed.")
        return ExecutionResult(data=None, errors=[GraphQLError("", original_error=error)])
