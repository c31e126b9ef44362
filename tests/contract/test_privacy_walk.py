"""Nobody finds what is hidden from them, by whatever edge of the schema: not in a field, a count,
an order, an error or an address.

Everything that the schema can be asked is asked twice: while hidden things are there, and after
they are gone. The answers must be equal, and say KANAREK nowhere.
"""

from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from graphql import GraphQLObjectType
from wagtail.models import Page

from cms import journal
from cms.api.schema import schema
from cms.visibility import PreviewScope, Viewer
from tests.contract.hidden_things import (
    STATES,
    hide_from_strangers,
    hide_pages,
    hide_things,
    refer_to,
)
from tests.contract.walk import Answer, Walk, ask
from tests.contract.worlds import CANARY, World, index_all
from tests.factories import ArticleFactory, MemberFactory, ThematicMonthFactory

SCHEMA = schema.graphql_schema
# Single things first: from them it costs least to go on.
ROOTS = dict(
    sorted(SCHEMA.query_type.fields.items(), key=lambda item: "Connection" in str(item[1].type))
)
# The journal goes on, whatever is done: its cursors differ, and its rows are tested on their own
# (tests/contract/test_changes.py). KANAREK must not be there either.
UNEQUAL = {"changes"}
SLUGS = ["cykl", "ekspertka", "projekt", "ksiazka", "grupa", "temat", "miejsce", "partner"]


def viewers(world: World) -> dict[str, Callable[[], Viewer]]:
    group = Group.objects.get_or_create(name="group")[0]
    member, insider = MemberFactory(), MemberFactory(groups=[group])
    previewed = ThematicMonthFactory(
        parent=world.series, title="W podglądzie", slug="podglad", year=2031, month=12, live=False
    )
    ArticleFactory(parent=previewed, title="W podglądzie też", live=False)
    scope = PreviewScope(path=previewed.path, with_descendants=True)
    return {
        "anonymous": Viewer,
        "member": lambda: Viewer(member=member),
        "group member": lambda: Viewer(member=insider),
        "bearer of a preview token": lambda: Viewer(preview=scope),
    }


def hide(world: World, who: str) -> list[int]:
    """All that this viewer must not learn of; primary keys."""
    pages = []
    for state in STATES:
        hidden = hide_pages(world, state)
        refer_to(world, state, hidden)
        pages += hidden
    if who != "group member":
        pages += hide_pages(world, "group")
    if who not in ("member", "group member"):
        pages += hide_from_strangers(world)
    pages += hide_things(world)
    index_all()
    journal.number_committed()
    return [each.pk for each in pages]


def values(world: World, hidden: list[int]) -> dict[str, list[object]]:
    """Candidates for arguments: names of visible things, then of hidden ones."""
    kinds = ("cykl", "artykul", "ekspert", "projekt", "ksiazka", "grupa", "strona")
    # A state for each kind: what hides a page is the same rule for all kinds.
    states = (*STATES, "login", "group")
    secret = [f"{states[number]}-{kind}" for number, kind in enumerate(kinds)]
    shown = [
        world.series, world.month, world.article, world.webinar, world.expert, world.project,
        world.edition, world.event, world.publication, world.group, world.plain,
    ]  # fmt: skip
    indexes = Page.objects.child_of(world.home).filter(content_type__model__endswith="index")
    paths = [f"/{page.url_path.split('/', 2)[2]}" for page in (*shown, *indexes)]
    beneath = [f"/{slug}/" for slug in secret] + [f"/cykl/{slug}/" for slug in secret]
    old = [f"/stary-{state}" for state in STATES]
    things = [world.question, world.topic, world.place, world.partner]
    return {
        "slug": [*SLUGS, *secret, "skryty-partner"],
        "path": [*paths, "/stary", *beneath, *old],
        "id": [each.pk for each in (*shown, *things)] + hidden[::4],
        "series": ["cykl", *secret],
        "year": [2031],
        "month": list(range(1, 2 + len(states))),
        "query": ["temat", CANARY, CANARY.lower()[:6]],
        "prefix": ["web", CANARY[:5]],
        "String": [*SLUGS, *[each for each in secret if each.startswith("draft")], CANARY],
        "Int": [2031],
        "Boolean": [True, False],
        "Date": ["2020-01-01"],
        "DateTime": ["2020-01-01T00:00:00Z"],
        "ID": [],
    }


