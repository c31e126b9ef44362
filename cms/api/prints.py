"""The forms in which clients print one operation: tools indent it, sort its fragments, and add
`__typename` wherever they need it for their cache.
"""

from typing import Any

from graphql import (
    REMOVE,
    DocumentNode,
    FieldNode,
    NameNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

TYPENAME = FieldNode(name=NameNode(value="__typename"), arguments=(), directives=())


def is_bare_typename(node: SelectionNode) -> bool:
    return (
        isinstance(node, FieldNode)
        and node.name.value == "__typename"
        and not node.alias
        and not node.directives
    )


def canonical(document: DocumentNode) -> str:
    """One form for all prints of a document. It is for comparing: without `__typename`, which tells
    nothing that the schema hides, a document may be no valid one.
    """

    class WithoutTypename(Visitor):
        def enter_field(self, node: FieldNode, *_place: Any) -> Any:
            return REMOVE if is_bare_typename(node) else None

    bare = visit(document, WithoutTypename())
    return "\n\n".join(sorted(print_ast(each) for each in bare.definitions))


def with_typename(text: str) -> str:
    """The document with `__typename` in every selection set but those of operations, as Apollo
    Client's cache wants it.
    """

    class WithTypename(Visitor):
        def leave_selection_set(
            self, node: SelectionSetNode, _key: Any, parent: Any, *_place: Any
        ) -> SelectionSetNode | None:
            has_one = any(is_bare_typename(each) for each in node.selections)
            if has_one or isinstance(parent, OperationDefinitionNode):
                return None
            return SelectionSetNode(selections=(*node.selections, TYPENAME))

    return print_ast(visit(parse(text, no_location=True), WithTypename())) + "\n"
