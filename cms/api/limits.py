"""What a document may ask for before anything is executed or even validated.

`scan()` reads the text and `measure()` the parsed document, both in linear time: graphql-core's own
rules compare fields pairwise, and its parser recurses, so limits come first. Cyclic fragments are
measured once and left to the standard rule that names the cycle.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from cms.api.errors import LimitExceeded

# Not settings, since they only keep the analysis itself cheap and no sensible client meets them.
# Brackets inside one another in the text, and selection sets inside one another when fragments are
# followed: the parser and the rules recurse.
MOST_NESTED = 60
MOST_FRAGMENTS = 40
MOST_OPERATIONS = 10
# Pairs of fields with one response name that may have to be merged.
MOST_PAIRS = 4_000

# The tokens of https://spec.graphql.org/October2021/#sec-Appendix-Grammar-Summary.Lexical-Tokens.
# A string that is never closed ends with its line, so that no text makes the expression go back.
TOKEN = re.compile(
    r'[\s,\ufeff]+|\#[^\n\r]*|(?P<token>"""(?:\\"""|[\s\S])*?(?:"""|\Z)'
    r'|"(?:\\.|[^"\\\n\r])*"?|\.\.\.|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][0-9.eE+-]*|.)',
    re.DOTALL,
)


def check(name: str, code: str, asked: int, allowed: int) -> None:
    if asked > allowed:
        raise LimitExceeded(name, code, asked, allowed)


def allowed(name: str) -> int:
    return int(settings.GRAPHQL_LIMITS[name])


def scan(text: str) -> None:
    """Refuse a text that is too long, has too many tokens or directives, or nests too deep."""
    check("bytes", "QUERY_TOO_LARGE", len(text.encode()), allowed("BYTES"))
    tokens = directives = depth = deepest = 0
    for match in TOKEN.finditer(text):
        word = match["token"]
        if word is None:
            continue
        tokens += 1
        if word in "{[(":
            depth += 1
            deepest = max(deepest, depth)
        elif word in "}])":
            depth -= 1
        elif word == "@":
            directives += 1
    check("tokens", "QUERY_TOO_MANY_TOKENS", tokens, allowed("TOKENS"))
    check("directives", "QUERY_TOO_MANY_DIRECTIVES", directives, allowed("DIRECTIVES"))
    check("nesting", "QUERY_TOO_DEEP", deepest, MOST_NESTED)


@dataclass(frozen=True)
class Size:
    """What a selection set has when its fragments are expanded."""

    fields: int = 0
    # Fields in the set itself.
    direct: int = 0
    # Fields inside one another, and selection sets inside one another.
    depth: int = 0
    nested: int = 0

    def beside(self, other: "Size") -> "Size":
        return Size(
            self.fields + other.fields,
            self.direct + other.direct,
            max(self.depth, other.depth),
            max(self.nested, other.nested),
        )


@dataclass
class Measure:
    """Measures one document; each fragment once, however often it is spread."""

    document: DocumentNode
    fragments: dict[str, FragmentDefinitionNode] = field(init=False)
    sizes: dict[str, Size | None] = field(default_factory=dict)
    aliases: int = 0
    is_cyclic: bool = False

    def __post_init__(self) -> None:
        self.fragments = {
            each.name.value: each
            for each in self.document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }

    def size(self, selection_set: SelectionSetNode | None, level: int = 1) -> Size:
        if selection_set is None:
            return Size()
        # Before going deeper: a chain of fragments must not exhaust the stack.
        check("nesting", "QUERY_TOO_DEEP", level, MOST_NESTED)
        total = Size()
        for selection in selection_set.selections:
            total = total.beside(self.size_of(selection, level))
        total = replace(total, nested=total.nested + 1)
        check("nesting", "QUERY_TOO_DEEP", total.nested, MOST_NESTED)
        return total

    def size_of(self, selection: SelectionNode, level: int) -> Size:
        if isinstance(selection, FragmentSpreadNode):
            return self.size_of_fragment(selection.name.value, level)
        inner = self.size(getattr(selection, "selection_set", None), level + 1)
        if not isinstance(selection, FieldNode):
            return inner
        self.aliases += selection.alias is not None
        return Size(inner.fields + 1, 1, inner.depth + 1, inner.nested)

    def size_of_fragment(self, name: str, level: int) -> Size:
        if name not in self.fragments:
            return Size()
        if name not in self.sizes:
            self.sizes[name] = None
            self.sizes[name] = self.size(self.fragments[name].selection_set, level + 1)
        known = self.sizes[name]
        if known is None:
            self.is_cyclic = True
        return known or Size()

    def pairs(self, selection_sets: Iterable[SelectionSetNode]) -> int:
        """Pairs of fields, anywhere below, that have one response name in one place. Only for a
        document without cycles.
        """
        named: dict[str, dict[int, FieldNode]] = defaultdict(dict)
        seen: set[str] = set()
        waiting = list(selection_sets)
        while waiting:
            for selection in waiting.pop().selections:
                if isinstance(selection, FieldNode):
                    name = (selection.alias or selection.name).value
                    named[name][id(selection)] = selection
                elif not isinstance(selection, FragmentSpreadNode):
                    waiting.append(selection.selection_set)  # type: ignore[attr-defined]
                elif selection.name.value in self.fragments and selection.name.value not in seen:
                    seen.add(selection.name.value)
                    waiting.append(self.fragments[selection.name.value].selection_set)
        count = 0
        for fields in named.values():
            count += len(fields) * (len(fields) - 1) // 2
            below = [each.selection_set for each in fields.values() if each.selection_set]
            count += self.pairs(below) if below else 0
        return count


def measure(document: DocumentNode) -> Measure:
    """Refuse a document with an operation that asks for too much."""
    measured = Measure(document)
    operations = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    check("fragments", "QUERY_TOO_MANY_FRAGMENTS", len(measured.fragments), MOST_FRAGMENTS)
    check("operations", "QUERY_TOO_MANY_OPERATIONS", len(operations), MOST_OPERATIONS)
    total = Size()
    # Fragments too, even those that nothing spreads: the standard rules read them all.
    for name in measured.fragments:
        total = total.beside(Size(nested=measured.size_of_fragment(name, 1).nested))
    for operation in operations:
        size = measured.size(operation.selection_set)
        check("rootFields", "QUERY_TOO_MANY_ROOT_FIELDS", size.direct, allowed("ROOT_FIELDS"))
        total = total.beside(size)
    check("depth", "QUERY_TOO_DEEP", total.depth, allowed("DEPTH"))
    check("aliases", "QUERY_TOO_MANY_ALIASES", measured.aliases, allowed("ALIASES"))
    check("fields", "QUERY_TOO_MANY_FIELDS", total.fields, allowed("FIELDS"))
    if not measured.is_cyclic:
        pairs = sum(measured.pairs([each.selection_set]) for each in operations)
        check("duplicates", "QUERY_TOO_MANY_DUPLICATES", pairs, MOST_PAIRS)
    return measured
