"""Nobody finds what is hidden from them, by whatever edge of the schema: not in a field, a count,
an order, an error or an address.

Everything that the schema can be asked is asked twice: while hidden things are there, and after
they are gone. The answers must be equal, and say KANAREK nowhere.
"""

import re
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
from tests.contract.asking import Answer, ask
from tests.contract.hidden_things import (
    STATES,
    hide_from_strangers,
    hide_pages,
    hide_things,
    refer_to,
)
from tests.contract.walk import Walk
from tests.contract.worlds import CANARY, World, index_all
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    MemberFactory,
    QuestionFactory,
    ThematicMonthFactory,
)

SCHEMA = schema.graphql_schema
# Single things first: from them it costs least to go on.
ROOTS = dict(
    sorted(SCHEMA.query_type.fields.items(), key=lambda item: "Connection" in str(item[1].type))
)
# The journal goes on, whatever is done: its cursors differ, and its rows are tested on their own
# (tests/contract/test_changes.py). KANAREK must not be there either.
UNEQUAL = {"changes"}
# They hold the score of a hit, in which counts how rare a word is in all (docs/adr/0005).
SCORED = {"archive": ("ArchiveHitEdge_cursor", "PageInfo_endCursor")}
# So does their order, where it is by relevance.
RANKED = ("archive", "archiveSuggestions")
# Above the home page is nothing.
LEADING_NOWHERE = {("HomePage", "parent"), ("HomePage", "breadcrumbs")}
# Nobody is a viewer without an account.
NO_VIEWER = {("Viewer", "expert"), ("Viewer", "questions"), ("OwnQuestion", "month")}
# The walk changes nothing.
OF_MUTATIONS = {"Mutation", "AskQuestionPayload", "AskQuestionError"}
UNSEEN = {"anonymous": NO_VIEWER, "bearer of a preview token": NO_VIEWER}
# What candidates for arguments may be told: the arguments do not fit together, the series is
# hidden or not there.
REFUSALS = re.compile(
    r"Give one of `id`(, `path`)?(, `slug`)?\.|There is no such series\.", re.ASCII
)
SLUGS = ["cykl", "ekspertka", "projekt", "ksiazka", "grupa", "temat", "miejsce", "partner"]


def viewers(world: World) -> dict[str, Callable[[], Viewer]]:
    group = Group.objects.get_or_create(name="group")[0]
    member, insider = MemberFactory(), MemberFactory(groups=[group])
    for each in (member, insider):
        ExpertFactory(member=each)
        QuestionFactory(member=each, month=world.month)
    index_all()
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
        world.edition, world.event, world.publication, world.group, world.plain, world.illustrated,
    ]  # fmt: skip
    indexes = Page.objects.child_of(world.home).filter(content_type__model__endswith="index")
    paths = ["/"] + [f"/{page.url_path.split('/', 2)[2]}" for page in (*shown, *indexes)]
    beneath = [f"/{slug}/" for slug in secret] + [f"/cykl/{slug}/" for slug in secret]
    old = [f"/stary-{state}" for state in STATES]
    things = [world.question, world.topic, world.place, world.partner]
    return {
        "slug": [*SLUGS, *secret, "skryty-partner"],
        "path": [*paths, "/stary", *beneath, *old],
        "id": [each.pk for each in (*shown, *things)] + hidden[::4],
        "series": ["cykl", *secret],
        "topics": ["temat", CANARY],
        "expert": ["ekspertka", "draft-ekspert", "password-ekspert"],
        "project": ["projekt", "draft-projekt", "password-projekt"],
        "place": ["miejsce", CANARY],
        "partner": ["partner", "skryty-partner"],
        "year": [2031],
        "month": list(range(1, 2 + len(states))),
        "query": ["temat", CANARY, CANARY.lower()[:6]],
        "prefix": ["szko", CANARY[:5]],
        "String": [*SLUGS, *[each for each in secret if each.startswith("draft")], CANARY],
        "Int": [2031],
        "Boolean": [True, False],
        "Date": ["2020-01-01"],
        "DateTime": ["2020-01-01T00:00:00Z"],
        "ID": [],
    }


Found = dict[str, tuple[str, Answer]]


def ask_everything(
    world: World, hidden: list[int], viewer: Callable[[], Viewer]
) -> tuple[Found, Walk]:
    """All queries with their answers, by what they are about; and where they led."""
    walk = Walk(SCHEMA, values(world, hidden))
    found: Found = {}
    for name in ROOTS:
        found |= ask_root(name, walk, viewer)
    for number, (way, query) in enumerate(walk.rest()):
        answer = ask(SCHEMA, query, viewer())
        found[f"{way.root}, more edges {number}"] = query, answer
        walk.note(way.root, way.call, (answer.data or {}).get(way.root))
    for number, (way, query) in enumerate(walk.counting()):
        found[f"{way.root}, counts {number}"] = query, ask(SCHEMA, query, viewer())
    return found, walk


