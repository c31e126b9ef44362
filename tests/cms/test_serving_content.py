"""What stands on the hub's own pages: blocks, links, cards, months, and the admin's preview."""

import re

import pytest
from django.contrib.auth.models import Group
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from cms.blocks import BodyBlock
from cms.body import PREPARATIONS
from cms.models import Audience
from cms.paths import path_of
from home.models import SiteSettings
from members.roles import Role
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
    MemberFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    WebinarFactory,
    body,
    home_page,
    in_hours,
)
from thematic_months.models import Article, Invitation, QuestionState


def item(**value):
    return {"type": "item", "value": value, "id": "1"}


EVERY_BLOCK = {
    "heading": {"text": "Od czego zacząć", "level": "3"},
    "text": "<p>Akapit <b>ważny</b>.</p>",
    "quote": {"text": "Czytajmy!", "person": "Halina", "source": "Kronika"},
    "video": {"title": "Nagranie spotkania", "video": "https://example.org/film"},
    "frequent_questions": {"questions": [item(question="Ile to kosztuje?", answer="<p>Nic.</p>")]},
    "steps": {"title": "Scenariusz", "steps": [item(title="Krok", text="<p>Idź.</p>")]},
    "call_to_action": {"text": "Zapraszamy", "label": "Przyjdź", "url": "https://example.org/"},
}


def article_with(*blocks):
    """Blocks as an editor's form leaves them, whatever they name."""
    article = ArticleFactory()
    article.body = [{"type": kind, "value": value} for kind, value in blocks]
    Article.objects.filter(pk=article.pk).update(
        body=[
            {"type": kind, "value": value, "id": str(n)} for n, (kind, value) in enumerate(blocks)
        ]
    )
    return article


def html_of(client, page):
    response = client.get(path_of(page))
    assert response.status_code == 200
    return response.content.decode()


def test_each_block_has_its_preparation_and_its_template():
    assert PREPARATIONS.keys() == BodyBlock().child_blocks.keys()
    for name in PREPARATIONS:
        assert get_template(f"cms/blocks/{name}.html")


def test_blocks_are_semantic_html(db, client):
    html = html_of(client, article_with(*EVERY_BLOCK.items()))
    for part in (
        "<h3>Od czego zacząć</h3>",
        "<p>Akapit <b>ważny</b>.</p>",
        "<blockquote><p>Czytajmy!</p></blockquote>",
        "<cite>Kronika</cite>",
        'href="https://example.org/film"',
        "<summary>Ile to kosztuje?</summary>",
        "<ol>",
        ">Przyjdź</a>",
    ):
        assert part in html
    assert "<iframe" not in html


def test_image_and_document_blocks_show_what_they_name(db, client):
    image, document = (
        HubImageFactory(credit="Jan"),
        HubDocumentFactory(title="Wzór", file_size=2048),
    )
    figure = {"image": {"image": image.pk, "alt_text": "Półka"}, "caption": "W czytelni"}
    html = html_of(
        client,
        article_with(
            ("image", figure),
            ("gallery", {"images": [item(**figure)] * 2}),
            ("document", {"document": document.pk, "title": ""}),
        ),
    )
    assert html.count('alt="Półka"') == 3
    assert "<figcaption>W czytelni" in html
    assert f'href="{document.url}"' in html
    assert "Wzór" in html


def test_block_that_names_what_is_gone_is_dropped(db, client):
    gone = 10**6
    html = html_of(
        client,
        article_with(
            ("image", {"image": {"image": gone, "alt_text": "Półka"}, "caption": "Podpis"}),
            ("document", {"document": gone, "title": "Tytuł pliku"}),
            ("page_card", {"page": gone, "text": "Zachęta"}),
            ("call_to_action", {"label": "Przycisk", "page": gone, "url": ""}),
            ("video", {"title": "Film", "video": "javascript:alert(1)"}),
        ),
    )
    for text in ("Podpis", "Tytuł pliku", "Zachęta", "Przycisk", "Film", "javascript"):
        assert text not in html


def test_cards_links_and_tips_lead_only_to_what_the_viewer_may_see(db, client):
    shown = StandardPageFactory(title="Jawna strona")
    hidden = StandardPageFactory(title="Tajna strona", live=False)
    expert = ExpertFactory(title="Tajna Ekspertka", live=False)
    blocks = []
    for page in (shown, hidden):
        blocks += [
            ("page_card", {"page": page.pk, "text": f"Karta: {page.title}"}),
            ("text", f'<p><a linktype="page" id="{page.pk}">Odsyłacz</a></p>'),
            ("call_to_action", {"label": "Idź", "page": page.pk, "url": ""}),
        ]
    blocks.append(("tip", {"text": "<p>Porada.</p>", "expert": expert.pk}))
    html = html_of(client, article_with(*blocks))
    assert "Karta: Jawna strona" in html
    assert html.count(f'href="{path_of(shown)}"') == 3
    assert html.count("Odsyłacz") == 2
    assert "Porada." in html
    assert "Tajna" not in html
    assert hidden.slug not in html


def test_link_to_a_document_leads_there(db, client):
    document = HubDocumentFactory()
    link = f'<p><a linktype="document" id="{document.pk}">Plik</a></p>'
    assert f'<a href="{document.url}">Plik</a>' in html_of(client, article_with(("text", link)))


