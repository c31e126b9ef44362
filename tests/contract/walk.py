"""Queries that cross every edge of the schema, made from its introspection: a field that is added
tomorrow is walked without a change here.
"""

import itertools
import json
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    execute,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    parse,
)

from cms.api.completion import BatchingExecutionContext
from cms.api.context import HubContext
from cms.visibility import Viewer

# Combinations of arguments that one root field is asked with.
MOST_COMBINATIONS = 400
# Aliases of one query.
CHUNK = 60
# Edges from a root field that are crossed for each of them; those further on for one of them.
NEAR = 1
# How often an edge that led nowhere so far is tried from further away.
MOST_TRIES = 3


@dataclass
class Node:
    """A place in a query: the object types that may stand there, and what is selected below."""

    types: Sequence[GraphQLObjectType]
    depth: int
    children: list[tuple[GraphQLObjectType, str, str, "Node"]] = field(default_factory=list)
    counts: list[tuple[GraphQLObjectType, str]] = field(default_factory=list)


class Walk:
    """`values` are candidates by the name of an argument, or by the name of its type."""

    def __init__(self, schema: GraphQLSchema, values: Mapping[str, Sequence[Any]]) -> None:
        self.schema = schema
        self.values = values
        self.crossed: set[tuple[str, str]] = set()
        self.tried: Counter[tuple[str, str]] = Counter()

    def root_calls(self, root: GraphQLField) -> list[str]:
        return [*self.calls(root), *self.variations(root)]

    def deep(self, name: str, root: GraphQLField, call: str) -> str:
        return f"{{ {name}{call}{self.selection(self.tree(root))} }}"

    def shallow(self, name: str, root: GraphQLField, calls: Sequence[str]) -> list[str]:
        """What each call gives, many in one query: alias a<number> for each."""
        selection = self.selection(Node(self.types(root), NEAR), shallow=True)
        aliased = [f"a{number}: {name}{call}{selection}" for number, call in enumerate(calls)]
        chunks = (aliased[start : start + CHUNK] for start in range(0, len(aliased), CHUNK))
        return [f"{{ {' '.join(chunk)} }}" for chunk in chunks]

    def tree(self, root: GraphQLField) -> Node:
        """Each edge once, near the root or where no other root came by."""
        top = Node(self.types(root), 0)
        near: set[tuple[str, str]] = set()
        waiting = deque([top])
        while waiting:
            node = waiting.popleft()
            for parent in node.types:
                for name, each in parent.fields.items():
                    edge = parent.name, name
                    if is_leaf_type(get_named_type(each.type)) or edge in near:
                        continue
                    done = edge in self.crossed or self.tried[edge] == MOST_TRIES
                    if node.depth >= NEAR and done:
                        continue
                    near.add(edge)
                    self.tried[edge] += 1
                    child = Node(self.types(each), node.depth + 1)
                    node.children.append((parent, name, self.calls(each)[0], child))
                    if self.tried[edge] == 1:
                        node.counts += [(parent, count) for count in self.counted(parent, name)]
                    waiting.append(child)
        return top

    def note(self, data: Any) -> None:
        """Remember the edges that led to something: their aliases are <type>_<field>."""
        waiting = [data]
        while waiting:
            each = waiting.pop()
            if isinstance(each, dict):
                for key, value in each.items():
                    if value not in (None, [], {}):
                        parent, _, name = key.partition("_")
                        self.crossed.add((parent, name))
                        waiting.append(value)
            elif isinstance(each, list):
                waiting += each

    def types(self, of: GraphQLField) -> Sequence[GraphQLObjectType]:
        named = get_named_type(of.type)
        if isinstance(named, GraphQLObjectType):
            return [named]
        return [] if is_leaf_type(named) else self.schema.get_possible_types(named)

    def selection(self, node: Node, *, shallow: bool = False) -> str:
        if not node.types:
            return ""
        parts = []
        for parent in node.types:
            inside = [*self.leaves(parent)]
            inside += [
                f"{parent.name}_{name}: {name}{call}{self.selection(child)}"
                for owner, name, call, child in node.children
                if owner is parent
            ]
            inside += [count for owner, count in node.counts if owner is parent]
            if shallow:
                inside += self.one_step(parent)
            parts.append(f"... on {parent.name} {{ {' '.join(inside) or '__typename'} }}")
        return f" {{ __typename {' '.join(parts)} }}"

    def one_step(self, parent: GraphQLObjectType) -> Iterator[str]:
        """What a connection lists, and what is in a type that has nothing else to show."""
        is_wrapper = not any(True for _ in self.leaves(parent))
        for name, each in parent.fields.items():
            if name in ("nodes", "edges") or is_wrapper:
                inner = self.selection(Node(self.types(each), NEAR))
                yield f"{parent.name}_{name}: {name}{inner}"

    def leaves(self, parent: GraphQLObjectType) -> Iterator[str]:
        for name, each in parent.fields.items():
            if is_leaf_type(get_named_type(each.type)):
                yield f"{parent.name}_{name}: {name}{self.calls(each)[0]}"

    def counted(self, parent: GraphQLObjectType, name: str) -> Iterator[str]:
        """How many a nested list finds under each condition."""
        each = parent.fields[name]
        if "totalCount" in getattr(get_named_type(each.type), "fields", {}):
            for number, call in enumerate(self.variations(each)):
                yield f"{parent.name}_{name}_{number}: {name}{call} {{ totalCount }}"

    def calls(self, each: GraphQLField) -> list[str]:
        """The field's required arguments with every combination of candidates, as written."""
        required = {
            name: self.candidates(name, argument.type)
            for name, argument in each.args.items()
            if is_required_argument(argument)
        }
        products = itertools.islice(itertools.product(*required.values()), MOST_COMBINATIONS)
        return [written(dict(zip(required, values, strict=True))) for values in products]

    def variations(self, each: GraphQLField) -> list[str]:
        """The first call, with one optional argument more, each candidate in turn."""
        required = {
            name: self.candidates(name, argument.type)[0]
            for name, argument in each.args.items()
            if is_required_argument(argument)
        }
        return [
            written({**required, name: value})
            for name, argument in each.args.items()
            if not is_required_argument(argument) and name not in ("first", "after")
            for value in self.candidates(name, argument.type)
        ]

    def candidates(self, name: str, kind: GraphQLInputType) -> list[Any]:
        if is_non_null_type(kind):
            return self.candidates(name, kind.of_type)
        if is_list_type(kind):
            return [[value] for value in self.candidates(name, kind.of_type)]
        if is_enum_type(kind):
            return [Name(value) for value in kind.values]
        if is_input_object_type(kind):
            return [*self.conditions(kind)]
        return [*(self.values.get(name) or self.values[kind.name])]

    def conditions(self, kind: GraphQLInputObjectType) -> Iterator[dict[str, Any]]:
        for name, each in kind.fields.items():
            for value in self.candidates(name, each.type):
                yield {name: value}


class Name(str):
    """An enum's value: written without quotes."""


def written(arguments: Mapping[str, Any]) -> str:
    if not arguments:
        return ""
    return f"({', '.join(f'{name}: {literal(value)}' for name, value in arguments.items())})"


def literal(value: Any) -> str:
    if isinstance(value, Name):
        return str(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {literal(each)}' for name, each in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class Answer:
    data: Any
    errors: list[tuple[str, Any]]


def ask(schema: GraphQLSchema, query: str, viewer: Viewer) -> Answer:
    """What this viewer gets, without the endpoint's limits."""
    result: Any = execute(
        schema,
        parse(query),
        context_value=HubContext(request=None, viewer=viewer),
        execution_context_class=BatchingExecutionContext,
    )
    return Answer(result.data, [(each.message, each.path) for each in result.errors or ()])
