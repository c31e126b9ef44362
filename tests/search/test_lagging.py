"""A thing that was hidden a moment ago, before the archive has followed: no hit, count, facet,
suggestion or correction knows a word that it alone has."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms import journal
from cms.models import Audience
from cms.visibility import Viewer, anonymous_viewer
from members.models import Member
from search import unsettled
from search.models import ArchiveEntry, SearchServerChange
from search.scope import Facet
from search.server import push
from tests.factories import QuestionFactory
from tests.search.conftest import Archive, MakeArticle, index
from tests.settling import settle
from thematic_months.models import Article, QuestionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Viewer:
    return Viewer(member=Member.objects.create_user(email="ania@example.org", password="x"))


@pytest.fixture
def group_member() -> Viewer:
    user = Member.objects.create_user(email="ewa@example.org", password="x")
    user.groups.add(Group.objects.create(name="Zarząd"))
    return Viewer(member=user)


def knows(archive: Archive, viewer: Viewer, word: str = "hipopotam") -> list[str]:
    """By which ways this viewer's archive tells of a word."""
    found = archive.search(word, viewer=viewer, facets=tuple(Facet))
    typed = archive.search(word[:5], viewer=viewer, while_typing=True, without_bodies=True)
    browsed = archive.search(viewer=viewer, facets=(Facet.KINDS,))
    ways = {
        "hits": found.hits,
        "total": found.total,
        "facets": any(found.facets.values()),
        "suggestions": typed.total or typed.hits,
        "correction": archive.search(word[:-2] + word[-1], viewer=viewer).did_you_mean,
        "browsing": browsed.total or browsed.facets[Facet.KINDS],
    }
    return [name for name, value in ways.items() if value]


EVERY_WAY = ["hits", "total", "facets", "suggestions", "correction", "browsing"]


def unpublish(article: Article) -> None:
    article.unpublish()


def delete(article: Article) -> None:
    article.delete()


def guard(article: Article) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.PASSWORD)


def unpublish_above(article: Article) -> None:
    article.get_parent().specific.unpublish()


@pytest.mark.parametrize("hide", [unpublish, delete, guard, unpublish_above])
def test_hidden_page_is_known_to_nobody_at_once(
    archive: Archive,
    make_article: MakeArticle,
    member: Viewer,
    group_member: Viewer,
    hide: Callable[[Article], None],
) -> None:
    article = make_article("Zaklinanie hipopotama")
    push()
    viewers = [anonymous_viewer(), member, group_member]
    assert [knows(archive, viewer) for viewer in viewers] == [EVERY_WAY] * 3
    hide(article)
    viewers = [Viewer(), Viewer(member=member.member), Viewer(member=group_member.member)]
    assert [knows(archive, viewer) for viewer in viewers] == [[]] * 3
    assert ArchiveEntry.objects.count() == 1, "the archive has not followed"


def test_hidden_page_is_known_to_nobody_while_the_server_lags_behind_the_database(
    archive: Archive, make_article: MakeArticle
) -> None:
    article = make_article("Zaklinanie hipopotama")
    push()
    article.unpublish()
    index(article)
    assert knows(archive, anonymous_viewer()) == []
    if archive.server is not None:
        assert SearchServerChange.objects.count() == 1


def test_body_is_known_to_members_alone_once_the_page_is_for_them(
    archive: Archive, make_article: MakeArticle, member: Viewer
) -> None:
    article = make_article("Zaklinanie", "strzeżony hipopotam")
    push()
    article.audience = Audience.MEMBERS
    article.save_revision().publish()
    assert knows(archive, anonymous_viewer()) == []
    archive.index(article)
    assert archive.search("hipopotam").total == 0
    assert archive.search("hipopotam", viewer=member).total == 1


def test_page_of_a_group_is_known_to_its_members_alone(
    archive: Archive, make_article: MakeArticle, member: Viewer, group_member: Viewer
) -> None:
    article = make_article("Zaklinanie hipopotama")
    restriction = PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(group_member.group_ids)
    archive.index(article)
    viewers = [Viewer(), Viewer(member=member.member), Viewer(member=group_member.member)]
    assert [knows(archive, viewer) for viewer in viewers] == [[], [], EVERY_WAY]


def test_name_of_an_expert_who_was_hidden_finds_nothing(
    archive: Archive, make_article: MakeArticle, make_expert
) -> None:
    expert = make_expert("Bożydar Hipopotam", slug="bozydar")
    article = make_article("Ogród")
    article.contributions.create(expert=expert)
    article.save()
    archive.index(article)
    assert archive.search("hipopotam").total == 1
    expert.unpublish()
    assert knows(archive, anonymous_viewer()) == []


def test_question_is_hidden_with_its_month(archive: Archive, make_month) -> None:
    month = make_month("Miesiąc")
    question = QuestionFactory(
        month=month, state=QuestionState.PUBLISHED, text="Czy hipopotam czyta?"
    )
    index(month, question)
    push()
    assert archive.search("hipopotam").total == 1
    month.unpublish()
    assert knows(archive, anonymous_viewer()) == []


def test_other_things_are_found_meanwhile(archive: Archive, make_article: MakeArticle) -> None:
    hidden = make_article("Zaklinanie hipopotama")
    make_article("Zaklinanie hipopotamów w bibliotece")
    push()
    hidden.unpublish()
    assert archive.search("hipopotam").total == 1
    assert archive.search("hipopotm").did_you_mean == "hipopotam"


def test_archive_far_behind_knows_what_is_settled_and_no_more(
    settings, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(None)
    hidden = [make_article(f"Zaklinanie hipopotama {number}") for number in range(3)]
    make_article("Ogród")
    monkeypatch.setattr(unsettled, "MOST", 2)
    for article in hidden:
        article.unpublish()
    assert unsettled.unsettled().is_too_much
    assert archive.titles() == ["Ogród"]
    assert archive.search("hipopotam").total == 0
    assert archive.search("hipopotm").did_you_mean is None


def test_what_was_followed_is_settled(make_article: MakeArticle) -> None:
    make_article("Ogród").unpublish()
    assert len(unsettled.unsettled().entry_ids) == 1
    journal.number_committed()
    assert len(unsettled.unsettled().entry_ids) == 1
    settle()
    assert unsettled.unsettled() == unsettled.SETTLED
