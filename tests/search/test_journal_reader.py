"""The archive follows what readers may see, without anybody telling it."""

from collections.abc import Callable

import pytest
from wagtail.models import PageViewRestriction

from cms import journal
from cms.models import Change, JournalEntry, Place, Topic
from home.models import HomePage
from search.journal_reader import follow
from search.models import ArchiveEntry, VocabularyWord
from tests.search.conftest import MakeArticle, index
from thematic_months.models import Article, Expert, Question, QuestionState, ThematicMonth

pytestmark = pytest.mark.django_db
MakeMonth = Callable[..., ThematicMonth]


def tell(*things: object, change: str = Change.CHANGED) -> None:
    follow(
        [JournalEntry(kind=each.content_kind, object_id=each.pk, change=change) for each in things]
    )


def topics_text(page: Article) -> str:
    return ArchiveEntry.objects.get(kind=page.content_kind, object_id=page.pk).topics_text


def test_readers_are_registered() -> None:
    assert [name for name in journal.READERS if name.startswith("archive")] == [
        "archive",
        "archive-server",
    ]


def test_published_page_comes_into_the_archive_by_the_journal(
    home: HomePage, make_article: MakeArticle
) -> None:
    article = make_article("Nowość")
    ArchiveEntry.objects.all().delete()
    article.save_revision().publish()
    journal.deliver()
    assert ArchiveEntry.objects.get().title == "Nowość"


def test_deleted_page_leaves_the_archive(make_article: MakeArticle) -> None:
    article = make_article("Dawne dzieje")
    gone = JournalEntry(kind="ARTICLE", object_id=article.pk, change=Change.DELETED)
    article.delete()
    follow([gone])
    assert not ArchiveEntry.objects.exists()
    assert not VocabularyWord.objects.exists()


def test_same_entries_again_change_nothing(make_article: MakeArticle) -> None:
    article = make_article("Dawne dzieje")
    before = list(VocabularyWord.objects.order_by("pk").values())
    tell(article)
    tell(article)
    assert list(VocabularyWord.objects.order_by("pk").values()) == before


def test_changed_title_takes_the_old_words_out_of_the_vocabulary(make_article: MakeArticle) -> None:
    article = make_article("Hipopotam")
    article.title = "Krokodyl"
    article.save()
    tell(article)
    assert not VocabularyWord.objects.filter(folded="hipopotam").exists()
    assert VocabularyWord.objects.get(form="krokodyl").documents == 1


def test_renamed_month_is_named_anew_beside_its_articles(
    make_month: MakeMonth, make_article: MakeArticle
) -> None:
    month = make_month("Dawny temat")
    article = make_article("Artykuł", parent=month)
    month.title = "Nowy temat"
    month.save()
    tell(month)
    assert "Nowy temat" in topics_text(article)


def test_renamed_topic_is_named_anew_on_its_pages(make_article: MakeArticle) -> None:
    article = make_article("Artykuł")
    topic = Topic.objects.create(title="Dawny", slug="temat")
    article.topics.add(topic)
    article.save()
    index(article)
    topic.title = "Nowy"
    topic.save()
    tell(topic)
    assert "Nowy" in topics_text(article)


def test_deleted_topic_is_no_longer_named(make_article: MakeArticle) -> None:
    article = make_article("Artykuł")
    topic = Topic.objects.create(title="Dawny", slug="temat")
    article.topics.add(topic)
    article.save()
    index(article)
    gone = JournalEntry(kind="TOPIC", object_id=topic.pk, change=Change.DELETED)
    topic.delete()
    follow([gone])
    assert "Dawny" not in topics_text(article)


def test_place_that_moved_is_named_anew_on_its_experts(make_expert: Callable[..., Expert]) -> None:
    place = Place.objects.create(name="Biblioteka", slug="b", town="Dawne", voivodeship="OPOLSKIE")
    expert = make_expert("Ekspertka", place=place)
    index(expert)
    place.town = "Nowe"
    place.save()
    tell(place)
    assert "Nowe" in topics_text(expert)


def test_expert_is_named_once_their_page_is_published(
    make_article: MakeArticle, make_expert: Callable[..., Expert]
) -> None:
    expert = make_expert("Bożydar Zającowski", live=False)
    article = make_article("Artykuł")
    article.contributions.create(expert=expert)
    article.save()
    index(article)
    assert "Bożydar" not in topics_text(article)
    Expert.objects.filter(pk=expert.pk).update(live=True)
    tell(expert, change=Change.PUBLISHED)
    assert "Bożydar" in topics_text(article)


def test_withdrawn_month_takes_its_questions_along(make_month: MakeMonth) -> None:
    month = make_month("Miesiąc")
    question = Question.objects.create(month=month, text="Jak?", state=QuestionState.PUBLISHED)
    index(question, month)
    month.unpublish()
    tell(month, change=Change.WITHDRAWN)
    assert not ArchiveEntry.objects.exists()


def test_restriction_above_a_page_is_noted_on_its_entry(
    make_month: MakeMonth, make_article: MakeArticle
) -> None:
    month = make_month("Miesiąc")
    article = make_article("Artykuł", parent=month)
    restriction = PageViewRestriction.objects.create(
        page=month, restriction_type=PageViewRestriction.LOGIN
    )
    tell(month)
    entry = ArchiveEntry.objects.get(kind="ARTICLE", object_id=article.pk)
    assert entry.access.restrictions == [restriction.pk]


def test_index_page_is_not_in_the_archive(home: HomePage, make_article: MakeArticle) -> None:
    article = make_article("Artykuł")
    tell(home, article.get_parent().specific)
    assert list(ArchiveEntry.objects.values_list("kind", flat=True)) == ["ARTICLE"]