def ask_everything(
    world: World, hidden: list[int], viewer: Callable[[], Viewer]
) -> dict[str, tuple[str, Answer]]:
    """All queries with their answers, by what they are about."""
    walk = Walk(SCHEMA, values(world, hidden))
    found = {}
    for name, root in ROOTS.items():
        calls = walk.root_calls(root)
        given: dict[str, object] = {}
        for number, query in enumerate(walk.shallow(name, root, calls)):
            answer = ask(SCHEMA, query, viewer())
            found[f"{name}, arguments {number}"] = query, answer
            given |= answer.data or {}
        # The call that gives most leads furthest.
        _size, full = max((len(str(given.get(f"a{i}"))), call) for i, call in enumerate(calls))
        query = walk.deep(name, root, full)
        found[f"{name}, edges"] = query, ask(SCHEMA, query, viewer())
        walk.note(found[f"{name}, edges"][1].data)
    return found


@pytest.fixture
def world(home):
    return World(home)


@pytest.mark.slow
@pytest.mark.parametrize(
    "who", ["anonymous", "member", "group member", "bearer of a preview token"]
)
def test_answers_are_those_of_a_world_without_what_is_hidden(world, who):
    viewer = viewers(world)[who]
    journal.number_committed()
    point = transaction.savepoint()
    hidden = hide(world, who)
    while_there = ask_everything(world, hidden, viewer)
    transaction.savepoint_rollback(point)
    told = [place for _query, answer in while_there.values() for place in canaries(answer)]
    assert told == []
    unequal = [
        f"{name}{difference}"
        for name, (query, answer) in while_there.items()
        if name.split(",")[0] not in UNEQUAL
        for difference in differences(answer, ask(SCHEMA, query, viewer()))
    ]
    assert unequal == []


def differences(one: Answer, other: Answer) -> Iterator[str]:
    """Places where two answers differ."""
    waiting: list[tuple[str, object, object]] = [
        ("", one.data, other.data),
        (" errors", one.errors, other.errors),
    ]
    while waiting:
        place, a, b = waiting.pop()
        if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
            waiting += [(f"{place}.{key}", a[key], b[key]) for key in a]
        elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
            waiting += [(f"{place}.{i}", *pair) for i, pair in enumerate(zip(a, b, strict=True))]
        elif a != b:
            yield f"{place}: {a!r:.80} and {b!r:.80}"


def canaries(answer: Answer) -> Iterator[str]:
    """Places in an answer that say KANAREK."""
    yield from (message for message, _path in answer.errors if CANARY in message)
    waiting: list[tuple[str, object]] = [("", answer.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{place}.{key}", each) for key, each in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place}.{number}", each) for number, each in enumerate(value)]
        elif CANARY in str(value):
            yield place


@pytest.mark.slow
def test_walk_comes_to_every_type(world):
    viewer = viewers(world)["anonymous"]
    journal.number_committed()
    met: set[str] = set()
    for _query, answer in ask_everything(world, [], viewer).values():
        note_types(answer.data, met)
    every = {
        each.name
        for each in SCHEMA.type_map.values()
        if isinstance(each, GraphQLObjectType) and not each.name.startswith("__")
    }
    # Nobody is a viewer without an account, and the walk changes nothing.
    own = {"Viewer", "OwnQuestion"}
    asking = {"Mutation", "AskQuestionPayload", "AskQuestionError"}
    assert every - met == {"Query", *own, *asking}


def note_types(data: object, met: set[str]) -> None:
    if isinstance(data, dict):
        if "__typename" in data:
            met.add(data["__typename"])
        for value in data.values():
            note_types(value, met)
    elif isinstance(data, list):
        for value in data:
            note_types(value, met)


@pytest.mark.slow
def test_walk_would_find_what_a_guard_forgot(world):
    """A test that cannot fail would prove nothing."""
    hide(world, "anonymous")
    with patch("cms.api.guard.can_see", return_value=True):
        answers = ask_everything(world, [], Viewer)
    told = [place for _query, answer in answers.values() for place in canaries(answer)]
    assert told != []
