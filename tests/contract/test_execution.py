"""The executor: what is read the short way is answered as the long way would."""

from types import SimpleNamespace

import graphene
import pytest

from cms.api.completion import BatchingExecutionContext
from cms.api.execution import Loaders


class Thing(graphene.ObjectType):
    name = graphene.String(required=True)
    later = graphene.String()
    size = graphene.Int()

    @staticmethod
    def resolve_later(thing, info):
        loader = info.context.loaders.get("later", lambda: lambda keys: {1: "loaded"})
        return loader.load(1)


class Query(graphene.ObjectType):
    thing = graphene.Field(Thing)

    @staticmethod
    def resolve_thing(root, _info):
        return root


@pytest.fixture
def execute():
    schema = graphene.Schema(query=Query)

    def run(thing):
        return schema.execute(
            "{ thing { name later size } }",
            root_value=thing,
            context_value=SimpleNamespace(loaders=Loaders(None)),
            execution_context_class=BatchingExecutionContext,
        )

    return run


@pytest.mark.parametrize("kind", [dict, SimpleNamespace])
def test_fields_come_in_the_order_of_the_query(execute, kind):
    answer = execute(kind(name="Ala", size=3))
    assert answer.errors is None
    assert list(answer.data["thing"].items()) == [
        ("name", "Ala"),
        ("later", "loaded"),
        ("size", 3),
    ]


def test_null_in_place_of_a_required_value_is_an_error_and_hides_its_thing(execute):
    answer = execute({"name": None})
    assert answer.data == {"thing": None}
    assert [error.path for error in answer.errors] == [["thing", "name"]]


def test_value_of_a_wrong_type_is_an_error_of_its_field_alone(execute):
    answer = execute({"name": "Ala", "size": "wiele"})
    assert answer.data == {"thing": {"name": "Ala", "later": "loaded", "size": None}}
    assert [error.path for error in answer.errors] == [["thing", "size"]]
