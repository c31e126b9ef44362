"""The archive, its feed, topics and the text of documents as a browser gets them."""

import datetime
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client

from cms import journal
from cms.models import Audience, HubDocument, Topic
from cms.paths import path_of
from tests.factories import (
    ArticleFactory,
    MemberFactory,
    PublicationFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    body,
)
from tests.pdfs import document, pdf, read_all
from tests.search.held_documents import varia

__all__ = ["varia"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def history() -> Topic:
    return TopicFactory(title="Historia lokalna", slug="historia")


@pytest.fixture
def chronicles(history: Topic) -> None:
    ArticleFactory(
        title="Kronika miasta",
        body=body("Piszemy kronikę."),
        topics=[history],
        published_on=datetime.date(2015, 5, 1),
    )
    ArticleFactory(title="Kronika wsi", published_on=datetime.date(2019, 5, 1))
    WebinarFactory(title="Kronika w sieci")
    journal.deliver()


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def titles(html: str) -> list[str]:
    found = re.findall(r'<article class="hit">.*?<h3><a [^>]*>(.*?)</a>', html, re.DOTALL)
    return [re.sub("</?mark>", "", title) for title in found]


def link(html: str, text: str) -> str:
    """The address of the first link that begins with this text."""
    match = re.search(rf'<a [^>]*?href="([^"]*)"[^>]*>\s*{re.escape(text)}', html)
    assert match, text
    return match[1]


def test_every_state_is_an_address_that_facets_lead_to(client, chronicles):
    page = get(client, "/archiwum/?q=kronikami")
    assert "3 wyniki" in page
    page = get(client, link(page, "Artykuły"))
    assert sorted(titles(page)) == ["Kronika miasta", "Kronika wsi"]
    page = get(client, link(page, "Historia lokalna"))
    assert titles(page) == ["Kronika miasta"]
    # A chip takes one choice back, and keeps the other.
    assert sorted(titles(get(client, link(page, "Historia lokalna")))) == [
        "Kronika miasta",
        "Kronika wsi",
    ]
    assert len(titles(get(client, link(page, "Wyczyść wszystkie")))) == 3


def test_year_is_chosen_and_taken_back(client, chronicles):
    page = get(client, link(get(client, "/archiwum/?q=kronika"), "2015"))
    assert titles(page) == ["Kronika miasta"]
    assert len(titles(get(client, link(page, "2015")))) == 3


def test_order_is_chosen_by_name(client, chronicles):
    address = "/archiwum/?q=kronika&rodzaj=ARTICLE&kolejnosc="
    assert titles(get(client, f"{address}najstarsze")) == ["Kronika miasta", "Kronika wsi"]
    assert titles(get(client, f"{address}najnowsze")) == ["Kronika wsi", "Kronika miasta"]


def test_pages_of_results_follow_each_other(client):
    for number in range(23):
        ArticleFactory(title=f"Kronika {number:02}")
    journal.deliver()
    first = get(client, "/archiwum/?q=kronika&kolejnosc=tytul")
    second = get(client, link(first, "Dalsze wyniki"))
    assert len(titles(first)) == 20
    assert titles(second) == ["Kronika 20", "Kronika 21", "Kronika 22"]
    assert "23 wyniki, strona 2" in second
    assert titles(get(client, link(second, "Wróć na pierwszą stronę"))) == titles(first)


def test_cursor_of_another_search_shows_the_first_page(client, chronicles):
    page = get(client, "/archiwum/?q=kronika&po=zepsuty&strona=7")
    assert len(titles(page)) == 3
    assert "strona 7" not in page


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (f"/archiwum/?q={'a' * 201}", "ma ponad 200 znaków"),
        ("/archiwum/?q=kronika&od=wczoraj", "Wpisz rok czterema cyframi"),
        ("/archiwum/?q=kronika&rodzaj=NIC", "którego archiwum nie zna"),
    ],
)
def test_what_cannot_be_looked_for_is_said_and_what_was_typed_stays(client, address, problem):
    page = get(client, address, status=400)
    assert problem in page
    typed = address.partition("q=")[2].partition("&")[0]
    assert f'value="{typed}"' in page


def test_correction_is_offered_as_a_link(client, chronicles):
    page = get(client, "/archiwum/?q=kromika")
    assert "kronika" in link(page, "kronika")


def test_nothing_found_says_what_to_do_next(client, chronicles):
    page = get(client, "/archiwum/?q=zzzzzzzz&rodzaj=ARTICLE")
    assert "Nic nie znaleziono" in page
    assert "rodzaj" not in link(page, "Szukaj w całym archiwum")


def test_locked_hit_says_so_to_strangers_alone(client):
    ArticleFactory(title="Kronika", audience=Audience.MEMBERS, body=body("Tajne hasło."))
    journal.deliver()
    stranger = get(client, "/archiwum/?q=kronika")
    assert "dla członków" in stranger
    assert "Tajne" not in stranger
    assert titles(get(client, "/archiwum/?q=tajne+hasło")) == []
    client.force_login(MemberFactory())
    response = client.get("/archiwum/?q=tajne+hasło")
    assert titles(response.content.decode()) == ["Kronika"]
    assert "no-store" in response["Cache-Control"]


