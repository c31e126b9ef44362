"""Over random trees: all forms of the rule agree, and nothing that hides can show."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from cms.tree import TreeState
from cms.visibility import PreviewScope, Viewer, can_read, can_see, placement, visible
from tests.cms.trees import NOW, PAGES, STATES, VISITORS, Forest, Plan, barriers, plans

over_trees = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
page_numbers = st.integers(0, PAGES - 1)
visitor_names = st.sampled_from(sorted(VISITORS))


@pytest.fixture
def forest(db) -> Forest:
    return Forest()


def viewer(forest: Forest, name: str, **options) -> Viewer:
    return Viewer(member=forest.members[name], **{"now": NOW, **options})


def seen(things: list, viewer: Viewer) -> list[bool]:
    """By the queryset form, checked against the form in memory."""
    model = type(things[0]) if len({type(thing) for thing in things}) == 1 else Page
    found = set(visible(model.objects.all(), viewer=viewer).values_list("pk", flat=True))
    answers = [thing.pk in found for thing in things]
    assert answers == [can_see(thing, viewer=viewer) for thing in things]
    return answers


@given(plan=plans())
@over_trees
def test_both_forms_and_a_walk_up_the_tree_agree_on_every_thing(forest: Forest, plan: Plan):
    with forest.planted(plan):
        for name, visitor in VISITORS.items():
            asking = viewer(forest, name)
            expected = [plan.shows(number, visitor) for number in range(PAGES)]
            assert seen(forest.pages, asking) == expected
            assert seen(forest.questions, asking) == expected[3:6]
            assert seen(forest.pages[6:], asking) == expected[6:]
            files = [plan.opens(number, visitor) for number in range(len(forest.collections))]
            assert seen(forest.images, asking) == files
            assert seen(forest.documents, asking) == files


@given(plan=plans())
@over_trees
def test_plain_pages_are_judged_as_their_specific_ones(forest: Forest, plan: Plan):
    with forest.planted(plan):
        plain = list(Page.objects.filter(pk__in=[page.pk for page in forest.pages]).order_by("pk"))
        for name in VISITORS:
            asking = viewer(forest, name)
            assert seen(plain, asking) == seen(forest.pages, asking)


@given(plan=plans())
@over_trees
def test_whoever_has_more_rights_sees_all_that_others_see(forest: Forest, plan: Plan):
    order = ["anonymous", "member", "in the first group", "in both groups", "superuser"]
    with forest.planted(plan):
        previous: set[int] = set()
        for name in order:
            found = visible(Page.objects.all(), viewer=viewer(forest, name))
            now = set(found.values_list("pk", flat=True))
            assert previous <= now
            previous = now


@given(plan=plans(), number=page_numbers, barrier=barriers, name=visitor_names)
@over_trees
def test_another_restriction_shows_nothing_that_was_hidden(forest, plan, number, barrier, name):
    restricted = plan.with_page(number, barriers=(*plan.pages[number].barriers, barrier))
    assert_nothing_appears(forest, plan, restricted, name)


@given(
    plan=plans(),
    number=page_numbers,
    state=st.sampled_from(sorted(name for name, columns in STATES.items() if not columns["live"])),
    name=visitor_names,
)
@over_trees
def test_unpublishing_shows_nothing_that_was_hidden(forest, plan, number, state, name):
    assert_nothing_appears(forest, plan, plan.with_page(number, state=state), name)


def assert_nothing_appears(forest: Forest, before: Plan, after: Plan, name: str) -> None:
    answers = []
    for plan in (before, after):
        with forest.planted(plan):
            answers.append(seen(forest.pages, viewer(forest, name)))
    assert not any(shown and not was for was, shown in zip(*answers, strict=True))


@given(plan=plans(), name=visitor_names)
@over_trees
def test_placement_says_who_sees_the_page(forest: Forest, plan: Plan, name: str):
    with forest.planted(plan):
        asking = viewer(forest, name)
        tree = TreeState(NOW)
        for page in forest.pages:
            placed = placement(page, tree=tree)
            meets_all = asking.unmet_restrictions.isdisjoint(placed.restrictions)
            assert (placed.shown and meets_all) == can_see(page, viewer=asking)


@given(plan=plans())
@over_trees
def test_placement_says_until_when_the_page_is_seen(forest: Forest, plan: Plan):
    instant = datetime.timedelta(microseconds=1)
    with forest.planted(plan):
        tree = TreeState(NOW)
        placed = [(page, placement(page, tree=tree)) for page in forest.pages]
        for page, place in placed:
            if place.shown and place.until:
                assert TreeState(place.until - instant).shows(page)
                assert not TreeState(place.until).shows(page)


@given(plan=plans(), number=page_numbers, below=st.booleans(), name=visitor_names)
@over_trees
def test_a_preview_adds_its_scope_and_nothing_else(forest, plan, number, below, name):
    with forest.planted(plan):
        root = forest.pages[number]
        scope = PreviewScope(root.path, with_descendants=below)
        usual = seen(forest.pages, viewer(forest, name))
        inside = [
            page == root or (below and page.path.startswith(root.path)) for page in forest.pages
        ]
        previewed = seen(forest.pages, viewer(forest, name, preview=scope))
        assert previewed == [a or b for a, b in zip(usual, inside, strict=True)]
        questions = seen(forest.questions, viewer(forest, name, preview=scope))
        assert questions == previewed[3:6]


@given(plan=plans(), number=page_numbers, below=st.booleans())
@over_trees
def test_a_members_body_opens_to_members_and_in_its_own_preview(forest, plan, number, below):
    with forest.planted(plan):
        root = forest.pages[number]
        scope = PreviewScope(root.path, with_descendants=below)
        for page in forest.pages:
            is_public = page.audience == "PUBLIC"
            assert can_read(page, viewer=viewer(forest, "member"))
            assert can_read(page, viewer=viewer(forest, "anonymous")) == is_public
            inside = page == root or (below and page.path.startswith(root.path))
            previewing = viewer(forest, "anonymous", preview=scope)
            assert can_read(page, viewer=previewing) == (is_public or inside)


@given(plan=plans(), name=visitor_names)
@over_trees
def test_judging_in_memory_asks_the_database_once(
    forest, django_assert_max_num_queries, plan, name
):
    with forest.planted(plan):
        asking = viewer(forest, name)
        with django_assert_max_num_queries(8):
            for thing in [*forest.pages, *forest.images, *forest.documents]:
                can_see(thing, viewer=asking)
        with django_assert_max_num_queries(0):
            for thing in [*forest.pages, *forest.images, *forest.documents]:
                can_see(thing, viewer=asking)
