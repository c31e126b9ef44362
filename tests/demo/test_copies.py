"""`load_demo --scale N`: the archive N times."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.models import Change, Contribution, JournalEntry
from thematic_months.models import Article, Series, ThematicMonth, Webinar

pytestmark = pytest.mark.slow


def test_each_copy_brings_as_much_as_the_demo(scaled):
    added = {model.__name__: model.objects.count() - count for model, count in scaled.items()}
    assert added == {"ThematicMonth": 48, "Article": 240, "Webinar": 60}
    assert Series.objects.filter(slug__startswith="archiwum-pomiarowe-").count() == 2


def test_the_tree_is_sound_and_takes_more_pages(scaled):
    assert Page.find_problems() == ([], [], [], [], [])
    home = Page.objects.get(depth=2)
    assert home.numchild == home.get_children().count()
    page = Series.objects.get(slug="archiwum-pomiarowe-0002")
    assert page.get_parent() == home
    assert page.get_children().count() == 24
    added = home.add_child(instance=Series(title="Nowy cykl", slug="nowy-cykl"))
    assert added.pk == Page.objects.order_by("-pk").first().pk
    added.delete()


def test_copies_are_written_into_the_journal(scaled):
    series = Series.objects.get(slug="archiwum-pomiarowe-0001")
    pages = series.get_descendants(inclusive=True)
    rows = JournalEntry.objects.filter(object_id__in=pages.values("pk"), change=Change.PUBLISHED)
    assert rows.count() == pages.count() == 175


def test_copied_pages_are_valid_and_complete(scaled):
    series = Series.objects.get(slug="archiwum-pomiarowe-0001")
    for model in (ThematicMonth, Article, Webinar):
        for page in model.objects.descendant_of(series)[:5]:
            page.full_clean()
            assert page.lead
            assert page.cover
            assert page.topics.count() == 1
            assert [block.block_type for block in page.body] == ["text", "heading", "text"]
    article = Article.objects.descendant_of(series).first()
    assert Contribution.objects.get(page=article).expert.live


def test_a_second_run_adds_nothing(scaled, demo):
    before = Page.objects.count(), JournalEntry.objects.count()
    call_command("load_demo", scale=3, **demo)
    assert (Page.objects.count(), JournalEntry.objects.count()) == before
