"""What pages beside the tree tell other sites of themselves."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles.finders import find
from PIL import Image

from cms.paths import path_of
from tests.factories import (
    AnswerFactory,
    EventFactory,
    PlaceFactory,
    PublicationFactory,
    QuestionFactory,
    ThematicMonthFactory,
    TopicFactory,
)
from tests.search.held_documents import varia
from thematic_months.models import QuestionState

__all__ = ["varia"]

pytestmark = pytest.mark.django_db
HUB = "http://localhost:8000"


@pytest.fixture
def addresses(varia) -> dict[str, str]:
    """By what each page is called there."""
    place = PlaceFactory(name="Biblioteka w Łodzi", slug="lodz")
    EventFactory(place=place)
    TopicFactory(title="Historia", slug="historia")
    PublicationFactory(file=varia)
    month = ThematicMonthFactory(title="Zbiory", lead="O zbiorach.")
    question = QuestionFactory(
        month=month, state=QuestionState.PUBLISHED, text="Jak zacząć digitalizację?"
    )
    AnswerFactory(question=question)
    questions = f"{path_of(month)}pytania/"
    return {
        "Archiwum": "/archiwum/",
        "kronika – Archiwum": "/archiwum/?q=kronika",
        "Tematy": "/tematy/",
        "Historia": "/tematy/historia/",
        "Wydarzenia": "/wydarzenia/",
        "Biblioteka w Łodzi": "/miejsca/lodz/",
        "Kanały RSS i kalendarze": "/kanaly/",
        "Zbiór tekstów, strona 2": f"/dokumenty/{varia.pk}/strona/2/",
        "Pytania do ekspertów: Zbiory": questions,
        "Jak zacząć digitalizację?": f"{questions}{question.pk}/",
    }


def test_page_beside_the_tree_has_its_name_address_description_and_picture(client, addresses):
    for name, address in addresses.items():
        head = BeautifulSoup(client.get(address).content, "html.parser").head
        tags = {tag.get("property") or tag.get("name"): tag.get("content") for tag in head("meta")}
        assert tags["og:title"] == name
        assert tags["og:url"] == head.find("link", rel="canonical")["href"] == f"{HUB}{address}"
        assert tags["og:description"] == tags["description"] != ""
        assert tags["og:image"] == f"{HUB}/static/cms/share.png"
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
        [script] = head("script", type="application/ld+json")
        assert f"{HUB}{address}" in json.loads(script.string)["@graph"][0]["url"]


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/tematy/historia/", "/nowosci/temat/historia.rss"),
        ("/archiwum/?q=kronika", "/archiwum/rss/?q=kronika"),
    ],
)
def test_page_with_a_feed_names_it_for_programs(client, address, feed):
    TopicFactory(title="Historia", slug="historia")
    head = BeautifulSoup(client.get(address).content, "html.parser").head
    assert head.find("link", type="application/rss+xml")["href"] == f"{HUB}{feed}"


def test_hubs_own_picture_has_the_size_that_pages_tell():
    with Image.open(find("cms/share.png")) as picture:
        assert picture.size == (1200, 630)
