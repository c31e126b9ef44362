"""What changed: for those who could see it, withdrawals included, and nothing of what they could
not.
"""

import base64
import itertools

import pytest
from django.contrib.auth.models import Group
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms import journal
from cms.api.change_cursors import seal, unseal
from cms.api.operations import operations
from tests.contract.operations import send
from tests.factories import (
    ArticleFactory,
    CollectionFactory,
    HubImageFactory,
    MemberFactory,
    QuestionFactory,
    SeriesFactory,
    TopicFactory,
)


@pytest.fixture
def series(home):
    return SeriesFactory(title="Cykl", slug="cykl")


@pytest.fixture
def since(run_operation):
    """Lists what changed since the fixture was made, as (kind, id, change, is gone)."""
    journal.number_committed()
    start = run_operation("Changes")["changes"]["latestCursor"]

    def listed(**options):
        journal.number_committed()
        nodes = run_operation("Changes", after=start, first=100, **options)["changes"]["nodes"]
        return [(each["kind"], int(each["id"]), each["change"], each["isGone"]) for each in nodes]

    return listed


def restrict(page, kind="login", groups=()):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.add(*groups)
    return restriction


def test_published_page_comes_with_its_path(run_operation, series, since):
    article = ArticleFactory(parent=series, title="Nowy", slug="nowy")
    journal.number_committed()
    node = run_operation("Changes", first=100)["changes"]["nodes"][-1]
    assert node["page"] == {"path": "/cykl/nowy/", "title": "Nowy"}
    assert since() == [("ARTICLE", article.pk, "PUBLISHED", False)]


def test_unpublished_page_is_gone(series, since):
    article = ArticleFactory(parent=series)
    article.unpublish()
    assert since()[-1] == ("ARTICLE", article.pk, "WITHDRAWN", True)


def test_deleted_page_is_gone(series, since):
    article = ArticleFactory(parent=series)
    pk = article.pk
    article.delete()
    assert since()[-1] == ("ARTICLE", pk, "DELETED", True)


def test_draft_is_no_change(series, since):
    ArticleFactory(parent=series, live=False)
    assert since() == []


def test_unanswered_question_is_no_change(series, since):
    article = ArticleFactory(parent=series)
    seen = len(since())
    QuestionFactory()
    assert [each for each in since()[seen:] if each[0] == "QUESTION"] == []
    assert article.live


def test_page_behind_a_restriction_is_told_to_those_who_meet_it(series, member, since):
    group = Group.objects.create(name="Zarząd")
    insider = MemberFactory()
    insider.groups.add(group)
    restrict(series, "groups", [group])
    before = len(since()), len(since(member=member)), len(since(member=insider))
    article = ArticleFactory(parent=series)
    new = ("ARTICLE", article.pk, "PUBLISHED", False)
    after = since(), since(member=member), since(member=insider)
    assert [changes[seen:] for changes, seen in zip(after, before, strict=True)] == [[], [], [new]]


def test_deletion_behind_a_restriction_is_told_to_those_who_met_it(series, member, since):
    group = Group.objects.create(name="Zarząd")
    insider = MemberFactory()
    insider.groups.add(group)
    article = ArticleFactory(parent=series)
    restrict(article, "groups", [group])
    pk = article.pk
    before = len(since()), len(since(member=member)), len(since(member=insider))
    article.delete()
    gone = ("ARTICLE", pk, "DELETED", True)
    after = since(), since(member=member), since(member=insider)
    assert [changes[seen:] for changes, seen in zip(after, before, strict=True)] == [[], [], [gone]]


def test_new_restriction_makes_a_page_gone_for_those_whom_it_shuts_out(series, member, since):
    article = ArticleFactory(parent=series)
    restrict(article)
    assert since()[-1] == ("ARTICLE", article.pk, "CHANGED", True)
    assert since(member=member)[-1] == ("ARTICLE", article.pk, "CHANGED", False)


def test_narrowed_restriction_is_told_to_nobody_whom_it_shut_out_before(series, member, since):
    article = ArticleFactory(parent=series)
    restriction = restrict(article)
    before = len(since()), len(since(member=member))
    restriction.restriction_type = "groups"
    restriction.save()
    assert since()[before[0] :] == []
    assert since(member=member)[before[1] :] == [("ARTICLE", article.pk, "CHANGED", True)]


