"""Random trees of pages and collections for property tests, and a third opinion on who sees what.

A `Forest` keeps a few pages, collections and files in the database and gives them the shape and
the states of a drawn `Plan`, by bulk updates: planting takes milliseconds, and no signal helps.
The third opinion, `Plan.shows`, walks from parent to parent and knows nothing of paths or SQL.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import Audience, HubDocument, HubImage
from members.models import Member
from tests.factories import (
    ArticleFactory,
    CollectionFactory,
    MemberFactory,
    QuestionFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    home_page,
)
from thematic_months.models import QuestionState

PAGES, COLLECTIONS, GROUPS = 9, 4, 2
NOW = timezone.now()
PAST, FUTURE = NOW - datetime.timedelta(days=1), NOW + datetime.timedelta(days=1)
STATES = {
    "live": {"live": True},
    "draft": {"live": False},
    "expired by the clock": {"live": True, "expire_at": PAST},
    "expires this very moment": {"live": True, "expire_at": NOW},
    "expires later": {"live": True, "expire_at": FUTURE},
    "scheduled": {"live": False, "go_live_at": FUTURE},
    "due but not yet published": {"live": False, "go_live_at": PAST},
    "live with a change that is due": {"live": True, "go_live_at": PAST},
    "unpublished when it expired": {"live": False, "expired": True, "expire_at": PAST},
}
SHOWN_STATES = {"live", "expires later", "live with a change that is due"}


@dataclass(frozen=True)
class Barrier:
    """A view restriction: its type, and the numbers of its groups."""

    type: str
    groups: frozenset[int] = frozenset()

    def admits(self, visitor: "Visitor") -> bool:
        if self.type == "login":
            return visitor.is_member
        if self.type == "groups":
            return visitor.is_superuser or bool(self.groups & visitor.groups)
        return self.type == "none"


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks, as the third opinion knows them."""

    is_member: bool = False
    is_superuser: bool = False
    groups: frozenset[int] = frozenset()


VISITORS = {
    "anonymous": Visitor(),
    "member": Visitor(is_member=True),
    "in the first group": Visitor(is_member=True, groups=frozenset({0})),
    "in the second group": Visitor(is_member=True, groups=frozenset({1})),
    "in both groups": Visitor(is_member=True, groups=frozenset({0, 1})),
    "superuser": Visitor(is_member=True, is_superuser=True),
}


@dataclass(frozen=True)
class Node:
    parent: int | None
    barriers: tuple[Barrier, ...] = ()
    state: str = "live"
    audience: str = Audience.PUBLIC


@dataclass(frozen=True)
class Plan:
    pages: tuple[Node, ...]
    collections: tuple[Node, ...]

    def line(self, nodes: tuple[Node, ...], number: int | None) -> Iterator[Node]:
        """The node and all above it."""
        while number is not None:
            yield nodes[number]
            number = nodes[number].parent

    def shows(self, number: int, visitor: Visitor) -> bool:
        return all(
            node.state in SHOWN_STATES and all(each.admits(visitor) for each in node.barriers)
            for node in self.line(self.pages, number)
        )

    def opens(self, number: int, visitor: Visitor) -> bool:
        line = self.line(self.collections, number)
        return all(each.admits(visitor) for node in line for each in node.barriers)

    def with_page(self, number: int, **changes: object) -> "Plan":
        pages = list(self.pages)
        pages[number] = replace(pages[number], **changes)
        return replace(self, pages=tuple(pages))


group_sets = st.frozensets(st.integers(0, GROUPS - 1))
barriers = st.one_of(
    st.sampled_from([Barrier("none"), Barrier("login"), Barrier("password")]),
    st.builds(Barrier, st.just("groups"), group_sets),
)
# Mostly nothing and mostly live, so that deep pages are seen by somebody.
some_barriers = st.one_of(
    st.just(()), st.just(()), st.lists(barriers, min_size=1, max_size=2).map(tuple)
)
states = st.one_of(st.just("live"), st.just("live"), st.sampled_from(sorted(STATES)))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    def parent(number: int) -> int | None:
        return draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None

    pages = tuple(
        Node(
            parent(number),
            draw(some_barriers),
            draw(states),
            draw(st.sampled_from(Audience.values)),
        )
        for number in range(PAGES)
    )
    collections = tuple(Node(parent(number), draw(some_barriers)) for number in range(COLLECTIONS))
    return Plan(pages, collections)


