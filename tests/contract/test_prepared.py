"""Documents are parsed and validated once."""

from unittest.mock import patch

import pytest
from django.test import Client

from cms.api import prepared
from cms.api.errors import RequestErrors
from cms.api.operations import operations
from cms.api.prepared import MOST_KEPT, prepare, prepare_published, prepare_strange
from tests.contract.operations import send


@pytest.fixture(autouse=True)
def nothing_prepared() -> None:
    prepare_strange.cache_clear()
    prepare_published.cache_clear()


@pytest.mark.parametrize("query", [operations()["SiteFrame"].text, "{ menus { key } }"])
def test_document_is_parsed_and_validated_once(db, query):
    with (
        patch.object(prepared, "parse", wraps=prepared.parse) as parse,
        patch.object(prepared, "validate", wraps=prepared.validate) as validate,
    ):
        for _ in range(3):
            assert send(Client(), query).status_code == 200
    assert (parse.call_count, validate.call_count) == (1, 1)


def test_operations_of_the_contract_stay_prepared_whatever_strangers_send():
    known = prepare(operations()["SiteFrame"].text)
    for number in range(MOST_KEPT + 10):
        prepare(f"{{ a{number}: __typename }}")
    assert prepare_strange.cache_info().currsize == MOST_KEPT
    assert prepare(operations()["SiteFrame"].text) is known


def test_document_that_is_not_valid_is_not_kept():
    for query in ("{ secrets }", "{"):
        with pytest.raises(RequestErrors):
            prepare(query)
    assert prepare_strange.cache_info().currsize == 0


def test_operation_of_a_document_is_chosen_by_its_name(db):
    query = "query A { menus { key } } query B { __typename }"
    assert send(Client(), query, operationName="B").json()["data"] == {"__typename": "Query"}
    assert send(Client(), query, operationName="A").json()["data"] == {"menus": []}
    answer = send(Client(), query).json()
    assert answer["errors"][0]["extensions"]["code"] == "OPERATION_NOT_FOUND"