def test_search_server_that_is_down_costs_speed_and_nothing_else(client, chronicles, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    page = get(client, "/archiwum/?q=kronika")
    assert len(titles(page)) == 3
    assert "to są wyniki z bazy danych" in page


def test_suggestions_are_titles_with_their_kinds_and_addresses(client, chronicles):
    found = client.get("/archiwum/podpowiedzi/?q=kronika+w").json()["suggestions"]
    assert ("Kronika w sieci", "Webinarium") in {(each["title"], each["kind"]) for each in found}
    assert all(each["path"].startswith("/") for each in found)
    assert client.get("/archiwum/podpowiedzi/?q=").json() == {"suggestions": []}


def test_feed_of_a_search_has_its_newest_hits_for_strangers(client, chronicles):
    ArticleFactory(title="Kronika zamknięta", live=False)
    journal.deliver()
    client.force_login(MemberFactory())
    response = client.get("/archiwum/rss/?q=kronika&rodzaj=ARTICLE")
    root = ElementTree.fromstring(response.content)  # noqa: S314  (it is our own)
    items = list(root.iter("item"))
    assert [each.findtext("title") for each in items] == ["Kronika wsi", "Kronika miasta"]
    assert items[0].findtext("link").startswith("http://localhost:8000/strona-")
    assert items[0].findtext("pubDate") == "Wed, 01 May 2019 00:00:00 +0200"
    own = root.find("channel/{http://www.w3.org/2005/Atom}link").attrib["href"]
    assert own.startswith("http://localhost:8000/archiwum/rss/?q=kronika&rodzaj=ARTICLE")
    assert response["ETag"]


def test_topic_shows_the_newest_of_each_kind(client, chronicles, history):
    for number in range(7):
        ArticleFactory(title=f"Nowszy {number}", topics=[history])
    journal.deliver()
    page = get(client, "/tematy/historia/")
    assert page.count("Nowszy") >= 6
    assert "Kronika miasta" not in page
    assert titles(get(client, link(page, "Wszystkie w archiwum (8)")))
    assert "(8)" in get(client, "/tematy/")
    get(client, "/tematy/nie-ma/", status=404)


def test_hidden_pages_are_neither_on_a_topic_nor_in_its_count(client, history):
    ArticleFactory(title="Widać", topics=[history])
    ArticleFactory(title="Szkic", topics=[history], live=False)
    ArticleFactory(title="Niżej", topics=[history], parent=ThematicMonthFactory(live=False))
    journal.deliver()
    page = get(client, "/tematy/historia/")
    assert "Szkic" not in page
    assert "Niżej" not in page
    assert "(1)" in get(client, "/tematy/")


def test_hit_in_a_transcript_opens_the_recording_at_its_minute(client):
    webinar = WebinarFactory(
        title="Rozmowa",
        recording_url="https://vimeo.com/1",
        recording_consent=True,
        transcript="Dzień dobry.\nMówimy o hipopotamach.\nDo widzenia.",
        cue_times=[[0, 5_000], [125_000, 130_000], [200_000, 204_000]],
    )
    WebinarFactory(title="Hipopotam w tytule")
    journal.deliver()
    page = get(client, "/archiwum/?q=hipopotamy")
    assert link(page, "Rozmowa") == f"{path_of(webinar)}#t=125"
    assert "#t=" not in link(page, "<mark>Hipopotam</mark>")
    webinar.recording_consent = False
    webinar.save()
    journal.deliver()
    assert "Rozmowa" not in titles(get(client, "/archiwum/?q=hipopotamy"))


# The text of documents


def test_hit_in_a_pdf_opens_the_text_of_its_page(client, varia: HubDocument):
    PublicationFactory(title="Zbiór", slug="zbior", file=varia)
    journal.deliver()
    found = get(client, "/archiwum/?q=krokodylami")
    assert "strona 3 dokumentu" in found
    address = link(found, "Zbiór tekstów")
    page = get(client, address)
    assert address == f"/dokumenty/{varia.pk}/strona/3/?q=krokodylami"
    assert "<mark>krokodyl</mark>" in page
    assert link(page, "Zbiór") in {"/publikacje/zbior/", varia.url}
    before = get(client, link(page, "Poprzednia"))
    assert "Rozmowa o hipopotamach" in before
    assert link(before, "Wróć do wyników") == "/archiwum/?q=krokodylami"


def test_hit_in_a_pdf_with_the_number_of_a_webinar_opens_the_pdf(client, home):
    webinar = WebinarFactory(
        title="Nagranie", transcript="Mowa o krokodylu.", recording_consent=True
    )
    same = document(pdf("Okładka", "Hipopotam i krokodyl"), title="Zbiór", pk=webinar.pk)
    read_all()
    PublicationFactory(title="Tom", slug="tom", file=same)
    journal.deliver()
    found = get(client, "/archiwum/?q=krokodyl")
    assert link(found, "Zbiór") == f"/dokumenty/{same.pk}/strona/2/?q=krokodyl"
    assert link(found, "Nagranie") == path_of(webinar)


@pytest.mark.parametrize("number", [0, 4, 99999999999999999999])
def test_page_that_a_document_has_not_is_not_found(client, varia, number):
    PublicationFactory(file=varia)
    get(client, f"/dokumenty/{varia.pk}/strona/{number}/", status=404)


def test_text_of_a_document_is_for_those_who_may_have_it(client, varia):
    publication = PublicationFactory(file=varia, audience=Audience.MEMBERS)
    address = f"/dokumenty/{varia.pk}/strona/3/"
    assert "krokodyl" not in client.get(address).content.decode()
    assert client.get(address).status_code in (302, 404)
    client.force_login(MemberFactory())
    response = client.get(address)
    assert "krokodyl" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    client.logout()
    publication.audience = Audience.PUBLIC
    publication.save()
    assert client.get(address).status_code == 200
    publication.live = False
    publication.save()
    assert client.get(address).status_code == 404
