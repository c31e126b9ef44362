"""Queries that cross every edge of the schema, made from its introspection: a field that is added
tomorrow is walked without a change here.
"""

import itertools
import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)

# Combinations of arguments that one root field is asked with.
MOST_COMBINATIONS = 400
# Aliases of one query.
CHUNK = 60
# Edges from a root field that are crossed for each of them; those further on for one of them.
NEAR = 1
# How often an edge that led nowhere so far is tried from further away.
MOST_TRIES = 3
# Places from which an edge is tried that led nowhere yet.
MOST_WAYS = 8

Edge = tuple[str, str]


@dataclass(frozen=True)
class Way:
    """From a root field, called so, along edges to a place where something was found."""

    root: str
    call: str
    edges: tuple[Edge, ...] = ()


@dataclass
class Node:
    """A place in a query: the object types that may stand there, and what is selected below."""

    types: Sequence[GraphQLObjectType]
    depth: int
    children: list[tuple[GraphQLObjectType, str, str, "Node"]] = field(default_factory=list)


class Walk:
    """`values` are candidates by the name of an argument, or by the name of its type."""

    def __init__(self, schema: GraphQLSchema, values: Mapping[str, Sequence[Any]]) -> None:
        self.schema = schema
        self.values = values
        self.crossed: set[Edge] = set()
        self.tried: Counter[Edge] = Counter()
        self.ways: defaultdict[str, list[Way]] = defaultdict(list)

    def root_calls(self, root: GraphQLField) -> list[str]:
        return [*self.calls(root), *self.variations(root)]

    def deep(self, name: str, root: GraphQLField, call: str) -> str:
        return f"{{ {name}{call}{self.selection(self.tree(root))} }}"

    def shallow(self, name: str, root: GraphQLField, calls: Sequence[str]) -> list[str]:
        """What each call gives, many in one query: alias a<number> for each."""
        named = get_named_type(root.type).name
        selection = self.selection(Node(self.types(root), NEAR), shallow=True)
        fragment = f"fragment Shown on {named}{selection}"
        aliased = [f"a{number}: {name}{call} {{ ...Shown }}" for number, call in enumerate(calls)]
        chunks = (aliased[start : start + CHUNK] for start in range(0, len(aliased), CHUNK))
        return [f"{{ {' '.join(chunk)} }} {fragment}" for chunk in chunks]

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
                    waiting.append(child)
        return top

    def edges(self) -> set[Edge]:
        """All that there are, those of the root left out."""
        return {
            (each.name, name)
            for each in self.schema.type_map.values()
            if isinstance(each, GraphQLObjectType)
            and each is not self.schema.query_type
            and not each.name.startswith("__")
            for name, field in each.fields.items()
            if not is_leaf_type(get_named_type(field.type))
        }

    def note(self, root: str, call: str, found: Any) -> None:
        """Remember what a root field led to: the edges, whose aliases are <type>_<field>, and where
        each type was met.
        """
        waiting = deque([(Way(root, call), found)])
        while waiting:
            way, each = waiting.popleft()
            if isinstance(each, list):
                waiting += [(way, item) for item in each]
            if not isinstance(each, dict):
                continue
            ways = self.ways[each["__typename"]]
            if way not in ways and len(ways) < MOST_WAYS:
                ways.append(way)
            for key, value in each.items():
                parent, _, name = key.partition("_")
                if parent and value not in (None, [], {}):
                    self.crossed.add((parent, name))
                    waiting.append((replace(way, edges=(*way.edges, (parent, name))), value))

    def rest(self) -> Iterator[tuple[Way, str]]:
        """Queries for edges that led nowhere yet, from where their type was met. What each finds
        must be noted before the next is asked for.
        """
        asked: set[tuple[Way, Edge]] = set()
        while waiting := [
            (way, edge)
            for edge in sorted(self.edges() - self.crossed)
            for way in self.ways.get(edge[0], ())
            if (way, edge) not in asked
        ]:
            for way, edge in waiting:
                asked.add((way, edge))
                if edge not in self.crossed:
                    parent, name = self.schema.type_map[edge[0]], edge[1]
                    yield way, self.at(way, parent, [self.step(parent, name)])

    def counting(self) -> Iterator[tuple[Way, str]]:
        """How many each nested list finds under each condition."""
        for name, ways in self.ways.items():
            parent = self.schema.type_map[name]
            counts = [count for each in parent.fields for count in self.counted(parent, each)]
            for start in range(0, len(counts), CHUNK):
                yield ways[0], self.at(ways[0], parent, counts[start : start + CHUNK])

    def at(self, way: Way, of: Any, inside: Sequence[str]) -> str:
        """What is selected inside a type at the end of a way."""
        text = f"... on {of.name} {{ {' '.join(inside)} }}"
        for parent, name in reversed(way.edges):
            call = self.calls(self.schema.type_map[parent].fields[name])[0]
            step = f"{parent}_{name}: {name}{call} {{ __typename {text} }}"
            text = f"... on {parent} {{ {step} }}"
        return f"{{ {way.root}{way.call} {{ __typename {text} }} }}"

    def step(self, parent: GraphQLObjectType, name: str) -> str:
        each = parent.fields[name]
        selection = self.selection(Node(self.types(each), NEAR), shallow=True)
        return f"{parent.name}_{name}: {name}{self.calls(each)[0]}{selection}"

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
                yield f"{parent.name}_{name}: {name}{self.calls(each)[0]}{inner}"

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
