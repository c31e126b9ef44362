"""Old addresses lead to where a page went, and tell nothing of what is hidden."""

import pytest
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from cms.paths import path_of
from tests.cms.test_serving import restrict
from tests.factories import (
    ArticleFactory,
    QuestionFactory,
    SeriesFactory,
    ThematicMonthFactory,
)
from thematic_months.models import QuestionState

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def give(page, slug):
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            page.slug = slug
            page.save_revision().publish()
        page.refresh_from_db()

    return give


def move(page, parent):
    with transaction.atomic():
        page.move(parent, pos="last-child")


def leads_to(client, path):
    response = client.get(path)
    return response["Location"] if response.status_code == 301 else response.status_code


def test_page_with_a_new_slug_is_found_at_its_old_address(client, rename):
    page = ArticleFactory()
    old = path_of(page)
    rename(page, "nowy-adres")
    assert leads_to(client, old) == path_of(page)


def test_pages_below_a_renamed_one_are_found_at_their_old_addresses(client, rename):
    month = ThematicMonthFactory()
    page = ArticleFactory(parent=month)
    old = path_of(page)
    rename(month, "nowy-miesiac")
    page.refresh_from_db()
    assert "/nowy-miesiac/" in path_of(page)
    assert leads_to(client, old) == path_of(page)


def test_pages_of_a_moved_subtree_are_found_at_their_old_addresses(client):
    month = ThematicMonthFactory()
    page = ArticleFactory(parent=month)
    old = [path_of(month), path_of(page)]
    move(month, SeriesFactory())
    for each in (month, page):
        each.refresh_from_db()
    assert [leads_to(client, path) for path in old] == [path_of(month), path_of(page)]


def test_page_that_came_back_is_at_its_address_itself(client, rename):
    page = ArticleFactory(slug="pierwszy")
    first = path_of(page)
    rename(page, "drugi")
    second = path_of(page)
    rename(page, "pierwszy")
    assert client.get(first).status_code == 200
    assert leads_to(client, second) == first


def test_old_address_of_a_hidden_page_tells_nothing_of_the_new_one(client, member, rename):
    page = ArticleFactory(slug="jawny")
    old = path_of(page)
    rename(page, "tajny-adres")
    restriction = restrict(page, PageViewRestriction.LOGIN)
    response = client.get(old)
    assert response.status_code == 404
    assert "tajny-adres" not in response.content.decode()
    client.force_login(member)
    assert leads_to(client, old) == path_of(page)
    restriction.delete()
    with transaction.atomic():
        page.unpublish()
    assert client.get(old).status_code == 404


def test_pages_below_a_hidden_one_that_moved_are_as_hidden(client):
    month = ThematicMonthFactory()
    page = ArticleFactory(parent=month)
    old = path_of(page)
    series = SeriesFactory(slug="tajna-seria", live=False)
    move(month, series)
    response = client.get(old)
    assert response.status_code == 404
    assert "tajna-seria" not in response.content.decode()


def test_questions_of_a_renamed_month_are_found_at_their_old_addresses(client, rename):
    month = ThematicMonthFactory()
    question = QuestionFactory(month=month, state=QuestionState.PUBLISHED)
    old, old_list = question.path, f"{path_of(month)}pytania/"
    rename(month, "nowy-miesiac")
    question.month.refresh_from_db()
    assert leads_to(client, old) == question.path
    assert leads_to(client, old_list) == f"{path_of(question.month)}pytania/"


def test_old_address_of_a_question_tells_nothing_of_a_hidden_month(client, rename):
    month = ThematicMonthFactory()
    question = QuestionFactory(month=month, state=QuestionState.PUBLISHED)
    old = question.path
    rename(month, "tajny-adres")
    restrict(month, PageViewRestriction.PASSWORD)
    assert leads_to(client, old) == 404


def test_query_goes_along_to_where_a_page_went(client, rename):
    page = ArticleFactory()
    old = path_of(page)
    rename(page, "nowy-adres")
    query = "?strona=2&q=%C5%82%C3%B3d%C5%BA&q=wie%C5%9B"
    assert leads_to(client, f"{old}{query}") == f"{path_of(page)}{query}"
    assert leads_to(client, f"{old}?") == path_of(page)


@pytest.mark.parametrize(
    ("target", "query", "location"),
    [
        ("/archiwum/?q=a", "strona=2", "/archiwum/?q=a&strona=2"),
        ("/archiwum/?q=a#dalej", "strona=2&q=b&q=c", "/archiwum/?q=a&strona=2#dalej"),
        ("/archiwum/?q=", "q=b", "/archiwum/?q="),
        ("http://localhost/archiwum/", "q=b", "http://localhost/archiwum/?q=b"),
        ("https://example.org/home/", "q=b", "https://example.org/home/"),
    ],
)
def test_query_adds_to_a_target_on_the_hub_what_it_does_not_set(client, target, query, location):
    Redirect.add_redirect("/stary-adres", redirect_to=target)
    assert leads_to(client, f"/stary-adres/?{query}") == location


def test_query_that_is_a_part_of_the_old_address_stays_behind(client):
    page = ArticleFactory()
    Redirect.add_redirect("/index.php?id=7&dzial=2", redirect_to=page)
    assert leads_to(client, "/index.php?dzial=2&id=7") == path_of(page)
