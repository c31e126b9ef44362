"""Files have absolute URLs, since frontends stand on other hosts than the hub."""

import pytest

from cms.images import make_renditions
from cms.paths import absolute, path_of
from tests.contract.operations import send
from tests.factories import ArticleFactory, HubDocumentFactory, HubImageFactory, PublicationFactory

HUB = "https://hub.example.org"


@pytest.fixture(autouse=True)
def hub(settings):
    settings.WAGTAILADMIN_BASE_URL = HUB


def article_by(run_operation, page):
    return run_operation("ArticleDetail", path=path_of(page))["article"]


def test_page_has_its_url_on_the_hub_beside_its_path(client, home):
    page = ArticleFactory()
    query = f"{{ page(id: {page.pk}) {{ path url }} }}"
    answer = send(client, query).json()["data"]["page"]
    assert answer == {"path": path_of(page), "url": f"{HUB}{path_of(page)}"}


def test_picture_without_renditions_has_the_url_of_its_upload(run_operation, home):
    picture = HubImageFactory()
    article = ArticleFactory(cover=picture)
    source = article_by(run_operation, article)["cover"]["source"]
    assert (source["src"], source["srcset"]) == (f"{HUB}{picture.file.url}", "")


def test_every_size_in_a_srcset_has_an_absolute_url(run_operation, home):
    picture = HubImageFactory(file__width=1600, file__height=900)
    make_renditions(picture)
    article = ArticleFactory(cover=picture)
    sizes = article_by(run_operation, article)["cover"]["source"]["srcset"].split(", ")
    assert [each.startswith(f"{HUB}/media/images/") for each in sizes] == [True, True]


def test_srcset_has_each_width_once(run_operation, home):
    picture = HubImageFactory(file__width=300, file__height=150)
    make_renditions(picture)
    article = ArticleFactory(cover=picture)
    srcset = article_by(run_operation, article)["cover"]["source"]["srcset"]
    assert [each.split()[1] for each in srcset.split(", ")] == ["300w"]


def test_document_has_an_absolute_url(run_operation, home):
    document = HubDocumentFactory()
    PublicationFactory(file=document)
    [publication] = run_operation("PublicationList")["publications"]["nodes"]
    assert publication["file"]["url"] == f"{HUB}{document.url}"


def test_link_to_a_document_in_a_text_is_absolute_and_one_to_a_page_is_a_path(run_operation, home):
    document = HubDocumentFactory()
    text = (
        f'<p><a linktype="document" id="{document.pk}">plik</a> '
        f'<a linktype="page" id="{home.pk}">dom</a></p>'
    )
    article = ArticleFactory(body=[("text", text)])
    [block] = article_by(run_operation, article)["body"]
    assert f'href="{HUB}{document.url}"' in block["text"]["html"]
    assert 'href="/"' in block["text"]["html"]


def test_url_of_a_file_on_another_host_stays():
    assert absolute("https://files.example.org/a.pdf") == "https://files.example.org/a.pdf"
