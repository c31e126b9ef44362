"""The editor's preview button, with a frontend, and what the start looks at."""

import datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from cms.checks import check_preview
from cms.models import PreviewToken
from cms.preview import OWN_TOKENS
from tests.contract.operations import send
from tests.factories import (
    ArticleFactory,
    MemberFactory,
    SeriesFactory,
    ThematicMonthFactory,
)
from thematic_months.models import Article

FRONTEND = "https://frontend.example/podglad#path={path}&token={token}"


@pytest.fixture
def editor(home):
    return MemberFactory(is_superuser=True)


@pytest.fixture
def month(home):
    return ThematicMonthFactory(
        parent=SeriesFactory(slug="cykl"), title="Senior w sieci", slug="senior", live=False
    )


def in_frontend(page, editor):
    """Where the editor's preview of the saved form leads: path and secret."""
    client = Client()
    client.force_login(editor)
    answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 302
    address = urlsplit(answer.url)
    parts = parse_qs(address.fragment)
    return address, unquote(parts["path"][0]), parts["token"][0]


def title_in_api(path, secret):
    query = "query A($path: String!) { article(path: $path) { title } }"
    answer = send(Client(headers={"Preview-Token": secret}), query, variables={"path": path})
    return answer.json()["data"]["article"]["title"]


def test_preview_button_leads_to_the_frontend_with_a_token_for_the_draft(month, editor, settings):
    settings.PREVIEW_URL = FRONTEND
    article = ArticleFactory(parent=month, title="Szkic", slug="szkic", live=False)
    address, path, secret = in_frontend(article, editor)
    assert (address.hostname, address.query) == ("frontend.example", "")
    assert path == "/cykl/senior/szkic/"
    assert title_in_api(path, secret) == "Szkic"


def test_preview_in_the_frontend_shows_the_form_before_it_is_saved(month, editor, settings):
    settings.PREVIEW_URL = FRONTEND
    article = ArticleFactory(parent=month, title="Zapisany", slug="szkic", live=False)
    request = type("Request", (), {"user": editor, "META": {}})()
    form = Article.objects.get(pk=article.pk)
    form.title = "Jeszcze niezapisany"
    parts = parse_qs(urlsplit(form.serve_preview(request, "").url).fragment)
    assert title_in_api(parts["path"][0], parts["token"][0]) == "Jeszcze niezapisany"
    article.refresh_from_db()
    assert article.title == "Zapisany"


def test_own_tokens_are_short_few_and_in_no_list(month, editor, settings):
    settings.PREVIEW_URL = FRONTEND
    for _ in range(OWN_TOKENS + 3):
        _address, _path, _secret = in_frontend(month, editor)
    tokens = PreviewToken.objects.all()
    assert len(tokens) == OWN_TOKENS
    assert all(each.expires_at - each.created_at <= datetime.timedelta(hours=1) for each in tokens)
    client = Client()
    client.force_login(editor)
    listed = client.get(reverse("share_draft", args=[month.pk]))
    assert b"preview-tokens" not in listed.content


def test_page_that_was_never_saved_asks_to_be_saved_first(month, editor, settings):
    settings.PREVIEW_URL = FRONTEND
    client = Client()
    client.force_login(editor)
    answer = Article(title="Nowy").make_preview_request(client.get("/admin/").wsgi_request, "")
    assert answer.status_code == 200
    assert "Najpierw zapisz szkic" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("", []),
        (FRONTEND, []),
        ("http://localhost:3000/p#{token}", []),
        ("http://frontend.example/p#{token}", ["hub.E004"]),
        ("javascript:{token}", ["hub.E004"]),
        ("https://frontend.example/p", ["hub.E005"]),
        ("https://frontend.example/p?token={token}", ["hub.W001"]),
    ],
)
def test_start_looks_at_the_address_of_the_frontend(settings, address, found):
    settings.PREVIEW_URL = address
    assert [each.id for each in check_preview(None)] == found


@pytest.mark.parametrize(
    ("days", "found"), [(1, []), (365, []), (0, ["hub.E006"]), (366, ["hub.E006"])]
)
def test_start_looks_at_how_long_links_may_work(settings, days, found):
    settings.PREVIEW_MAX_DAYS = days
    assert [each.id for each in check_preview(None)] == found
