"""A page type that forgets what the hub needs stops the start."""

import pytest
from django.db import connection
from wagtail.models import Site

from cms import checks
from cms.models import HubPage
from home.models import StandardPage
from projects.models import Publication
from thematic_months.models import Article, ArticleIndex, Webinar


def found(messages: list) -> list[tuple[str, str]]:
    return [(message.id, message.msg.split(" ")[0]) for message in messages]


def test_project_is_in_order():
    assert checks.check_page_types(None) == []


@pytest.mark.parametrize(
    ("model", "guarded", "forgotten"),
    [
        (Article, (), ["Article.body"]),
        (StandardPage, (), ["StandardPage.body"]),
        (Publication, ("body",), ["Publication.file"]),
        (Webinar, ("body", "recording_url", "materials"), ["Webinar.transcript"]),
        (Webinar, (), ["Webinar.transcript", "Webinar.body"]),
    ],
)
def test_page_type_that_leaves_a_body_or_file_unguarded_is_refused(
    monkeypatch, model, guarded, forgotten
):
    monkeypatch.setattr(model, "guarded", guarded)
    assert found(checks.check_page_types(None)) == [("hub.E002", name) for name in forgotten]


def test_page_type_without_a_body_guards_nothing(monkeypatch):
    assert ArticleIndex.guarded == ()
    assert list(checks.forgotten(ArticleIndex)) == []


def test_short_texts_are_open():
    lead = HubPage._meta.get_field("lead")
    assert lead.max_length <= checks.OPEN_TEXT_LENGTH


def test_page_type_without_a_kind_is_refused(monkeypatch):
    monkeypatch.setattr(Article, "content_kind", "")
    assert found(checks.check_page_types(None)) == [("hub.E001", "Article")]


def test_two_page_types_of_one_kind_are_refused(monkeypatch):
    monkeypatch.setattr(Webinar, "content_kind", "ARTICLE")
    messages = checks.check_page_types(None)
    assert [message.id for message in messages] == ["hub.E001"]


def test_one_site_is_in_order(db):
    assert checks.check_one_site(None, databases=["default"]) == []


def test_second_site_is_refused(db, home):
    Site.objects.create(hostname="second.example.org", root_page=home)
    assert found(checks.check_one_site(None, databases=["default"])) == [("hub.E003", "The")]


def test_sites_are_counted_only_when_the_database_may_be_asked(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert checks.check_one_site(None) == []


def test_database_without_tables_is_no_reason_to_refuse_migrating(db, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert checks.check_one_site(None, databases=["default"]) == []
