"""Who is answered what by the hub's own pages."""

import datetime
import re
from html import unescape

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.models import Audience
from cms.paths import path_of
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    MemberFactory,
    MenuFactory,
    ProjectFactory,
    PublicationFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    WebinarFactory,
    WorkingGroupFactory,
    body,
    home_page,
    in_hours,
)
from thematic_months.models import ArticleIndex, QuestionState

FACTORIES = [
    ArticleFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    ProjectFactory,
    PublicationFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    WebinarFactory,
    WorkingGroupFactory,
]


def restrict(page, kind, *groups):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="sezam"
    )
    restriction.groups.set(groups)
    return restriction


def asks_to_log_in(response, path):
    return response.status_code == 302 and response["Location"] == f"/konto/logowanie/?next={path}"


@pytest.mark.parametrize("factory", FACTORIES)
def test_each_kind_of_page_is_served(db, client, factory):
    page = factory(lead="Wstęp do strony.")
    response = client.get(path_of(page))
    assert response.status_code == 200
    assert "Wstęp do strony." in response.content.decode()


def test_pages_that_the_migrations_made_are_served(db, client):
    for page in Page.objects.filter(depth__gt=1):
        assert client.get(path_of(page)).status_code == 200, page.title


def test_pages_are_in_polish_whatever_the_browser_prefers(home, client):
    response = client.get("/", headers={"accept-language": "en"})
    assert response["Content-Language"] == "pl"
    assert '<html lang="pl">' in response.content.decode()


def test_page_is_its_own_and_nobody_elses_code(home, client):
    html = client.get("/").content.decode()
    # Data for search engines is no code, and modules are files of the hub.
    scripts = re.findall(r"<script\b([^>]*)>", html)
    own = (' type="application/ld+json"', ' type="module" src="/static/')
    assert all(each.startswith(own) for each in scripts)
    assert " style=" not in html


@pytest.mark.parametrize("columns", [{"live": False}, {"expire_at": in_hours(-1)}])
def test_hidden_page_is_answered_as_what_does_not_exist(db, client, columns):
    month = ThematicMonthFactory()
    hidden = ArticleFactory(parent=month, title="Tajny szkic", **columns)
    missing = client.get(f"{path_of(month)}nie-ma-takiej/")
    response = client.get(path_of(hidden))
    assert response.status_code == missing.status_code == 404
    assert response.content == missing.content


@pytest.mark.parametrize("columns", [{"live": False}, {"expire_at": in_hours(-1)}])
def test_page_below_a_hidden_one_is_hidden(db, client, columns):
    article = ArticleFactory(parent=ThematicMonthFactory(**columns))
    assert client.get(path_of(article)).status_code == 404


def test_no_account_opens_a_hidden_page(db, client):
    article = ArticleFactory(parent=ThematicMonthFactory(live=False))
    client.force_login(MemberFactory(is_superuser=True))
    assert client.get(path_of(article)).status_code == 404


def test_login_restriction_leads_to_the_log_in_and_opens_for_members(db, client, member):
    month = ThematicMonthFactory()
    article = ArticleFactory(parent=month, title="Dla zalogowanych")
    restrict(month, PageViewRestriction.LOGIN)
    response = client.get(path_of(article))
    assert asks_to_log_in(response, path_of(article))
    assert "no-store" in response["Cache-Control"]
    client.force_login(member)
    response = client.get(path_of(article))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_group_restriction_opens_for_the_group_alone(db, client, member, association):
    page = StandardPageFactory()
    restrict(page, PageViewRestriction.GROUPS, association)
    assert asks_to_log_in(client.get(path_of(page)), path_of(page))
    client.force_login(member)
    assert asks_to_log_in(client.get(path_of(page)), path_of(page))
    member.groups.add(association)
    assert client.get(path_of(page)).status_code == 200


def test_shared_password_never_opens(db, client, member):
    page = StandardPageFactory()
    restriction = restrict(page, PageViewRestriction.PASSWORD)
    form = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    assert client.get(path_of(page)).status_code == 404
    assert client.get(form).status_code == 404
    client.post(form, {"password": "sezam", "return_url": path_of(page)})
    client.force_login(member)
    assert client.get(path_of(page)).status_code == 404


def test_body_for_members_is_in_no_html_for_others(db, client, member):
    article = ArticleFactory(
        audience=Audience.MEMBERS, lead="Wstęp dla wszystkich.", body=body("Sekret sieci.")
    )
    html = client.get(path_of(article)).content.decode()
    assert "Wstęp dla wszystkich." in html
    assert f"/konto/logowanie/?next={path_of(article).replace('/', '%2F')}" in html
    assert "Sekret sieci." not in html
    client.force_login(member)
    assert "Sekret sieci." in client.get(path_of(article)).content.decode()


def test_recording_transcript_and_materials_for_members_stay_with_them(db, client, member):
    webinar = WebinarFactory(
        audience=Audience.MEMBERS,
        starts=in_hours(-5),
        recording_url="https://example.org/nagranie",
        recording_consent=True,
        transcript="Dzień dobry Państwu.",
        materials=[{"title": "Slajdy", "url": "https://example.org/slajdy"}],
    )
    guarded = ("example.org/nagranie", "Dzień dobry Państwu.", "Slajdy")
    html = client.get(path_of(webinar)).content.decode()
    assert not any(text in html for text in guarded)
    client.force_login(member)
    html = client.get(path_of(webinar)).content.decode()
    assert all(text in html for text in guarded)


