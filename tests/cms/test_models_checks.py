"""A page type that forgets what the hub needs stops the start."""

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Site

from cms import checks
from cms.blocks import BodyBlock
from cms.models import HubPage


def ids(messages: list) -> list[tuple[str, str]]:
    return [(message.id, message.msg.split(" ")[0]) for message in messages]


def check(monkeypatch, *page_types: type[HubPage]) -> list[tuple[str, str]]:
    monkeypatch.setattr(checks, "get_page_models", lambda: page_types)
    return ids(checks.check_page_types(None))


def page_type(**attributes: object) -> type[HubPage]:
    meta = type("Meta", (), {"app_label": "cms"})
    return type("Leaflet", (HubPage,), {"__module__": __name__, "Meta": meta, "content_kind": "LEAFLET", **attributes})


def test_project_is_in_order():
    assert checks.check_page_types(None) == []


@isolate_apps("cms", "wagtail")
@pytest.mark.parametrize(
    "field",
    [
        lambda: StreamField(BodyBlock()),
        lambda: RichTextField(),
        lambda: models.TextField(),
        lambda: models.TextField(max_length=checks.OPEN_TEXT_LENGTH + 1),
        lambda: models.FileField(),
        lambda: models.ForeignKey("cms.HubDocument", on_delete=models.CASCADE, related_name="+"),
    ],
    ids=["stream", "rich text", "text", "long text", "file", "document"],
)
def test_page_type_that_leaves_a_body_or_file_unguarded_is_refused(monkeypatch, field):
    assert check(monkeypatch, page_type(story=field())) == [("hub.E002", "Leaflet.story")]


@isolate_apps("cms", "wagtail")
def test_guarded_body_and_short_text_are_accepted(monkeypatch):
    leaflet = page_type(body=StreamField(BodyBlock()), note=models.TextField(max_length=1000))
    assert check(monkeypatch, leaflet) == []


@isolate_apps("cms", "wagtail")
def test_page_type_without_a_kind_is_refused(monkeypatch):
    assert check(monkeypatch, page_type(content_kind="")) == [("hub.E001", "Leaflet")]


@isolate_apps("cms", "wagtail")
def test_two_page_types_of_one_kind_are_refused(monkeypatch):
    assert check(monkeypatch, page_type(), page_type()) == [("hub.E001", "Leaflet")]


def test_one_site_is_in_order(db):
    assert checks.check_one_site(None, databases=["default"]) == []


def test_second_site_is_refused(db, home):
    Site.objects.create(hostname="second.example.org", root_page=home)
    assert ids(checks.check_one_site(None, databases=["default"])) == [("hub.E003", "The")]


def test_sites_are_counted_only_when_the_database_may_be_asked(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert checks.check_one_site(None) == []


def test_database_without_tables_is_no_reason_to_refuse_migrating(db, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert checks.check_one_site(None, databases=["default"]) == []
