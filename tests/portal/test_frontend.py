"""With FRONTEND_URL set, readers are led to the frontend; what only the hub has stays."""

import pytest

from cms.paths import canonical
from tests.factories import ArticleFactory, HubDocumentFactory

pytestmark = pytest.mark.django_db

FRONTEND = "https://labib.example"


@pytest.fixture
def frontend(settings):
    settings.FRONTEND_URL = FRONTEND


def test_page_leads_to_the_same_path_there_with_its_query(client, frontend):
    article = ArticleFactory()
    response = client.get(f"{article.url}?strona=2")
    assert (response.status_code, response["Location"]) == (
        302,
        f"{FRONTEND}{article.url}?strona=2",
    )


def test_hidden_page_leads_nowhere(client, frontend):
    article = ArticleFactory(live=False)
    assert client.get(article.url).status_code == 404


@pytest.mark.parametrize("path", ["/archiwum/?q=senior", "/wydarzenia/?rok=2017", "/tematy/"])
def test_pages_beside_the_tree_lead_there_too(client, frontend, path):
    assert client.get(path)["Location"] == f"{FRONTEND}{path}"


def test_suggestions_stay_for_the_pages_that_stay(client, frontend):
    response = client.get("/archiwum/podpowiedzi/?q=kronika")
    assert (response.status_code, response.json()) == (200, {"suggestions": []})


def test_document_stays(client, frontend):
    assert client.get(HubDocumentFactory().url).status_code == 200


def test_admin_names_the_frontends_address(frontend):
    article = ArticleFactory()
    assert article.full_url == f"{FRONTEND}{article.get_url_parts()[2]}"


def test_api_names_the_frontends_address(client, frontend):
    ArticleFactory(slug="kronika")
    query = "{ articles(first: 1) { nodes { url path } } }"
    answer = client.post("/graphql/", {"query": query}, content_type="application/json").json()
    [article] = answer["data"]["articles"]["nodes"]
    assert article["url"] == f"{FRONTEND}{article['path']}"


def test_without_a_frontend_readers_stay_on_the_hub(client, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://hub.example"
    assert canonical("/tematy/") == "https://hub.example/tematy/"
    assert client.get("/tematy/").status_code == 200
