"""Every row of what LABiB does is in the demo, and a stranger finds it through GraphQL."""

import json
from contextlib import nullcontext

import pytest

from cms import journal
from tests import search_server
from tests.contract.operations import run_operation
from tests.demo.facts import GROUPS, MONTHS, MOTTO, PROJECTS, PUBLICATION, SERIES

__all__ = ["run_operation"]

pytestmark = pytest.mark.usefixtures("archive")


@pytest.fixture(scope="module")
def archive(demo, django_db_blocker):
    """The demo in the archive: its transaction never commits, so the journal is delivered here."""
    server = search_server.own_indices() if search_server.URL else nullcontext()
    with django_db_blocker.unblock(), server:
        journal.number_committed()
        # Not all readers: that of the pictures takes half a minute.
        for reader in ("archive", "archive-server"):
            while journal.catch_up(reader):
                pass
        yield


def find(run_operation, title, kind):
    """The page of this title and kind, as the archive leads to it."""
    found = run_operation("ArchiveSearch", query=title, where={"kinds": [kind]})["archive"]
    paths = [edge["node"]["path"] for edge in found["edges"] if edge["node"]["title"] == title]
    assert len(paths) == 1, f"{kind} {title}: {paths}"
    return run_operation("PageByPath", path=paths[0])["route"]["page"]


@pytest.mark.parametrize("title", SERIES)
def test_series_is_there(run_operation, title):
    assert find(run_operation, title, "SERIES")["body"] != []


@pytest.mark.parametrize("title", MONTHS)
def test_named_month_has_experts_articles_a_webinar_and_answered_questions(run_operation, title):
    page = find(run_operation, title, "THEMATIC_MONTH")
    month = run_operation(
        "MonthDetail",
        series="miesiace-tematyczne",
        year=page["year"],
        month=page["month"],
    )["thematicMonth"]
    for part in ("experts", "articles", "webinars", "questions"):
        assert month[part] != [], part
    assert month["questions"]["nodes"][0]["answers"] != []


@pytest.mark.parametrize(("title", "kind", "organiser", "runs"), PROJECTS)
def test_project_is_there_with_its_runs(run_operation, title, kind, organiser, runs):
    project = find(run_operation, title, "PROJECT")
    assert project["projectKind"] == kind
    assert organiser in (None, project["organiser"])
    assert len(project["editions"]["nodes"]) + len(project["events"]["nodes"]) >= runs


def test_strefa_eksperymentu_has_two_editions(run_operation):
    assert len(find(run_operation, "Strefa Eksperymentu", "PROJECT")["editions"]["nodes"]) == 2


def test_local_meetings_are_five_each_in_another_town(run_operation):
    events = find(run_operation, "Lokalne Spotkania LABiB", "PROJECT")["events"]["nodes"]
    assert len({event["place"]["town"] for event in events}) == 5


def test_unconference_on_image_took_place_in_gdansk(run_operation):
    events = find(run_operation, "(nie)Konferencja „Kierunek – wizerunek”", "PROJECT")["events"][
        "nodes"
    ]
    assert [event["place"]["town"] for event in events] == ["Gdańsk"]


def test_staff_exchange_has_visits_of_one_library_in_another(run_operation):
    edition = find(run_operation, "Praktyka dla praktyka", "PROJECT")["editions"]["nodes"][0]
    exchanges = run_operation("PageByPath", path=edition["path"])["route"]["page"]["exchanges"]
    assert exchanges != []
    assert all(each["host"]["name"] != each["guest"]["name"] for each in exchanges)


def test_publication_on_webinars_has_its_pdf_and_its_project(run_operation):
    publication = find(run_operation, PUBLICATION, "PUBLICATION")
    assert publication["file"]["extension"] == "pdf"
    assert publication["project"]["title"] == PUBLICATION


def test_sentence_of_the_publication_on_webinars_is_found_on_its_page(run_operation):
    where = {"kinds": ["DOCUMENT"]}
    found = run_operation("ArchiveSearch", query="jeden tajny znak herbata", where=where)
    hit = found["archive"]["edges"][0]["node"]
    assert hit["title"] == f"{PUBLICATION} (PDF)"
    assert hit["path"] == "/publikacje/varia-o-webinariach-pdf/"
    assert hit["pageNumber"] == 4
    assert "<mark>herbata</mark>" in hit["passageHtml"]


@pytest.mark.parametrize("title", GROUPS)
def test_working_group_is_there(run_operation, title):
    assert find(run_operation, title, "WORKING_GROUP")["groupStatus"] == "ACTIVE"


def test_motto_is_on_the_site_and_history_on_the_page_about_us(run_operation):
    settings = run_operation("SiteFrame")["settings"]
    assert settings["motto"] == MOTTO
    about = find(run_operation, "O nas", "STANDARD_PAGE")
    text = json.dumps(about["body"], ensure_ascii=False)
    for fact in ("2012", "2019", "2009–2015", "Ambasador"):
        assert fact in text
