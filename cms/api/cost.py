"""What an operation may cost: one for each field, times the sizes of the lists that it is in.

A list with `first` counts as many items as it asks for (FIRST_DEFAULT when it does not say), any
other one LIST_SIZE. Of the alternatives in a union or interface the dearest counts. The estimate is
made once for a document and filled in with each request's variables.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from graphql.execution.execute import get_field_def

from cms.api.connections import FIRST_DEFAULT, FIRST_MAXIMUM

# Items of a list without `first`: topics of a page, blocks of a body.
LIST_SIZE = 10


@dataclass(frozen=True)
class Times:
    """How many items a list has: a number, or what the variable says."""

    number: int
    variable: str | None = None

    def items(self, variables: Mapping[str, Any]) -> int:
        value = variables.get(self.variable) if self.variable else self.number
        return bounded(value if isinstance(value, int) else FIRST_DEFAULT)


def bounded(first: int) -> int:
    """What the connection will refuse costs no more than what it gives."""
    return min(max(first, 0), FIRST_MAXIMUM)


@dataclass
class Cost:
    """A sum: a number, lists of a size that a variable says, and the dearest of alternatives."""

    fixed: int = 0
    lists: list[tuple[Times, "Cost"]] = field(default_factory=list)
    dearest: list[list["Cost"]] = field(default_factory=list)

    def add(self, other: "Cost") -> None:
        self.fixed += other.fixed
        self.lists += other.lists
        self.dearest += other.dearest

    def add_list(self, times: Times, item: "Cost") -> None:
        if times.variable is None and item.is_fixed:
            self.fixed += times.number * item.fixed
        else:
            self.lists.append((times, item))

    def add_dearest(self, alternatives: list["Cost"]) -> None:
        if all(each.is_fixed for each in alternatives):
            self.fixed += max((each.fixed for each in alternatives), default=0)
        else:
            self.dearest.append(alternatives)

    @property
    def is_fixed(self) -> bool:
        return not self.lists and not self.dearest

    def total(self, variables: Mapping[str, Any]) -> int:
        return (
            self.fixed
            + sum(times.items(variables) * item.total(variables) for times, item in self.lists)
            + sum(max(each.total(variables) for each in choice) for choice in self.dearest)
        )


@dataclass
class Estimate:
    """The costs of one valid document: of its data, and apart from it of introspection."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    known: dict[tuple[str, Times | None], Cost] = field(default_factory=dict)

    def of(self, operation: OperationDefinitionNode, *, introspection: bool) -> Cost:
        root = self.schema.get_root_type(operation.operation)
        if root is None:
            return Cost()
        return self.of_selections(
            self.root_selections(operation, introspection=introspection), root, None
        )

    def root_selections(
        self, operation: OperationDefinitionNode, *, introspection: bool
    ) -> Iterable[SelectionNode]:
        waiting: list[SelectionNode] = list(operation.selection_set.selections)
        while waiting:
            selection = waiting.pop()
            if isinstance(selection, FieldNode):
                if (selection.name.value in {"__schema", "__type"}) == introspection:
                    yield selection
            elif isinstance(selection, FragmentSpreadNode):
                waiting += self.fragments[selection.name.value].selection_set.selections
            elif isinstance(selection, InlineFragmentNode):
                waiting += selection.selection_set.selections

    def of_selections(
        self, selections: Iterable[SelectionNode], parent: Any, page: Times | None
    ) -> Cost:
        """`page` is the size of the list when the parent is its connection."""
        cost = Cost()
        alternatives: dict[str, Cost] = defaultdict(Cost)
        for selection in selections:
            if isinstance(selection, FieldNode):
                self.add_field(cost, selection, parent, page)
                continue
            on, inner = self.of_fragment(selection, parent, page)
            if isinstance(on, GraphQLObjectType) and on is not parent:
                alternatives[on.name].add(inner)
            else:
                cost.add(inner)
        cost.add_dearest(list(alternatives.values()))
        return cost

    def of_fragment(
        self, selection: SelectionNode, parent: Any, page: Times | None
    ) -> tuple[GraphQLNamedType | None, Cost]:
        if isinstance(selection, FragmentSpreadNode):
            fragment = self.fragments[selection.name.value]
            on = self.schema.get_type(fragment.type_condition.name.value)
            key = (selection.name.value, page)
            if key not in self.known:
                self.known[key] = self.of_set(fragment.selection_set, on, page)
            return on, self.known[key]
        condition = getattr(selection, "type_condition", None)
        on = self.schema.get_type(condition.name.value) if condition else parent
        return on, self.of_set(selection.selection_set, on, page)  # type: ignore[attr-defined]

    def of_set(self, selection_set: SelectionSetNode, parent: Any, page: Times | None) -> Cost:
        return self.of_selections(selection_set.selections, parent, page)

    def add_field(self, cost: Cost, node: FieldNode, parent: Any, page: Times | None) -> None:
        cost.fixed += 1
        definition = get_field_def(self.schema, parent, node)
        if node.selection_set is None or definition is None:
            return
        own = page_size(node, definition)
        item = self.of_set(node.selection_set, get_named_type(definition.type), own)
        kind: Any = definition.type
        if is_list_type(get_nullable_type(kind)):
            cost.add_list(own or page or Times(LIST_SIZE), item)
        else:
            cost.add(item)


def page_size(node: FieldNode, definition: GraphQLField) -> Times | None:
    """How many items `first` asks for; None for a field without this argument."""
    if "first" not in definition.args:
        return None
    for argument in node.arguments:
        if argument.name.value == "first":
            if isinstance(argument.value, VariableNode):
                return Times(FIRST_DEFAULT, argument.value.name.value)
            if isinstance(argument.value, IntValueNode):
                return Times(bounded(int(argument.value.value)))
    return Times(FIRST_DEFAULT)
