"""GRAPHQL_TRUSTED_ONLY: the operations of graphql/operations, however clients print them."""

import contextlib
import json
import textwrap
from urllib.parse import urlencode

import pytest
from django.test import Client
from graphql import (
    DocumentNode,
    FieldNode,
    NameNode,
    SelectionSetNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from cms.api.errors import LimitExceeded
from cms.api.operations import MOST_PRINTS, is_trusted, operations
from cms.api.prints import words
from tests.contract.operations import send
from tests.contract.worst_documents import WORST, seconds


@pytest.fixture
def client(db, settings) -> Client:
    settings.GRAPHQL_TRUSTED_ONLY = True
    return Client(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    is_trusted.cache_clear()


def code(response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


def get_hash(client: Client, name: str):
    persisted = {"version": 1, "sha256Hash": operations()[name].sha256}
    parameters = {"extensions": json.dumps({"persistedQuery": persisted})}
    return client.get(f"/graphql/?{urlencode(parameters)}")


def get_text(client: Client, query: str):
    return client.get(f"/graphql/?{urlencode({'query': query})}")


# What clients make of a text


def codegen(text: str) -> str:
    """GraphQL Code Generator with `documentMode: 'string'`: printed and indented."""
    return "\n" + textwrap.indent(print_ast(parse(text)), "    ") + "\n    "


def reordered(text: str) -> str:
    """Fragments first, as tools put them that build a document out of parts."""
    return print_ast(DocumentNode(definitions=tuple(reversed(parse(text).definitions))))


def minified(text: str) -> str:
    return " ".join(print_ast(parse(text)).split())


def typename_everywhere(text: str) -> str:
    """As clients with a cache add it, also where it is already."""
    typename = FieldNode(name=NameNode(value="__typename"), arguments=(), directives=())

    class Add(Visitor):
        def leave_selection_set(self, node, *_place):
            return SelectionSetNode(selections=(*node.selections, typename))

    return print_ast(visit(parse(text), Add()))


PRINTS = [codegen, reordered, minified, typename_everywhere]


@pytest.mark.parametrize("client_prints", PRINTS, ids=lambda each: each.__name__)
@pytest.mark.parametrize("name", operations())
def test_operation_is_trusted_as_every_client_prints_it(name, client_prints):
    printed = client_prints(operations()[name].text)
    assert printed != operations()[name].text
    assert is_trusted(printed)


@pytest.mark.parametrize("client_prints", PRINTS, ids=lambda each: each.__name__)
def test_print_of_a_trusted_operation_is_answered(client, client_prints):
    printed = client_prints(operations()["SiteFrame"].text)
    for response in (send(client, printed), get_text(client, printed)):
        assert response.status_code == 200
        assert "errors" not in response.json()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("key", "key id"),
        ("menus", "menus: allSeries"),
        ("query SiteFrame", "query Other"),
        ("key", "key: __typename"),
        ("key", "key @include(if: true)"),
    ],
)
def test_operation_that_was_changed_is_not_trusted(client, old, new):
    text = operations()["SiteFrame"].text
    assert old in text
    response = send(client, text.replace(old, new, 1))
    assert (response.status_code, code(response)) == (403, "OPERATION_NOT_TRUSTED")


def test_operation_beside_a_trusted_one_is_not_trusted(client):
    text = operations()["SiteFrame"].text + "query Other { topics { totalCount } }"
    response = send(client, text, operationName="Other")
    assert (response.status_code, code(response)) == (403, "OPERATION_NOT_TRUSTED")


def test_text_above_a_limit_is_refused_before_it_is_parsed(client):
    response = send(client, "{ a " * 1000)
    assert (response.status_code, code(response)) == (400, "QUERY_TOO_MANY_TOKENS")


def test_words_of_an_operation_in_another_order_are_not_trusted():
    text = operations()["PageByPath"].text
    other = text.replace("breadcrumbs { title path }", "breadcrumbs { path title }", 1)
    assert other != text
    assert words(other) == words(text)
    assert not is_trusted(other)


@pytest.mark.parametrize("name", sorted(WORST))
def test_worst_documents_are_quickly_found_not_to_be_trusted(name):
    def refuse(text: str) -> None:
        is_trusted.cache_clear()
        with contextlib.suppress(LimitExceeded):
            assert not is_trusted(text)

    assert seconds(refuse, WORST[name]) < 0.05


def test_prints_that_are_known_are_bounded():
    for number in range(MOST_PRINTS + 10):
        is_trusted(f"{{ a{number} }}")
    assert is_trusted.cache_info().currsize == MOST_PRINTS


def test_trusted_only_answers_the_operations_of_the_contract(client):
    assert send(client, operations()["SiteFrame"].text).status_code == 200
    assert get_hash(client, "SiteFrame").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "{ topics { nodes { title } } }",
        "{ __schema { queryType { name } } }",
        "{ secrets }",
        "{",
        "{ __typename topics { nodes { id } } }",
    ],
)
def test_trusted_only_refuses_every_other_operation(client, query):
    for response in (send(client, query), get_text(client, query)):
        assert (response.status_code, code(response)) == (403, "OPERATION_NOT_TRUSTED")


def test_trusted_only_lets_probes_ask_for_the_typename(client):
    for probe in ("{__typename}", "query { __typename }", "query Alive { __typename }"):
        assert send(client, probe).json()["data"] == {"__typename": "Query"}


def test_trusted_only_shows_no_page_to_try_queries(client):
    response = client.get("/graphql/", headers={"accept": "text/html"})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
