"""Nobody finds, is corrected to, or is shown what they may not see."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import Audience
from cms.visibility import Viewer, anonymous_viewer
from members.models import Member
from search.archive import ArchiveResults, search
from search.archive_request import ArchiveRequest
from search.models import ArchiveEntry
from tests.search.conftest import MakeArticle, index

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Viewer:
    return Viewer(member=Member.objects.create_user(email="ania@example.org", password="x"))


def find(text: str, viewer: Viewer) -> ArchiveResults:
    return search(ArchiveRequest(text=text), viewer=viewer)


def test_guarded_word_finds_a_members_page_for_members_alone(
    make_article: MakeArticle, member: Viewer
) -> None:
    make_article("Dla członków", "tajemniczy hipopotam", audience=Audience.MEMBERS)
    assert find("hipopotam", anonymous_viewer()).total == 0
    assert find("hipopotam", member).total == 1


def test_title_of_a_members_page_finds_it_once_for_everyone(
    make_article: MakeArticle, member: Viewer
) -> None:
    make_article("Zaklinanie hipopotama", "tekst", audience=Audience.MEMBERS)
    assert find("zaklinanie", anonymous_viewer()).total == 1
    assert find("zaklinanie", member).total == 1


def test_passage_of_a_members_page_shows_nothing_guarded(make_article: MakeArticle) -> None:
    make_article("Zaklinanie", "strzeżony tekst", lead="Otwarty wstęp", audience=Audience.MEMBERS)
    (hit,) = find("zaklinanie", anonymous_viewer()).hits
    assert hit.passage == "Otwarty wstęp"


def test_guarded_word_is_suggested_to_members_alone(
    make_article: MakeArticle, member: Viewer
) -> None:
    make_article("Dla członków", "tajemniczy hipopotam", audience=Audience.MEMBERS)
    assert find("hipopotm", anonymous_viewer()).did_you_mean is None
    assert find("hipopotm", member).did_you_mean == "hipopotam"


def test_page_behind_a_restriction_is_found_by_who_meets_it(
    make_article: MakeArticle, member: Viewer
) -> None:
    article = make_article("Zaklinanie hipopotama")
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    index(article)
    assert find("hipopotam", anonymous_viewer()).total == 0
    assert find("hipopotm", anonymous_viewer()).did_you_mean is None
    assert find("hipopotam", member).total == 1


def test_page_behind_a_shared_password_is_found_by_nobody(
    make_article: MakeArticle, member: Viewer
) -> None:
    article = make_article("Zaklinanie hipopotama")
    PageViewRestriction.objects.create(
        page=article, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    index(article)
    assert find("hipopotam", member).total == 0


def test_page_is_gone_at_the_moment_when_it_expires(make_article: MakeArticle) -> None:
    end = timezone.now() + datetime.timedelta(days=1)
    make_article("Zaklinanie hipopotama", expire_at=end)
    assert find("hipopotam", Viewer(now=end - datetime.timedelta(seconds=1))).total == 1
    assert find("hipopotam", Viewer(now=end)).total == 0
    assert find("hipopotm", Viewer(now=end)).did_you_mean is None


@pytest.mark.parametrize("is_followed", [False, True])
def test_nothing_is_corrected_from_words_that_another_analyser_counted(
    make_article: MakeArticle, *, is_followed: bool
) -> None:
    make_article("Kronika")
    page = make_article("Hipopotam")
    ArchiveEntry.objects.update(analyser="old")
    page.unpublish()
    if is_followed:
        index(page)
    assert find("hipopotm", anonymous_viewer()).did_you_mean is None


def test_unpublished_page_leaves_the_archive_with_its_words(make_article: MakeArticle) -> None:
    article = make_article("Zaklinanie hipopotama")
    article.unpublish()
    index(article)
    assert not ArchiveEntry.objects.exists()
    assert find("hipopotm", anonymous_viewer()).did_you_mean is None


def test_hidden_page_is_dropped_although_the_index_still_has_it(
    make_article: MakeArticle, caplog: pytest.LogCaptureFixture
) -> None:
    article = make_article("Zaklinanie hipopotama")
    type(article).objects.filter(pk=article.pk).update(live=False)
    assert find("hipopotam", anonymous_viewer()).hits == ()
    assert "would have shown the hidden entry" in caplog.text


def test_text_is_not_shown_once_the_page_is_for_members_although_the_index_lags(
    make_article: MakeArticle, member: Viewer
) -> None:
    article = make_article("Zaklinanie", "strzeżony hipopotam")
    type(article).objects.filter(pk=article.pk).update(audience=Audience.MEMBERS)
    assert find("hipopotam", anonymous_viewer()).hits == ()
    assert len(find("hipopotam", member).hits) == 1


def test_expert_who_is_hidden_is_not_named(make_article: MakeArticle, make_expert) -> None:
    expert = make_expert("Bożydar Zającowski", live=False)
    article = make_article("Zaklinanie hipopotama")
    article.contributions.create(expert=expert)
    article.save()
    index(article)
    assert find("Zającowski", anonymous_viewer()).total == 0
