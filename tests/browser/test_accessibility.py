"""Every kind of page holds WCAG 2.2 AA, as far as a machine can tell, in both themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import Page

from cms.paths import path_of
from projects.models import ProjectIndex, PublicationIndex, WorkingGroupIndex
from tests.contract.rich_content import RichSite
from tests.factories import HubDocumentFactory, ProjectFactory, PublicationFactory, home_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BESIDE_THE_TREE = (
    "/",
    "/archiwum/",
    "/archiwum/?q=strona",
    "/archiwum/?q=czegotuniema",
    "/archiwum/?rodzaj=NIEZNANY",
    "/tematy/",
    "/wydarzenia/",
    "/nie-ma-takiej-strony/",
)


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
        PublicationFactory(parent=indices[1], file=HubDocumentFactory())
        ProjectFactory(parent=indices[0])
    pages = [path_of(page) for page in (*site.one_of_each_kind(), *indices)]
    return [*BESIDE_THE_TREE, f"/tematy/{site.topic.slug}/", *pages]


def problems(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_page_of_every_kind_has_no_barrier(page: Page, paths: list[str], theme: str, width: int):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    barriers = {}
    for path in paths:
        page.goto(path)
        barriers[path] = problems(page)
    assert {path: found for path, found in barriers.items() if found} == {}


def test_no_page_is_wider_than_a_telephone(page: Page, paths: list[str]):
    page.set_viewport_size({"width": 360, "height": 780})
    wide = {}
    for path in paths:
        page.goto(path)
        wide[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert {path: by for path, by in wide.items() if by > 0} == {}
