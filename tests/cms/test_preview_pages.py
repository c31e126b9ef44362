"""Drafts on the hub's own pages, for whoever has a link."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.checks import hub_pages
from cms.models import Audience, PreviewToken
from cms.preview import make_token
from tests import factories
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    HubImageFactory,
    MemberFactory,
    SeriesFactory,
    ThematicMonthFactory,
    WebinarFactory,
    body,
)


@pytest.fixture
def editor(home):
    return MemberFactory(is_superuser=True)


@pytest.fixture
def month(home):
    return ThematicMonthFactory(
        parent=SeriesFactory(slug="cykl"), title="Senior w sieci", slug="senior", live=False
    )


def save_draft(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    with transaction.atomic():
        page.save_revision()


def open_link(page, editor, client=None, **options):
    """The browser of somebody who was sent a link, and the address where it leads."""
    client = client or Client()
    _token, secret = make_token(page, recipient="Anna", creator=editor, days=7, **options)
    answer = client.post(reverse("open_preview"), {"kod": secret})
    assert answer.status_code == 302
    return client, answer.url


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_link_shows_the_draft_of_a_page_that_was_never_live(month, editor):
    save_draft(month, title="Drugi szkic", body=body("Nowy tekst"))
    seen = text_of(*open_link(month, editor))
    assert "Drugi szkic" in seen
    assert "Nowy tekst" in seen
    assert "To jest szkic." in seen


def test_links_of_a_previewed_month_stay_within_the_preview(month, editor):
    article = ArticleFactory(parent=month, title="Szkic artykułu", live=False)
    save_draft(article, title="Szkic po zmianie")
    client, address = open_link(month, editor, with_descendants=True)
    below = f"{address}{article.pk}/"
    assert f'href="{below}"' in text_of(client, address)
    seen = text_of(client, below)
    assert "Szkic po zmianie" in seen
    assert f'href="{address}"' in seen


def test_links_in_texts_stay_within_the_preview(month, editor):
    article = ArticleFactory(parent=month, live=False)
    link = f'<a linktype="page" id="{article.pk}">dalej</a>'
    save_draft(month, body=body(link))
    client, address = open_link(month, editor, with_descendants=True)
    assert f'<a href="{address}{article.pk}/">dalej</a>' in text_of(client, address)


def test_links_to_pages_outside_the_preview_lead_to_where_everyone_sees_them(month, editor):
    expert = ExpertFactory(title="Anna Jawna", slug="anna-jawna")
    article = ArticleFactory(parent=month, contributions=[{"expert": expert}], live=False)
    seen = text_of(*open_link(article, editor))
    assert re.search(r'href="/[a-z/-]*anna-jawna/"', seen)


def test_page_outside_the_scope_is_not_found(month, editor):
    sibling = ThematicMonthFactory(parent=month.get_parent(), live=False)
    below = ArticleFactory(parent=month, live=False)
    client, address = open_link(month, editor)
    for page in (sibling, below):
        assert client.get(f"{address}{page.pk}/").status_code == 404


def test_hidden_things_outside_the_scope_stay_hidden(month, editor):
    expert = ExpertFactory(title="KANAREK", live=False)
    article = ArticleFactory(parent=month, contributions=[{"expert": expert}], live=False)
    WebinarFactory(parent=month, live=False, join_url="https://kanarek.example/wejscie")
    client, address = open_link(month, editor, with_descendants=True)
    for page in (address, f"{address}{article.pk}/"):
        assert "kanarek" not in text_of(client, page).lower()


def test_members_only_text_is_shown_without_an_account(month, editor):
    article = ArticleFactory(parent=month, audience=Audience.MEMBERS, body=body("Dla członków"))
    assert "Dla członków" in text_of(*open_link(article, editor))


def test_member_sees_the_preview_as_an_outsider_does(month, editor):
    webinar = WebinarFactory(parent=month, live=False, join_url="https://meet.example/a")
    client = Client()
    client.force_login(MemberFactory())
    assert "meet.example" not in text_of(*open_link(webinar, editor, client))


def test_preview_stays_out_of_caches_and_search_engines(month, editor):
    client, address = open_link(month, editor)
    for each in (client.get(address), client.get(reverse("open_preview"))):
        assert "no-store" in each["Cache-Control"]
        assert each["X-Robots-Tag"] == "noindex, nofollow"
        assert each["Referrer-Policy"] == "same-origin"
        assert b'name="robots" content="noindex, nofollow"' in each.content


def test_cookie_goes_to_this_preview_alone_and_to_no_script(month, editor):
    client, address = open_link(month, editor)
    cookie = client.cookies["podglad"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (address, True, "Lax")


def test_address_of_the_preview_shows_nothing_without_its_cookie(month, editor):
    _client, address = open_link(month, editor)
    answer = Client().get(address)
    assert answer.status_code == 404
    assert "Senior w sieci" not in answer.content.decode()


def test_cookie_of_one_preview_does_not_open_another(month, editor):
    client, _address = open_link(ArticleFactory(), editor)
    _other, address = open_link(month, editor)
    assert client.get(address).status_code == 404


def test_revoked_link_shows_nothing_at_once(month, editor):
    client, address = open_link(month, editor)
    PreviewToken.objects.update(revoked_at=timezone.now())
    assert client.get(address).status_code == 404


def test_expired_link_shows_nothing_at_once(month, editor):
    client, address = open_link(month, editor)
    PreviewToken.objects.update(expires_at=timezone.now())
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("code", ["", "x", "A" * 43, "ż" * 43, "A" * 100_000, "#", "\x00"])
def test_wrong_code_is_answered_with_one_page(home, code):
    answer = Client().post(reverse("open_preview"), {"kod": code})
    assert answer.status_code == 404
    assert "Ten link nie działa" in answer.content.decode()


def test_whole_link_may_be_pasted_where_there_are_no_scripts(month, editor):
    _token, secret = make_token(month, recipient="Anna", creator=editor, days=1)
    link = f" https://hub.example/podglad/#{secret} "
    assert Client().post(reverse("open_preview"), {"kod": link}).status_code == 302


def test_previewed_month_with_ten_drafts_costs_the_sql_of_one(month, editor):
    def add(count):
        for number in range(count):
            article = ArticleFactory(parent=month, live=False, cover=HubImageFactory())
            save_draft(article, title=f"Szkic {number}")

    add(1)
    client, address = open_link(month, editor, with_descendants=True)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add(9)
    with CaptureQueriesContext(connection) as ten:
        client.get(address)
    assert len(ten) == len(one)


@pytest.mark.parametrize("model", hub_pages(), ids=lambda model: model.__name__)
def test_without_a_frontend_the_hub_previews_each_kind_of_page(model, editor, settings):
    assert settings.PREVIEW_URL == ""
    factory = getattr(factories, f"{model.__name__}Factory", None)
    page = factory(title="Podgląd") if factory else model.objects.get()
    save_draft(page, title="Podgląd szkicu")
    client = Client()
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert "Podgląd szkicu" in text_of(client, url)
    assert "Podgląd szkicu" in text_of(*open_link(page, editor))
