"""Single cases of the rule; tests/cms/test_visibility_properties.py has the random ones."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from cms import visibility
from cms.models import Lease
from cms.visibility import Viewer, can_see, placements, viewer_of, visible
from home.models import Partner
from tests.factories import (
    ArticleFactory,
    CollectionFactory,
    HubDocumentFactory,
    MemberFactory,
    MenuFactory,
    PartnerFactory,
    PlaceFactory,
    QuestionFactory,
    ThematicMonthFactory,
    TopicFactory,
    in_hours,
)
from thematic_months.models import Question, QuestionState


def restrict(page: Page, kind: str, *groups: Group) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    restriction.groups.set(groups)
    return restriction


def test_the_root_of_all_pages_is_seen_by_nobody(db):
    root = Page.get_first_root_node()
    superuser = Viewer(member=MemberFactory(is_superuser=True))
    assert not can_see(root, viewer=superuser)
    assert not visible(Page.objects.filter(depth=1), viewer=superuser).exists()


def test_nothing_is_not_seen(anonymous):
    assert not can_see(None, viewer=anonymous)


def test_model_without_a_rule_is_refused(anonymous):
    with pytest.raises(LookupError, match="Lease has no visibility rule"):
        visible(Lease.objects.all(), viewer=anonymous)
    with pytest.raises(LookupError, match="Site has no visibility rule"):
        can_see(Site(), viewer=anonymous)


@pytest.mark.parametrize("factory", [TopicFactory, PlaceFactory, MenuFactory])
def test_vocabulary_and_menus_are_open_to_everyone(db, anonymous, factory):
    thing = factory()
    assert can_see(thing, viewer=anonymous)
    assert list(visible(type(thing).objects.filter(pk=thing.pk), viewer=anonymous)) == [thing]


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({"live": True}, True),
        ({"live": False}, False),
        ({"live": True, "expire_at": in_hours(-1)}, False),
        ({"live": True, "expire_at": in_hours(1)}, True),
        ({"live": False, "go_live_at": in_hours(-1)}, False),
    ],
)
def test_snippet_with_drafts_is_seen_while_published_and_not_expired(db, anonymous, columns, shown):
    partner = PartnerFactory(**columns)
    assert can_see(partner, viewer=anonymous) == shown
    assert visible(Partner.objects.all(), viewer=anonymous).exists() == shown


@pytest.mark.parametrize("state", QuestionState.values)
def test_question_is_seen_only_when_published(db, anonymous, state):
    question = QuestionFactory(state=state)
    expected = state == QuestionState.PUBLISHED
    assert can_see(question, viewer=anonymous) == expected
    assert visible(Question.objects.all(), viewer=anonymous).exists() == expected


def test_published_question_of_a_draft_month_is_hidden(db, anonymous):
    month = ThematicMonthFactory(live=False)
    question = QuestionFactory(month=month, state=QuestionState.PUBLISHED)
    assert not can_see(question, viewer=anonymous)


def test_member_who_was_deactivated_is_anonymous(db):
    viewer = Viewer(member=MemberFactory(is_active=False))
    assert not viewer.is_member


def test_shared_password_denies_even_a_superuser(db):
    article = ArticleFactory()
    restrict(article, PageViewRestriction.PASSWORD)
    assert not can_see(article, viewer=Viewer(member=MemberFactory(is_superuser=True)))


def test_restriction_whose_group_was_deleted_denies_its_former_members(db):
    group = Group.objects.create(name="Zespół")
    member = MemberFactory(groups=[group])
    article = ArticleFactory()
    restrict(article, PageViewRestriction.GROUPS, group)
    assert can_see(article, viewer=Viewer(member=member))
    group.delete()
    assert not can_see(article, viewer=Viewer(member=member))


def test_restriction_of_one_page_does_not_reach_its_neighbour(db, anonymous):
    month = ThematicMonthFactory()
    closed, neighbour = ArticleFactory(parent=month), ArticleFactory(parent=month)
    restrict(closed, PageViewRestriction.LOGIN)
    assert [can_see(page, viewer=anonymous) for page in (month, closed, neighbour)] == [
        True,
        False,
        True,
    ]


def test_file_two_collections_below_a_private_one_is_hidden(db, anonymous, member):
    private = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    document = HubDocumentFactory(
        collection=CollectionFactory(parent=CollectionFactory(parent=private))
    )
    assert not can_see(document, viewer=anonymous)
    assert can_see(document, viewer=Viewer(member=member))


def test_collection_for_members_made_by_the_migrations_is_closed_to_others(db, anonymous, member):
    collection = CollectionViewRestriction.objects.get().collection
    document = HubDocumentFactory(collection=collection)
    assert not can_see(document, viewer=anonymous)
    assert can_see(document, viewer=Viewer(member=member))


def test_viewer_is_the_same_for_the_life_of_a_request(rf, member):
    request = rf.get("/")
    request.user = member
    assert viewer_of(request).member == member
    assert viewer_of(request) is viewer_of(request)


def test_request_without_a_user_is_anonymous(rf):
    request = rf.get("/")
    assert not viewer_of(request).is_member
    request = rf.get("/")
    request.user = AnonymousUser()
    assert not viewer_of(request).is_member


def test_many_placements_cost_as_much_as_one(db, django_assert_num_queries):
    month = ThematicMonthFactory()
    pages = [ArticleFactory(parent=month) for _number in range(10)]
    with django_assert_num_queries(3):
        placements(pages[:1])
    with django_assert_num_queries(3):
        placements(pages)


def test_placement_ends_with_the_first_page_above_that_expires(db):
    soon, later = in_hours(1), in_hours(2)
    month = ThematicMonthFactory(expire_at=soon)
    article = ArticleFactory(parent=month, expire_at=later)
    assert visibility.placement(article).until == soon


def test_page_disappears_at_the_very_moment_of_its_expiry(db):
    moment = timezone.now()
    article = ArticleFactory(expire_at=moment)
    before = Viewer(now=moment - datetime.timedelta(microseconds=1))
    assert can_see(article, viewer=before)
    assert not can_see(article, viewer=Viewer(now=moment))
