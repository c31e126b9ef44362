"""Execution of fields whose resolvers return futures (docs/adr/0004).

graphql-sync-dataloaders has a deferred execution too; in it an error below a non-null field leaves
through whoever gave the future its result, and takes the whole answer with it. Here it goes to the
nearest thing above that may be null, as the specification says.
https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
"""

from collections.abc import Callable, Iterable
from typing import Any

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    located_error,
)
from graphql.execution.execute import get_field_def
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path, Undefined, is_iterable
from graphql_sync_dataloaders import SyncFuture

from cms.api.columns import MISSING, column_of
from cms.api.execution import gather, then


class BatchingExecutionContext(ExecutionContext):
    """Runs the request's loaders whenever nothing else is left to do."""

    def execute_operation(self, operation: OperationDefinitionNode, root_value: Any) -> Any:
        result = super().execute_operation(operation, root_value)
        self.context_value.loaders.run()
        if not isinstance(result, SyncFuture):
            return result
        if not result.done():
            raise RuntimeError("A resolver's future was never resolved.")
        # Raises what no field below the root could bear.
        return result.result()

    def execute_fields_serially(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        fields: dict[str, list[FieldNode]],
    ) -> Any:
        results: dict[str, Any] = {}
        waits = False
        for name, nodes in fields.items():
            column = column_of(self.schema, parent_type, nodes[0].name.value)
            value = column.value(source_value) if column else MISSING
            if value is MISSING:
                field_path = Path(path, name, parent_type.name)
                value = self.execute_field(parent_type, source_value, nodes, field_path)
                waits = waits or isinstance(value, SyncFuture)
            if value is not Undefined:
                results[name] = value
        if not waits:
            return results
        values = gather(list(results.values()))
        return then(values, lambda found: dict(zip(results, found, strict=True)))

    execute_fields = execute_fields_serially

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_nodes: list[FieldNode],
        path: Path,
    ) -> Any:
        field = get_field_def(self.schema, parent_type, field_nodes[0])
        if field is None:
            return Undefined
        info = self.build_resolve_info(field, field_nodes, parent_type, path)

        def complete() -> Any:
            arguments = get_argument_values(field, field_nodes[0], self.variable_values)
            result = (field.resolve or self.field_resolver)(source, info, **arguments)
            return then(
                result,
                lambda value: self.complete_value(field.type, field_nodes, info, path, value),
            )

        return self.completed(complete, field.type, info, path)

    def complete_list_value(
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        if not is_iterable(result):
            where = f"{info.parent_type.name}.{info.field_name}"
            raise GraphQLError(f"Expected Iterable, but did not find one for field '{where}'.")
        kind = return_type.of_type

        def item(index: int, value: Any) -> Any:
            place = path.add_key(index, None)

            def complete() -> Any:
                return then(
                    value,
                    lambda found: self.complete_value(kind, field_nodes, info, place, found),
                )

            return self.completed(complete, kind, info, place)

        items: Iterable[Any] = result
        return gather([item(index, value) for index, value in enumerate(items)])

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        if not isinstance(return_type, GraphQLNonNull):
            return super().complete_value(return_type, field_nodes, info, path, result)
        value = super().complete_value(return_type.of_type, field_nodes, info, path, result)

        def checked(found: Any) -> Any:
            if found is None:
                where = f"{info.parent_type.name}.{info.field_name}"
                raise TypeError(f"Cannot return null for non-nullable field {where}.")
            return found

        return then(value, checked)

    def completed(
        self,
        complete: Callable[[], Any],
        return_type: GraphQLOutputType,
        info: GraphQLResolveInfo,
        path: Path,
    ) -> Any:
        """The value, or a future of it. An error is noted, and the value null; where it may not be,
        the error is raised to what stands above.
        """

        def noted(error: Exception) -> None:
            located = located_error(error, info.field_nodes, path.as_list())
            self.handle_field_error(located, return_type, path)

        try:
            value = complete()
            if not isinstance(value, SyncFuture):
                return value
            if value.done():
                return value.result()
        except Exception as error:  # noqa: BLE001  (whatever a resolver raises is its field's error)
            return noted(error)
        outcome = SyncFuture()

        def finish() -> None:
            error = value.exception()
            if error is None:
                outcome.set_result(value.result())
                return
            try:
                noted(error)
            except GraphQLError as raised:
                outcome.set_exception(raised)
            else:
                outcome.set_result(None)

        value.add_done_callback(finish)
        return outcome