def ask_root(name: str, walk: Walk, viewer: Callable[[], Viewer]) -> Found:
    """What is asked of one root field: each call, and what the fullest one leads to."""
    found: Found = {}

    def answer_to(about: str, query: str) -> dict[str, object]:
        found[f"{name}, {about}"] = query, ask(SCHEMA, query, viewer())
        return found[f"{name}, {about}"][1].data or {}

    root = ROOTS[name]
    calls = walk.root_calls(root)
    given: dict[str, object] = {}
    for number, query in enumerate(walk.shallow(name, root, calls)):
        given |= answer_to(f"arguments {number}", query)
    # An error may have taken with it what was asked together.
    for number, call in enumerate(calls):
        if f"a{number}" not in given:
            [query] = walk.shallow(name, root, [call])
            given[f"a{number}"] = answer_to(call, query).get("a0")
    _size, full = max((len(str(given[f"a{i}"])), call) for i, call in enumerate(calls))
    deep = answer_to("edges", walk.deep(name, root, full))
    walk.note(name, full, deep.get(name))
    for number, call in enumerate(calls):
        walk.note(name, call, given[f"a{number}"])
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
    while_there, walk = ask_everything(world, hidden, viewer)
    transaction.savepoint_rollback(point)
    told = [place for _query, answer in while_there.values() for place in canaries(answer)]
    assert told == []
    assert strange(while_there) == []
    edges = {edge for edge in walk.edges() if edge[0] not in OF_MUTATIONS}
    assert edges - walk.crossed == LEADING_NOWHERE | UNSEEN.get(who, set())
    assert object_types() - walk.ways.keys() == {name for name, _field in UNSEEN.get(who, ())}
    unequal = [
        f"{name}{difference}"
        for name, (query, answer) in while_there.items()
        if name.split(",")[0] not in UNEQUAL
        for difference in differences(
            answer, ask(SCHEMA, query, viewer()), is_ranked=name.split(",")[0] in RANKED
        )
        if not difference.split(":")[0].endswith(SCORED.get(name.split(",")[0], ()))
    ]
    assert unequal == []


def differences(one: Answer, other: Answer, *, is_ranked: bool) -> Iterator[str]:
    """Places where two answers differ; of what is ranked, in whatever order."""
    waiting: list[tuple[str, object, object]] = [
        ("", one.data, other.data),
        (" errors", one.errors, other.errors),
    ]
    while waiting:
        place, a, b = waiting.pop()
        if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
            waiting += [(f"{place}.{key}", a[key], b[key]) for key in a]
        elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
            if is_ranked:
                a, b = sorted(a, key=without_cursor), sorted(b, key=without_cursor)
            waiting += [(f"{place}.{i}", *pair) for i, pair in enumerate(zip(a, b, strict=True))]
        elif a != b:
            yield f"{place}: {a!r:.80} and {b!r:.80}"


def without_cursor(item: object) -> str:
    """All that an item says, but for where it stands."""
    return re.sub(r"'\w+_cursor': '[^']*'", "", str(item))


def canaries(answer: Answer) -> Iterator[str]:
    """Places in an answer that say KANAREK."""
    yield from (message for message, _code, _path in answer.errors if CANARY in message)
    waiting: list[tuple[str, object]] = [("", answer.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(f"{place}.{key}", each) for key, each in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place}.{number}", each) for number, each in enumerate(value)]
        elif CANARY in str(value):
            yield place


def strange(found: Found) -> list[tuple[str, object]]:
    """Errors that do not come from the candidates for a root field's arguments."""
    return [
        (about, error)
        for about, (_query, answer) in found.items()
        for error in answer.errors
        if error[1] != "BAD_USER_INPUT" or len(error[2]) != 1 or not REFUSALS.fullmatch(error[0])
    ]


def object_types() -> set[str]:
    """All that an answer may hold."""
    return {
        each.name
        for each in SCHEMA.type_map.values()
        if isinstance(each, GraphQLObjectType)
        and each is not SCHEMA.query_type
        and each.name not in OF_MUTATIONS
        and not each.name.startswith("__")
    }


@pytest.mark.slow
def test_walk_would_find_an_error_of_ours(world):
    with patch("cms.api.interfaces.path_of", side_effect=RuntimeError("ours")):
        found = ask_root("article", Walk(SCHEMA, values(world, [])), Viewer)
    assert {error[:2] for _about, error in strange(found)} == {("ours", None)}


@pytest.mark.slow
def test_walk_would_find_what_a_guard_forgot(world):
    """A test that cannot fail would prove nothing."""
    hide(world, "anonymous")
    with patch("cms.api.guard.can_see", return_value=True):
        found = ask_root("article", Walk(SCHEMA, values(world, [])), Viewer)
    told = [place for _query, answer in found.values() for place in canaries(answer)]
    assert told != []
