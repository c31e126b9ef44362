"""Documents that are parsed, within the limits, valid and estimated: each is so once, not once for
each request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    NoFragmentCyclesRule,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    Visitor,
    parse,
    validate,
    visit,
)

from cms.api.cost import Cost, Estimate
from cms.api.errors import BadRequest, LimitExceeded, RequestErrors
from cms.api.limits import allowed, check, measure, scan
from cms.api.operations import is_published

MOST_VALIDATION_ERRORS = 10
# Strangers' documents that are kept; those of graphql/operations have places of their own.
# The largest that the limits allow take 1.5 MB each.
MOST_KEPT = 50
# Lists of introspection count LIST_SIZE too; what tools send costs about half of this.
MOST_INTROSPECTION = 100_000


@dataclass(frozen=True)
class PreparedOperation:
    node: OperationDefinitionNode
    cost: Cost

    @property
    def is_mutation(self) -> bool:
        return self.node.operation == OperationType.MUTATION

    def checked_cost(self, variables: Mapping[str, Any]) -> int:
        """What it costs with these variables. Raises LimitExceeded above the budget."""
        cost = self.cost.total(variables)
        if cost > allowed("COST"):
            raise LimitExceeded("cost", "QUERY_TOO_COSTLY", cost, allowed("COST"))
        return cost


@dataclass(frozen=True)
class Prepared:
    document: DocumentNode
    operations: Mapping[str | None, PreparedOperation]

    def operation(self, name: str | None) -> PreparedOperation:
        """The operation of this name; without a name the only one. Raises RequestErrors."""
        if name is None and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if name is not None and name in self.operations:
            return self.operations[name]
        message = (
            "Name one of the operations." if name is None else "There is no operation of this name."
        )
        raise RequestErrors("OPERATION_NOT_FOUND", [GraphQLError(message)])


def prepare(text: str) -> Prepared:
    """The document of this text. Raises LimitExceeded, or RequestErrors when it is not valid."""
    return prepare_published(text) if is_published(text) else prepare_strange(text)


@cache
def prepare_published(text: str) -> Prepared:
    return make(text)


@lru_cache(maxsize=MOST_KEPT)
def prepare_strange(text: str) -> Prepared:
    return make(text)


def make(text: str) -> Prepared:
    from cms.api.schema import schema

    scan(text)
    try:
        document = parse(text)
    except GraphQLError as error:
        raise RequestErrors("GRAPHQL_PARSE_FAILED", [error]) from error
    if "\0" in text or "\\u" in text:
        check_literals(document)
    measured = measure(document)
    # Duplicates are only counted without cycles, so with one no rule that compares them may run.
    rules = [NoFragmentCyclesRule] if measured.is_cyclic else None
    errors = validate(
        schema.graphql_schema, document, rules=rules, max_errors=MOST_VALIDATION_ERRORS
    )
    if errors:
        raise RequestErrors("GRAPHQL_VALIDATION_FAILED", errors)
    estimate = Estimate(schema.graphql_schema, measured.fragments)
    return Prepared(document, dict(prepared_operations(document, estimate)))


def check_literals(document: DocumentNode) -> None:
    """As cms/api/requests.py checks variables; the parser has seen to surrogates."""

    class Literals(Visitor):
        def enter_string_value(self, node: StringValueNode, *_place: Any) -> None:
            if "\0" in node.value:
                raise BadRequest("Texts may have no NUL character.")

    visit(document, Literals())


def prepared_operations(document: DocumentNode, estimate: Estimate) -> Any:
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            introspection = estimate.of(node, introspection=True).total({})
            check("introspection", "INTROSPECTION_TOO_COSTLY", introspection, MOST_INTROSPECTION)
            name = node.name.value if node.name else None
            yield name, PreparedOperation(node, estimate.of(node, introspection=False))
