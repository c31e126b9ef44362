"""Whom a row is for: those who meet its restrictions. Nobody learns of what they never saw."""

import pytest
from wagtail.models import PageViewRestriction

from cms.models import JournalEntry
from cms.tree import MEMBERS
from tests.cms.journal_reading import row, written
from tests.cms.test_journal_rows import publish
from tests.factories import ArticleFactory, QuestionFactory, SeriesFactory, ThematicMonthFactory
from thematic_months.models import QuestionState


@pytest.fixture
def month(db):
    return ThematicMonthFactory()


@pytest.fixture
def article(month):
    return ArticleFactory(parent=month)


def restrict(page, kind="login") -> int:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind).pk


def told() -> list[tuple[int, str, list[int]]]:
    """The last rows' things, changes and restrictions."""
    entries = JournalEntry.objects.order_by("pk")
    return list(entries.values_list("object_id", "change", "restrictions"))


def test_row_carries_the_restrictions_above_the_page(month, article):
    outer, inner = restrict(month.get_parent()), restrict(month, "groups")
    publish(article, title="Dla zespołu")
    assert told()[-1] == (article.pk, "CHANGED", [outer, inner])


def test_deletion_is_told_to_those_alone_who_saw_the_page(article):
    restrict(article)
    with written() as found:
        article.delete()
    assert len(found) == 1
    assert told()[-1][1:] == ("DELETED", [MEMBERS])


def test_new_restriction_is_told_to_those_whom_it_shuts_out(month, article):
    outer = restrict(month.get_parent())
    restrict(month, "groups")
    assert told()[-2:] == [(month.pk, "CHANGED", [outer]), (article.pk, "CHANGED", [outer])]


def test_restriction_of_a_draft_is_told_to_nobody(db):
    draft = ThematicMonthFactory(live=False)
    with written() as found:
        restrict(draft)
    assert found == []


def test_move_behind_a_restriction_is_told_on_both_sides(month, article):
    series = SeriesFactory()
    restriction = restrict(series)
    month.move(series, pos="last-child")
    assert told()[-4:] == [
        (month.pk, "MOVED", [restriction]),
        (article.pk, "MOVED", [restriction]),
        (month.pk, "MOVED", []),
        (article.pk, "MOVED", []),
    ]


def test_restriction_that_moves_along_still_counts_at_the_place_left(month, article):
    own = restrict(article)
    series = SeriesFactory()
    there = restrict(series, "groups")
    month.move(series, pos="last-child")
    assert told()[-4:] == [
        (month.pk, "MOVED", [there]),
        (article.pk, "MOVED", sorted([own, there])),
        (month.pk, "MOVED", []),
        (article.pk, "MOVED", [own]),
    ]


def test_move_below_an_unpublished_page_is_told_where_the_pages_stood(month, article):
    restriction = restrict(month.get_parent())
    with written() as found:
        month.move(SeriesFactory(live=False), pos="last-child")
    assert found == [row(month, "MOVED"), row(article, "MOVED")]
    assert told()[-1] == (article.pk, "MOVED", [restriction])


def test_move_out_from_below_an_unpublished_page_is_told_where_they_stand(month, article):
    month.move(SeriesFactory(live=False), pos="last-child")
    month.refresh_from_db()
    with written() as found:
        month.move(SeriesFactory(), pos="last-child")
    moved = [each for each in found if each[2] == "MOVED"]
    assert moved == [row(month, "MOVED"), row(article, "MOVED")]


def test_move_of_a_draft_is_told_to_nobody(month, article):
    month.unpublish()
    series = SeriesFactory()
    restrict(series)
    with written() as found:
        month.move(series, pos="last-child")
    assert found == []


def test_move_beside_its_own_parent_knows_the_shifted_parent(month, article):
    series = month.get_parent()
    restriction = restrict(series)
    target = SeriesFactory()
    target.move(series, pos="left")
    month.refresh_from_db()
    target.refresh_from_db()
    month.move(target, pos="last-child")
    assert told()[-2:] == [(month.pk, "MOVED", [restriction]), (article.pk, "MOVED", [restriction])]


def test_question_is_told_to_those_who_see_its_month(month):
    restriction = restrict(month)
    question = QuestionFactory(month=month, state=QuestionState.PUBLISHED)
    assert told()[-1] == (question.pk, "PUBLISHED", [restriction])
    pk = question.pk
    month.delete()
    assert (pk, "DELETED", [MEMBERS]) in told()


def test_published_question_of_a_draft_month_is_told_to_nobody(db):
    with written() as found:
        month = ThematicMonthFactory(live=False, parent=SeriesFactory(live=False))
        QuestionFactory(month=month, state=QuestionState.PUBLISHED).delete()
    assert found == []
