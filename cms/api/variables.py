"""Variables of a request against the operation that declares them."""

from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
    is_non_null_type,
    print_ast,
    type_from_ast,
    value_from_ast,
)
from graphql.pyutils import Undefined
from graphql.utilities import coerce_input_value

from cms.api.errors import RequestErrors

CODE = "BAD_USER_INPUT"


def coerced(
    schema: GraphQLSchema, operation: OperationDefinitionNode, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The variables as resolvers get them, defaults included. Raises RequestErrors for one that the
    operation does not declare, that is missing, or whose value does not fit its type; `extensions`
    names the variable and the path to the value.
    """
    declared = {each.variable.name.value: each for each in operation.variable_definitions}
    errors = [
        problem(f"The operation declares no variable ${name}.", name, [])
        for name in given
        if name not in declared
    ]
    values: dict[str, Any] = {}
    for name, definition in declared.items():
        value = value_of(schema, definition, given, errors)
        if value is not Undefined:
            values[name] = value
    if errors:
        raise RequestErrors(CODE, errors)
    return values


def value_of(
    schema: GraphQLSchema,
    definition: VariableDefinitionNode,
    given: Mapping[str, Any],
    errors: list[GraphQLError],
) -> Any:
    name = definition.variable.name.value
    wanted: Any = type_from_ast(schema, definition.type)
    if name not in given:
        if definition.default_value:
            return value_from_ast(definition.default_value, wanted)
        if is_non_null_type(wanted):
            errors.append(problem(f"The variable ${name} is missing.", name, []))
        return Undefined
    if given[name] is None and is_non_null_type(wanted):
        errors.append(
            problem(f"${name} is {print_ast(definition.type)} and must not be null.", name, [])
        )
        return Undefined

    def refuse(path: list[str | int], _value: Any, error: GraphQLError) -> None:
        errors.append(problem(f"${name} does not fit: {error.message}", name, path))

    return coerce_input_value(given[name], wanted, refuse)


def problem(message: str, name: str, path: list[str | int]) -> GraphQLError:
    return GraphQLError(message, extensions={"code": CODE, "variable": name, "path": path})
