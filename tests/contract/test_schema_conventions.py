"""The conventions of docs/frontend.md, held over every part of the schema."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from cms.api.schema import schema

SCHEMA = schema.graphql_schema
TYPES = {name: each for name, each in SCHEMA.type_map.items() if not name.startswith("__")}
# Names in the singular for what is one thing to readers.
COLLECTIVE = {"body", "programme"}
# Words that a Boolean may end with instead of beginning with is or has.
ADJECTIVES = ("locked", "promoted", "degraded", "permanent", "open", "Open")
# Named as the attributes of an img element; or a path as well as an address.
OTHER_ADDRESSES = {"ImageSource.src", "ImageSource.srcset", "RedirectTarget.location"}
# Voivodeships, and words that are quoted, have Polish names.
QUOTED = re.compile("„[^”]*”")
POLISH_LETTERS = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


@dataclass(frozen=True)
class Part:
    """A field, an input field or an argument, named as Type.field or Type.field(argument)."""

    name: str
    type: Any
    description: str | None

    @property
    def last_name(self) -> str:
        return re.split(r"[.(]", self.name.rstrip(")"))[-1]

    @property
    def type_name(self) -> str:
        return get_named_type(self.type).name

    @property
    def is_list(self) -> bool:
        return is_list_type(get_nullable_type(self.type))


def output_fields() -> Iterator[Part]:
    for name, each in TYPES.items():
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType):
            for key, field in each.fields.items():
                yield Part(f"{name}.{key}", field.type, field.description)


def inputs() -> Iterator[Part]:
    for name, each in TYPES.items():
        if isinstance(each, GraphQLInputObjectType):
            for key, field in each.fields.items():
                yield Part(f"{name}.{key}", field.type, field.description)
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType):
            for key, field in each.fields.items():
                for argument, value in field.args.items():
                    yield Part(f"{name}.{key}({argument})", value.type, value.description)
    for directive in SCHEMA.directives:
        for argument, value in directive.args.items():
            yield Part(f"@{directive.name}({argument})", value.type, value.description)


def fields() -> list[Part]:
    return [*output_fields(), *inputs()]


def enum_values() -> dict[str, str | None]:
    return {
        f"{name}.{key}": value.description
        for name, each in TYPES.items()
        if isinstance(each, GraphQLEnumType)
        for key, value in each.values.items()
    }


def descriptions() -> dict[str, str | None]:
    """Of everything in the schema that can have one."""
    return {
        **{name: each.description for name, each in TYPES.items()},
        **{f"@{each.name}": each.description for each in SCHEMA.directives},
        **{part.name: part.description for part in fields()},
        **enum_values(),
    }


def of_type(*names: str) -> list[Part]:
    return [part for part in fields() if part.type_name in names and not part.is_list]


def test_everything_has_a_description():
    assert [name for name, text in descriptions().items() if not text] == []


def test_descriptions_have_no_leftovers_of_python():
    leftover = re.compile(r"\n\s|\s$|^\s|(?<!\. )\bNone\b|\b(True|False)\b(?! when)|<|__|\bpk\b")
    found = {name: text for name, text in descriptions().items() if leftover.search(text or "")}
    assert found == {}


def test_descriptions_are_english():
    found = {
        name: text
        for name, text in descriptions().items()
        if POLISH_LETTERS & set(QUOTED.sub("", text or "")) and not name.startswith("Voivodeship.")
    }
    assert found == {}


def test_descriptions_are_english_whatever_the_active_language():
    with translation.override("pl"):
        assert TYPES["Audience"].values["PUBLIC"].description == "everyone"


def test_nullable_field_says_when_it_is_null():
    found = [
        part.name
        for part in output_fields()
        if not is_non_null_type(part.type) and "null" not in (part.description or "").lower()
    ]
    assert found == []


def test_items_of_lists_are_never_null():
    found = [
        part.name
        for part in fields()
        if part.is_list and not is_non_null_type(get_nullable_type(part.type).of_type)
    ]
    assert found == []


def test_field_that_is_named_id_is_an_identifier():
    found = {part.name: str(part.type) for part in output_fields() if part.last_name == "id"}
    assert {name: kind for name, kind in found.items() if kind != "ID!"} == {}


def test_booleans_ask_a_question_or_are_adjectives():
    own = [part for part in of_type("Boolean") if not part.name.startswith("@")]
    names = [
        part.name
        for part in own
        if not re.match("(is|has)[A-Z]", part.last_name) and not part.last_name.endswith(ADJECTIVES)
    ]
    assert names == []


def test_names_of_dates_say_that_there_is_no_time():
    names = [
        part.name
        for part in of_type("Date")
        if not re.search("(On|From|To)$", part.last_name) and part.last_name != "date"
    ]
    assert names == []


def test_names_of_moments_say_that_there_is_a_time():
    names = [
        part.name
        for part in of_type("DateTime")
        if not re.search("(At|Until)$|^(starts|ends)(From|Before)?$", part.last_name)
    ]
    assert names == []


def test_names_of_addresses_end_in_url():
    names = [
        part.name
        for part in of_type("String")
        if re.search("URL|^Address of|^Where to", part.description or "")
        and not re.search("(^u|U)rl$", part.last_name)
        and part.name not in OTHER_ADDRESSES
    ]
    assert names == ["RichText.html"]


def test_lists_and_connections_are_named_in_the_plural():
    names = [
        part.name
        for part in fields()
        if (part.is_list or (part.type_name.endswith("Connection") and part.last_name != "archive"))
        and not part.last_name.endswith("s")
        and part.last_name not in COLLECTIVE
    ]
    assert names == []


def test_enum_values_are_in_upper_case():
    values = [name.split(".")[1] for name in enum_values()]
    assert [value for value in values if not re.fullmatch("[A-Z][A-Z0-9_]*", value)] == []


def test_every_list_that_can_grow_takes_the_same_arguments():
    connections = [
        (f"{name}.{key}", set(field.args))
        for name, each in TYPES.items()
        if isinstance(each, GraphQLObjectType)
        for key, field in each.fields.items()
        if get_named_type(field.type).name.endswith("Connection")
    ]
    assert len(connections) > 20
    assert [name for name, arguments in connections if not {"first", "after"} <= arguments] == []


def test_scalars_say_their_format_and_zone():
    texts = {name: TYPES[name].description for name in ("Date", "DateTime", "Time")}
    assert "`2026-11-02`" in texts["Date"]
    assert "`2026-11-02T17:00:00+00:00`" in texts["DateTime"]
    assert "Europe/Warsaw" in texts["DateTime"]
    assert "`17:00:00`" in texts["Time"]


def test_schema_has_no_other_scalars():
    scalars = {name for name, each in TYPES.items() if isinstance(each, GraphQLScalarType)}
    assert scalars == {"Boolean", "Date", "DateTime", "Float", "ID", "Int", "String", "Time"}
