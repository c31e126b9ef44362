"""Each change that readers notice writes exactly its rows; nothing else writes any."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from tests.cms.journal_reading import row, written
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    CollectionFactory,
    HubDocumentFactory,
    HubImageFactory,
    PartnerFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    TopicFactory,
    in_hours,
)
from thematic_months.models import QuestionState


@pytest.fixture
def month(db):
    return ThematicMonthFactory()


@pytest.fixture
def article(month):
    return ArticleFactory(parent=month)


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_first_publication(month):
    draft = ArticleFactory(parent=month, live=False)
    with written() as found:
        publish(draft)
    assert found == [row(draft, "PUBLISHED")]


def test_page_made_live_at_once(month):
    with written() as found:
        article = ArticleFactory(parent=month)
    assert found == [row(article, "PUBLISHED")]


def test_new_draft_writes_none(month):
    with written() as found:
        ArticleFactory(parent=month, live=False)
    assert found == []


def test_another_publication(article):
    with written() as found:
        publish(article, title="Nowy tytuł")
    assert found == [row(article, "CHANGED")]


def test_draft_of_a_live_page_writes_none(article):
    with written() as found:
        article.title = "Szkic"
        article.save_revision()
    assert found == []


def test_scheduling_a_draft_writes_none(month):
    draft = ArticleFactory(parent=month, live=False)
    with written() as found:
        publish(draft, go_live_at=in_hours(1))
    assert found == []


def test_scheduling_a_change_of_a_live_page_writes_none(article):
    publish(article)
    article.refresh_from_db()
    with written() as found:
        publish(article, title="Jutrzejszy tytuł", go_live_at=in_hours(1))
    assert found == []


def test_locking_writes_none(article, member):
    with written() as found:
        article.locked, article.locked_by = True, member
        article.save(update_fields=["locked", "locked_by"])
    assert found == []


def test_unpublishing_withdraws_all_below(month, article):
    ArticleFactory(parent=month, live=False)
    with written() as found:
        month.unpublish()
    assert found == [row(month, "WITHDRAWN"), row(article, "WITHDRAWN")]


def test_publishing_again_brings_back_all_below(month, article):
    month.unpublish()
    with written() as found:
        publish(month)
    assert found == [row(month, "PUBLISHED"), row(article, "PUBLISHED")]


def test_unpublishing_what_is_withdrawn_already_writes_none(month, article):
    month.unpublish()
    with written() as found:
        article.unpublish()
    assert found == []


def test_moving_marks_the_subtree(month, article):
    series = SeriesFactory()
    with written() as found:
        month.move(series, pos="last-child")
    assert found == [row(month, "MOVED"), row(article, "MOVED")]


def test_changed_slug_marks_the_subtree(month, article):
    with written() as found:
        publish(month, slug="inny-adres")
    assert found == [row(month, "MOVED"), row(article, "MOVED")]


def test_reordering_within_a_parent_marks_the_page_alone(month, article):
    second = ArticleFactory(parent=month)
    with written() as found:
        second.move(month, pos="first-child")
    assert found == [row(second, "CHANGED")]


def test_deleting_marks_the_subtree(month, article):
    ArticleFactory(parent=month, live=False)
    expected = {row(month, "DELETED"), row(article, "DELETED")}
    with written() as found:
        month.delete()
    assert len(found) == 2
    assert set(found) == expected


def test_deleting_a_draft_writes_none(month):
    draft = ArticleFactory(parent=month, live=False)
    with written() as found:
        draft.delete()
    assert found == []


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_new_restriction_marks_the_subtree(month, article, kind):
    with written() as found:
        PageViewRestriction.objects.create(page=month, restriction_type=kind)
    assert found == [row(month, "CHANGED"), row(article, "CHANGED")]


def test_changed_type_of_a_restriction_marks_the_subtree(month, article):
    restriction = PageViewRestriction.objects.create(page=month, restriction_type="login")
    with written() as found:
        restriction.restriction_type = "password"
        restriction.save()
    assert found == [row(month, "CHANGED"), row(article, "CHANGED")]


def test_changed_groups_of_a_restriction_mark_the_subtree(month, article, association):
    restriction = PageViewRestriction.objects.create(page=month, restriction_type="groups")
    with written() as found:
        restriction.groups.set([association])
    assert found == [row(month, "CHANGED"), row(article, "CHANGED")]


def test_deleted_group_of_a_restriction_marks_the_subtree(month, article):
    group = Group.objects.create(name="Zespół")
    restriction = PageViewRestriction.objects.create(page=month, restriction_type="groups")
    restriction.groups.add(group)
    with written() as found:
        group.delete()
    assert found == [row(month, "CHANGED"), row(article, "CHANGED")]


def test_removed_restriction_marks_the_subtree(month, article):
    restriction = PageViewRestriction.objects.create(page=month, restriction_type="login")
    with written() as found:
        restriction.delete()
    assert found == [row(month, "CHANGED"), row(article, "CHANGED")]


def test_restriction_that_goes_with_its_page_writes_nothing_of_its_own(month):
    PageViewRestriction.objects.create(page=month, restriction_type="login")
    expected = [row(month, "DELETED")]
    with written() as found:
        month.delete()
    assert found == expected


def test_restriction_of_a_collection_marks_the_files_in_it_and_below(db):
    collection = CollectionFactory()
    image = HubImageFactory(collection=CollectionFactory(parent=collection))
    document = HubDocumentFactory(collection=collection)
    HubDocumentFactory()
    with written() as found:
        restriction = CollectionViewRestriction.objects.create(
            collection=collection, restriction_type="login"
        )
    assert found == [row(document, "CHANGED"), row(image, "CHANGED")]
    with written() as found:
        restriction.delete()
    assert found == [row(document, "CHANGED"), row(image, "CHANGED")]


@pytest.mark.parametrize(
    "factory", [TopicFactory, HubImageFactory, HubDocumentFactory, PartnerFactory]
)
def test_thing_that_is_made_changed_and_deleted(db, factory):
    with written() as found:
        thing = factory()
    assert found == [row(thing, "PUBLISHED")]
    with written() as found:
        thing.save()
    assert found == [row(thing, "CHANGED")]
    expected = [row(thing, "DELETED")]
    with written() as found:
        thing.delete()
    assert found == expected


@pytest.mark.parametrize("factory", [HubImageFactory, HubDocumentFactory])
def test_looking_at_a_file_for_the_first_time_writes_none(db, factory):
    thing = factory(**({} if factory is HubImageFactory else {"file__data": b"tekst"}))
    type(thing).objects.filter(pk=thing.pk).update(file_size=None, file_hash="")
    thing.refresh_from_db()
    with written() as found:
        assert thing.get_file_size() > 0
        assert thing.get_file_hash()
    assert found == []


def test_draft_of_a_live_snippet_writes_none(db):
    partner = PartnerFactory()
    with written() as found:
        partner.name = "Szkic"
        partner.save_revision()
    assert found == []


def test_snippet_that_is_published_and_withdrawn(db):
    partner = PartnerFactory(live=False)
    with written() as found:
        partner.save_revision().publish()
    assert found == [row(partner, "PUBLISHED")]
    partner.refresh_from_db()
    with written() as found:
        partner.unpublish()
    assert found == [row(partner, "WITHDRAWN")]


def test_draft_snippet_that_is_made_and_deleted_writes_none(db):
    with written() as found:
        PartnerFactory(live=False).delete()
    assert found == []


def test_question_writes_only_what_readers_see(db):
    question = QuestionFactory()
    changes = []
    for state in ("ACCEPTED", "ANSWERED", "PUBLISHED", "PUBLISHED", "DECLINED"):
        question.state = state
        with written() as found:
            question.save()
        changes.append([change for _kind, _id, change in found])
    assert changes == [[], [], ["PUBLISHED"], ["CHANGED"], ["WITHDRAWN"]]


def test_answer_is_a_change_of_its_published_question(db):
    question = QuestionFactory(state=QuestionState.PUBLISHED)
    with written() as found:
        question.answers.add(AnswerFactory.build(question=question, expert=AnswerFactory().expert))
        question.save()
    assert row(question, "CHANGED") in found


def test_a_page_below_an_unpublished_one_writes_none(db):
    hidden = StandardPageFactory(live=False)
    with written() as found:
        page = StandardPageFactory(parent=hidden)
        publish(page, title="Nikt tego nie widzi")
        publish(page, slug="nowy-slug")
        page.unpublish()
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        Page.objects.get(pk=page.pk).delete()
    assert found == []