@dataclass
class Forest:
    """The rows that plans are planted on. Pages 3 to 5 are months, with a question each."""

    home: Page = field(default_factory=home_page)

    def __post_init__(self) -> None:
        factories = [StandardPageFactory, ThematicMonthFactory, ArticleFactory]
        self.pages = [
            factories[number // 3](parent=self.home, published_on=NOW.date())
            for number in range(PAGES)
        ]
        self.questions = [
            QuestionFactory(month=month, member=None, state=QuestionState.PUBLISHED)
            for month in self.pages[3:6]
        ]
        self.collections = [CollectionFactory() for _number in range(COLLECTIONS)]
        self.images = HubImage.objects.bulk_create(
            HubImage(title="Zdjęcie", file="x.png", width=1, height=1, collection=each)
            for each in self.collections
        )
        self.documents = HubDocument.objects.bulk_create(
            HubDocument(title="Plik", file="x.pdf", collection=each) for each in self.collections
        )
        self.groups = [Group.objects.create(name=f"Grupa {number}") for number in range(GROUPS)]
        self.members: dict[str, Member | None] = {
            name: MemberFactory(
                is_superuser=visitor.is_superuser,
                groups=[self.groups[number] for number in visitor.groups],
            )
            if visitor.is_member
            else None
            for name, visitor in VISITORS.items()
        }

    @contextmanager
    def planted(self, plan: Plan) -> Iterator[None]:
        with transaction.atomic():
            self.shape_pages(plan.pages)
            shape(self.collections, plan.collections, Collection.get_first_root_node())
            Collection.objects.bulk_update(self.collections, ["path", "depth", "numchild"])
            self.restrict(PageViewRestriction, "page", self.pages, plan.pages)
            self.restrict(
                CollectionViewRestriction, "collection", self.collections, plan.collections
            )
            yield
            transaction.set_rollback(True)

    def shape_pages(self, nodes: tuple[Node, ...]) -> None:
        shape(self.pages, nodes, self.home)
        for page, node in zip(self.pages, nodes, strict=True):
            plain = {"live": False, "expired": False, "expire_at": None, "go_live_at": None}
            for name, value in (plain | STATES[node.state]).items():
                setattr(page, name, value)
            page.audience = node.audience
        columns = ["path", "depth", "numchild", "live", "expired", "expire_at", "go_live_at"]
        Page.objects.bulk_update(self.pages, columns)

    def restrict(self, model: type, name: str, things: list, nodes: tuple[Node, ...]) -> None:
        made = [
            (model(**{name: thing}, restriction_type=barrier.type), barrier)
            for thing, node in zip(things, nodes, strict=True)
            for barrier in node.barriers
        ]
        model.objects.bulk_create(row for row, _barrier in made)
        for row, barrier in made:
            if barrier.groups:
                row.groups.set([self.groups[number] for number in barrier.groups])


def shape(things: list, nodes: tuple[Node, ...], root: Page | Collection) -> None:
    """Set treebeard's columns so that the things stand as the nodes say, below the root."""
    counts: dict[int | None, int] = {None: root.numchild}
    for thing, node in zip(things, nodes, strict=True):
        above = root if node.parent is None else things[node.parent]
        counts[node.parent] = counts.get(node.parent, 0) + 1
        thing.path = above.path + thing._int2str(100 + counts[node.parent]).rjust(
            thing.steplen, "0"
        )
        thing.depth = above.depth + 1
    for number, thing in enumerate(things):
        thing.numchild = counts.get(number, 0)
