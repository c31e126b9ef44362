"""Saving a page that was loaded earlier, as two editors at once do, does not harm the tree."""

import pytest
from wagtail.models import Page

from cms.visibility import Viewer, can_see
from tests.factories import ArticleFactory, SeriesFactory, ThematicMonthFactory
from thematic_months.models import Article, ThematicMonth


@pytest.fixture
def month(db):
    return ThematicMonthFactory()


def test_child_added_meanwhile_is_counted(month):
    loaded_earlier = ThematicMonth.objects.get(pk=month.pk)
    ArticleFactory(parent=month)
    loaded_earlier.save()
    assert ThematicMonth.objects.get(pk=month.pk).numchild == 1


def test_child_added_meanwhile_is_hidden_with_its_month(month):
    loaded_earlier = ThematicMonth.objects.get(pk=month.pk)
    article = ArticleFactory(parent=month)
    loaded_earlier.live = False
    loaded_earlier.save()
    assert not can_see(article, viewer=Viewer())


def test_page_moved_meanwhile_stays_where_it_is(month):
    article = ArticleFactory(parent=month)
    loaded_earlier = Article.objects.get(pk=article.pk)
    other = ThematicMonthFactory()
    article.move(other, pos="last-child")
    loaded_earlier.title = "Nowy tytuł"
    loaded_earlier.save()
    saved = Article.objects.get(pk=article.pk)
    assert saved.get_parent().specific == other
    assert saved.url_path == f"{other.url_path}{article.slug}/"
    assert saved.title == "Nowy tytuł"


def test_draft_of_a_page_moved_meanwhile_is_published_where_it_is(month):
    article = ArticleFactory(parent=month)
    revision = article.save_revision()
    other = ThematicMonthFactory()
    article.move(other, pos="last-child")
    revision.publish()
    assert Article.objects.get(pk=article.pk).get_parent().specific == other


def test_tree_is_sound_after_moves_and_saves(month):
    series = SeriesFactory()
    ArticleFactory(parent=month)
    loaded_earlier = ThematicMonth.objects.get(pk=month.pk)
    month.move(series, pos="first-child")
    loaded_earlier.save()
    assert Page.find_problems() == ([], [], [], [], [])
