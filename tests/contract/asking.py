"""Queries put to the schema itself, past the endpoint and its limits."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from graphql import GraphQLSchema, execute, parse

from cms.api.completion import BatchingExecutionContext
from cms.api.context import HubContext
from cms.visibility import Viewer

# Each query is asked twice.
parsed = cache(parse)


@dataclass(frozen=True)
class Answer:
    data: Any
    # Sentence, code (none for what is an error of ours) and path.
    errors: list[tuple[str, str | None, list[str | int]]]


def ask(schema: GraphQLSchema, query: str, viewer: Viewer) -> Answer:
    """What this viewer gets, without the endpoint's limits."""
    result: Any = execute(
        schema,
        parsed(query),
        context_value=HubContext(request=None, viewer=viewer),
        execution_context_class=BatchingExecutionContext,
    )
    errors = [
        (each.message, (each.extensions or {}).get("code"), each.path or [])
        for each in result.errors or ()
    ]
    return Answer(result.data, errors)
