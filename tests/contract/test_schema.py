from pathlib import Path

import graphene
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from graphql import build_schema, print_schema

from cms.api.guard import protect
from cms.api.operations import invalid_operations, operations
from cms.api.schema import schema
from cms.models import Topic

SDL = Path(settings.BASE_DIR) / "graphql" / "schema.graphql"


def test_committed_sdl_is_that_of_the_code():
    assert SDL.read_text().strip() == print_schema(schema.graphql_schema).strip()


def test_every_operation_is_valid():
    assert invalid_operations(schema.graphql_schema) == []


def test_operations_of_the_first_api_are_there():
    assert {
        "MonthList",
        "MonthDetail",
        "ArticleDetail",
        "ExpertDetail",
        "PageByPath",
        "ArchiveSearch",
    } <= set(operations())


def test_columns_of_wagtail_that_nobody_declared_are_no_fields():
    fields = set(schema.graphql_schema.type_map["Article"].fields)
    forbidden = {
        "draftTitle",
        "goLiveAt",
        "expireAt",
        "lockedAt",
        "owner",
        "numchild",
        "urlPath",
        "live",
    }
    assert fields & forbidden == set()


def test_account_behind_an_expert_or_a_question_is_no_field():
    types = schema.graphql_schema.type_map
    assert "member" not in types["Expert"].fields
    assert "member" not in types["Question"].fields


def test_guarded_field_that_is_non_null_stops_the_start():
    leaky = build_schema("type Query { topic: Topic! } type Topic { title: String! }")
    with pytest.raises(ImproperlyConfigured, match=r"Query\.topic must be nullable"):
        protect(leaky, {"Topic": Topic})


def test_scalar_that_carries_what_nobody_judged_stops_the_start():
    leaky = build_schema(
        "scalar JSONString type Query { page: Page } type Page { extra: JSONString }"
    )
    with pytest.raises(ImproperlyConfigured, match=r"Page\.extra carries what nobody judged"):
        protect(leaky, {})


def test_schema_of_grapple_itself_is_never_loaded():
    import sys

    assert isinstance(schema, graphene.Schema)
    assert "grapple.schema" not in sys.modules
