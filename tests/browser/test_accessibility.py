"""Every kind of page holds WCAG 2.2 AA, as far as a machine can tell, in both themes, and is no
wider than a telephone."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from cms.models import Place
from cms.paths import path_of
from projects.models import ProjectIndex, PublicationIndex, WorkingGroupIndex
from tests.browser.barriers import THEMES, barriers, barriers_at, look_at
from tests.contract.rich_content import RichSite
from tests.factories import ArticleFactory, ProjectFactory, PublicationFactory, home_page
from tests.pdfs import document, pdf, read_all
from thematic_months.models import Question

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

BESIDE_THE_TREE = (
    "/",
    "/archiwum/",
    "/archiwum/?q=strona",
    "/archiwum/?q=czegotuniema",
    "/archiwum/?rodzaj=NIEZNANY",
    "/tematy/",
    "/wydarzenia/",
    "/kanaly/",
    "/podglad/",
    "/nie-ma-takiej-strony/",
)
ERRORS = ("403.html", "403_csrf.html", "429.html", "500.html", "503.html")


@pytest.fixture
def paths() -> list[str]:
    # At once, as its pictures bring renditions that are otherwise made after each commit.
    with transaction.atomic():
        site = RichSite()
        site.grow(2)
        below = home_page()
        indices = [
            below.add_child(instance=model(title="Spis", slug=f"spis-{number}"))
            for number, model in enumerate((ProjectIndex, PublicationIndex, WorkingGroupIndex))
        ]
        read = document(pdf("Okładka", "Rozmowa o hipopotamach"), title="Zbiór tekstów")
        PublicationFactory(parent=indices[1], file=read)
        ProjectFactory(parent=indices[0])
    read_all()
    pages = [path_of(page) for page in (*site.one_of_each_kind(), *indices)]
    others = [
        reverse("topic", args=[site.topic.slug]),
        reverse("place", args=[Place.objects.latest("pk").slug]),
        f"{reverse('document_page', args=[read.pk, 2])}?q=hipopotam",
        f"{path_of(site.month)}pytania/",
        Question.objects.latest("pk").path,
    ]
    return [*BESIDE_THE_TREE, *others, *pages]


@pytest.mark.parametrize(("theme", "width"), THEMES)
def test_page_of_every_kind_has_no_barrier(page: Page, paths: list[str], theme: str, width: int):
    look_at(page, theme, width)
    assert barriers_at(page, paths) == {}


@pytest.mark.parametrize(("theme", "width"), THEMES)
def test_open_list_of_suggestions_has_no_barrier(page: Page, theme: str, width: int):
    ArticleFactory(title="Ogród przy bibliotece")
    ArticleFactory(title="Ogromne oczy w dużym mieście, czyli długi tytuł o niczym szczególnym")
    look_at(page, theme, width)
    page.goto("/")
    field = page.get_by_label("Przeszukaj archiwum")
    field.press_sequentially("ogr")
    expect(page.get_by_role("option")).to_have_count(2)
    field.press("ArrowDown")
    assert barriers(page) == []


@pytest.mark.parametrize(("theme", "width"), THEMES)
def test_error_page_has_no_barrier(page: Page, theme: str, width: int):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    def show(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        html = render_to_string(name, request=request)
        route.fulfill(body=html, content_type="text/html")

    page.route(re.compile(r"/\d{3}\w*\.html$"), show)
    look_at(page, theme, width)
    assert barriers_at(page, [f"/{name}" for name in ERRORS]) == {}