def test_recording_without_consent_is_shown_to_nobody(db, client, member):
    webinar = WebinarFactory(
        starts=in_hours(-5), recording_url="https://example.org/nagranie", transcript="Dzień dobry."
    )
    client.force_login(member)
    html = client.get(path_of(webinar)).content.decode()
    assert "example.org/nagranie" not in html
    assert "Dzień dobry." not in html


def test_address_for_joining_is_for_members_alone(db, client, member):
    webinar = WebinarFactory(join_url="https://example.org/pokoj")
    assert "example.org/pokoj" not in client.get(path_of(webinar)).content.decode()
    client.force_login(member)
    assert "example.org/pokoj" in client.get(path_of(webinar)).content.decode()


def test_lists_leave_out_what_the_viewer_may_not_see(db, client):
    index = ArticleIndex.objects.get()
    shown = ArticleFactory(parent=index, title="Jawny")
    ArticleFactory(parent=index, title="Tajny szkic", live=False)
    private = ArticleFactory(parent=index, title="Tajny dla zalogowanych")
    restrict(private, PageViewRestriction.LOGIN)
    for path in (path_of(index), "/"):
        html = client.get(path).content.decode()
        assert shown.title in html
        assert "Tajny" not in html


def test_menu_leaves_out_hidden_pages(db, client):
    draft = StandardPageFactory(title="Tajna strona", live=False)
    public = StandardPageFactory(title="O sieci")
    menu = MenuFactory(key="main")
    menu.items.create(page=draft)
    menu.items.create(page=public)
    menu.items.create(url="https://example.org/", label="Na zewnątrz")
    menu.save()
    html = client.get("/").content.decode()
    assert "Tajna strona" not in html
    assert 'href="/' + public.slug + '/"' in html
    assert "Na zewnątrz" in html


@pytest.mark.parametrize("columns", [{"live": False}, {"expire_at": in_hours(-1)}])
def test_redirect_to_a_hidden_page_is_none(db, client, columns):
    page = StandardPageFactory(**columns)
    Redirect.add_redirect("/stary-adres", redirect_to=page)
    response = client.get("/stary-adres/")
    assert response.status_code == 404
    assert page.slug not in response.content.decode()


def test_redirect_leads_to_a_visible_page_and_to_other_sites(db, client):
    page = StandardPageFactory()
    Redirect.add_redirect("/stary-adres", redirect_to=page)
    Redirect.add_redirect("/gdzie-indziej", redirect_to="https://example.org/home/")
    assert client.get("/stary-adres/")["Location"] == path_of(page)
    assert client.get("/gdzie-indziej/")["Location"] == "https://example.org/home/"


def test_long_list_goes_on_by_pages(db, client):
    index = ArticleIndex.objects.get()
    for number in range(26):
        ArticleFactory(parent=index, title=f"Artykuł nr {number:02}")
    pages = [client.get(f"{path_of(index)}?strona={n}").content.decode() for n in (1, 2, "x")]
    tiles = [html.count("<h3><a href=") for html in pages]
    assert tiles == [24, 2, 24]
    assert home_page().title in pages[0]


def test_works_of_an_expert_go_on_by_pages_whatever_their_types(db, client):
    expert = ExpertFactory()
    for number in range(13):
        day = datetime.date(2020, 1, 28 - number)
        for factory in (ArticleFactory, WebinarFactory):
            title = f"{factory._meta.model.__name__} nr {number:02}"
            factory(title=title, published_on=day, contributions=[{"expert": expert}])
    WebinarFactory(live=False, contributions=[{"expert": expert}])
    pages = [client.get(f"{path_of(expert)}?strona={n}").content.decode() for n in (1, 2)]
    assert 'href="?strona=2"' in pages[0]
    titles = [re.findall(r"<h3><a[^>]*>([^<]*)</a>", html) for html in pages]
    assert [len(found) for found in titles] == [24, 2]
    assert titles[0][:2] == ["Webinar nr 00", "Article nr 00"]
    assert titles[1] == ["Webinar nr 12", "Article nr 12"]


@pytest.mark.parametrize(("number", "shown"), [(24, 24), (25, 24)])
def test_expert_with_many_answers_leads_to_all_of_them(db, client, number, shown):
    expert = ExpertFactory(slug="ekspertka")
    month = ThematicMonthFactory()
    for _each in range(number):
        question = QuestionFactory(month=month, state=QuestionState.PUBLISHED)
        AnswerFactory(question=question, expert=expert)
    AnswerFactory(question=QuestionFactory(month=month), expert=expert)
    html = unescape(client.get(path_of(expert)).content.decode())
    assert len(re.findall(rf'<a href="{path_of(month)}pytania/\d+/"', html)) == shown
    links = re.findall(r'href="(/archiwum/\?ekspert=[^"]*)"[^>]*>[^<]*\((\d+)\)', html)
    more = [("/archiwum/?ekspert=ekspertka&rodzaj=QUESTION", str(number))]
    assert links == (more if number > shown else [])