def test_other_groups_of_a_restriction_are_told_to_the_old_and_the_new(series, member, since):
    old, new = Group.objects.create(name="Stara"), Group.objects.create(name="Nowa")
    leaving, coming = MemberFactory(), MemberFactory()
    leaving.groups.add(old)
    coming.groups.add(new)
    article = ArticleFactory(parent=series)
    restriction = restrict(article, "groups", [old])
    before = [len(since(member=each)) for each in (member, leaving, coming)]
    restriction.groups.set([new])
    changes = [since(member=each) for each in (member, leaving, coming)]
    last = [each[seen:][-1:] for each, seen in zip(changes, before, strict=True)]
    changed = ("ARTICLE", article.pk, "CHANGED")
    assert last == [[], [(*changed, True)], [(*changed, False)]]


def test_picture_in_a_private_collection_is_told_to_nobody_outside(member, since):
    collection = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    image = HubImageFactory(collection=CollectionFactory(parent=collection))
    pk = image.pk
    image.delete()
    assert since() == []
    assert since(member=member)[-1] == ("IMAGE", pk, "DELETED", True)


def test_picture_that_went_into_a_private_collection_is_gone(since):
    collection = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    image = HubImageFactory()
    image.collection = collection
    image.save()
    assert since()[-1] == ("IMAGE", image.pk, "CHANGED", True)


def test_cursor_moves_on_over_what_the_viewer_cannot_see(run_operation, series):
    restrict(series)
    ArticleFactory(parent=series)
    TopicFactory()
    journal.number_committed()
    page = run_operation("Changes", first=100)["changes"]
    assert page["pageInfo"] == {"hasNextPage": False, "endCursor": page["latestCursor"]}


def test_pages_of_changes_join_without_a_gap(run_operation, series):
    for _ in range(3):
        TopicFactory()
    journal.number_committed()
    whole = run_operation("Changes", first=100)["changes"]["nodes"]
    found, after = [], None
    while True:
        page = run_operation("Changes", first=1, after=after)["changes"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == whole
    assert len(whole) > 3


# Cursors


REFUSAL = (
    "`after` is not a cursor of this list, or the hub's keys changed since: pass an `endCursor` as "
    "it was, or fetch everything anew and begin with `latestCursor`."
)


# What a cursor was before it was sealed.
EARLIER = base64.urlsafe_b64encode(b"changes:5").decode()


def refused(client, cursor):
    answer = send(client, operations()["Changes"].text, variables={"after": cursor}).json()
    return [(each["message"], each["extensions"]["code"]) for each in answer["errors"]] == [
        (REFUSAL, "BAD_USER_INPUT")
    ]


@pytest.mark.parametrize("number", [0, 1, 12_345, 2**63 - 1])
def test_cursor_is_resumed_where_it_was_given(number):
    assert unseal(seal(number)) == number
    assert seal(number) == seal(number)


def test_cursors_tell_neither_their_number_nor_how_far_they_are_apart():
    sealed = [base64.urlsafe_b64decode(seal(number)) for number in range(200)]
    for number, each in enumerate(sealed[:20]):
        assert number.to_bytes(4, "big") not in each
    # What stands in place of the number neither grows nor differs by a constant from its neighbour.
    numbers = [int.from_bytes(each[16:], "big") for each in sealed]
    assert numbers != sorted(numbers)
    assert len({b ^ a for a, b in itertools.pairwise(numbers)}) == 199


def test_cursor_is_the_same_in_every_process_with_the_key(settings):
    settings.SECRET_KEY = "only-for-this-test"
    assert seal(7) == "u6YTOrEQHPvb0z7OR3RZHXVOEJbqfe8M"


def test_cursor_with_a_changed_character_is_refused(client, home):
    cursor = seal(5)
    for place in range(len(cursor)):
        other = "A" if cursor[place] != "A" else "B"
        with pytest.raises(ValueError, match="No key opens the cursor"):
            unseal(cursor[:place] + other + cursor[place + 1 :])
    assert refused(client, cursor[:-1] + ("A" if cursor[-1] != "A" else "B"))


@pytest.mark.parametrize(
    "cursor",
    ["", "x", EARLIER, "A" * 32, "ż" * 32, "=" * 32, "A" * 2_000],
    ids=["empty", "short", "earlier form", "made up", "Polish", "padding", "long"],
)
def test_what_is_no_cursor_is_refused(client, home, cursor):
    assert refused(client, cursor)


def test_cursor_outlives_its_key_as_long_as_the_key_is_a_fallback(client, home, settings):
    cursor = seal(3)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-only-for-tests"
    assert refused(client, cursor)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(cursor) == 3
    assert seal(3) != cursor