def test_contributor_whose_page_is_hidden_is_left_out(db, client):
    shown, hidden = (
        ExpertFactory(title="Jawna Osoba"),
        ExpertFactory(title="Tajna Osoba", live=False),
    )
    article = ArticleFactory(
        contributions=[{"expert": shown}, {"expert": hidden}, {"name": "Ktoś Jeszcze"}]
    )
    html = html_of(client, article)
    assert "Jawna Osoba" in html
    assert "Ktoś Jeszcze" in html
    assert "Tajna" not in html


def test_month_shows_experts_programme_children_and_answers(db, client):
    confirmed, invited = ExpertFactory(title="Anna Pewna"), ExpertFactory(title="Ewa Zapytana")
    hidden = ArticleFactory(title="Tajny artykuł", live=False)
    month = ThematicMonthFactory(
        theme="O tym jest miesiąc",
        experts=[
            {"expert": confirmed, "invitation": Invitation.CONFIRMED},
            {"expert": invited, "invitation": Invitation.INVITED},
        ],
        programme=[{"title": "Zapowiedź", "page": hidden}],
    )
    ArticleFactory(parent=month, title="Artykuł miesiąca")
    WebinarFactory(parent=month, title="Spotkanie miesiąca")
    question = QuestionFactory(month=month, text="Jak zacząć?", state=QuestionState.PUBLISHED)
    AnswerFactory(question=question, expert=confirmed, text="Po prostu.")
    QuestionFactory(month=month, text="Pytanie w kolejce")
    html = html_of(client, month)
    for text in (
        "O tym jest miesiąc",
        "Anna Pewna",
        "Zapowiedź",
        "Artykuł miesiąca",
        "Spotkanie miesiąca",
        "Jak zacząć?",
        "Po prostu.",
    ):
        assert text in html
    for text in ("Ewa Zapytana", hidden.slug, "Pytanie w kolejce"):
        assert text not in html


def test_home_page_shows_the_current_month_of_the_main_series(db, client):
    series = SeriesFactory()
    today = timezone.localdate()
    settings = SiteSettings.load()
    settings.main_series = series
    settings.save()
    ThematicMonthFactory(parent=series, year=today.year, month=today.month, theme="Teraz to")
    ThematicMonthFactory(year=today.year, month=today.month, theme="Inny cykl")
    WebinarFactory(title="Bliskie spotkanie")
    html = client.get("/").content.decode()
    assert "Teraz to" in html
    assert "Bliskie spotkanie" in html
    assert settings.motto in html
    assert "Inny cykl" not in html


def test_not_found_page_is_ours(home, client):
    response = client.get("/nie-ma-takiej/")
    assert response.status_code == 404
    assert 'class="site-header"' in response.content.decode()


def test_error_page_needs_no_context():
    html = render_to_string("500.html")
    assert '<html lang="pl">' in html


def test_log_in_page_leads_back(db, client, member):
    member.set_password("tajne-haslo")
    member.save()
    article = ArticleFactory(audience=Audience.MEMBERS, body=body("Sekret sieci."))
    assert "<form" in client.get(f"/konto/logowanie/?next={path_of(article)}").content.decode()
    response = client.post(
        "/konto/logowanie/",
        {"login": member.email, "password": "tajne-haslo", "next": path_of(article)},
    )
    assert response["Location"] == path_of(article)
    assert "Sekret sieci." in html_of(client, article)


@pytest.fixture
def editor(db, client):
    account = MemberFactory(groups=[Group.objects.get(name=Role.EDITOR)])
    client.force_login(account)
    return account


def test_preview_shows_a_draft_and_what_is_below_it(editor, client):
    month = ThematicMonthFactory(live=False, title="Szkic miesiąca", audience=Audience.MEMBERS)
    ArticleFactory(parent=month, title="Szkic artykułu", live=False)
    ArticleFactory(title="Obcy szkic", live=False)
    month.body = body("Treść szkicu.")
    month.save_revision()
    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[month.pk]))
    html = response.content.decode()
    assert response.status_code == 200
    for text in ("Szkic miesiąca", "Treść szkicu.", "Szkic artykułu"):
        assert text in html
    assert "Obcy szkic" not in html
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("kind", ["article", "webinar", "thematicmonth"])
def test_preview_of_a_page_that_was_never_saved(editor, client, kind):
    parent = SeriesFactory() if kind == "thematicmonth" else ThematicMonthFactory()
    url = reverse("wagtailadmin_pages:preview_on_add", args=["thematic_months", kind, parent.pk])
    response = client.get(f"{url}?in_preview_panel=true&mode=")
    assert response.status_code == 200


def test_preview_of_a_page_without_a_place_in_the_tree_shows_nothing_else(editor):
    draft = ArticleFactory(title="Obcy szkic", live=False)
    page = Article(title="Bez miejsca", body=[("page_card", {"page": draft, "text": ""})])
    request = RequestFactory().get("/")
    request.user = editor
    response = page.serve_preview(request, "")
    html = response.render().content.decode()
    assert "Bez miejsca" in html
    assert "Obcy szkic" not in html


def test_titles_are_escaped(db, client):
    page = StandardPageFactory(title="<b>Pogrubiony</b>", lead="<script>alert(1)</script>")
    html = html_of(client, page)
    assert "<b>Pogrubiony" not in html
    # Data for search engines is no code, and modules are files of the hub.
    scripts = re.findall(r"<script\b([^>]*)>", html)
    own = (' type="application/ld+json"', ' type="module" src="/static/')
    assert all(each.startswith(own) for each in scripts)


def test_expired_webinar_link_is_not_offered(db, client):
    webinar = WebinarFactory(starts=in_hours(-3), registration_url="https://example.org/zapisy")
    assert "example.org/zapisy" not in html_of(client, webinar)
    assert home_page().title in html_of(client, webinar)
