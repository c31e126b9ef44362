"""Feeds, read as a feed reader reads them."""

import datetime

import feedparser
import pytest
from django.db import transaction
from wagtail.models import PageViewRestriction

from cms.images import make_renditions
from cms.models import Audience
from cms.paths import path_of
from tests.cms.test_serving import restrict
from tests.factories import (
    ArticleFactory,
    EventFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
    PublicationFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    body,
    in_hours,
)
from thematic_months.models import ArticleIndex

HUB = "http://localhost:8000"


def read(client, address="/nowosci.rss"):
    response = client.get(address)
    assert response.status_code == 200
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    return feed


def titles(feed):
    return [entry.title for entry in feed.entries]


def article(**fields):
    return ArticleFactory(parent=ArticleIndex.objects.get(), **fields)


@pytest.mark.parametrize(("form", "version"), [("rss", "rss20"), ("atom", "atom10")])
def test_article_stands_there_whole(db, client, form, version):
    image = HubImageFactory()
    make_renditions(image)
    page = article(
        title="Książka & <półka>",
        lead="Wstęp.",
        body=body("Tekst „cały”."),
        published_on=datetime.date(2026, 5, 6),
        cover=image,
        topics=[TopicFactory(title="Zbiory")],
        contributions=[{"name": "Anna Nowak"}, {"name": "Jan Kowalski"}],
    )
    response = client.get(f"/nowosci.{form}")
    assert response["Content-Type"] == f"application/{form}+xml; charset=utf-8"
    feed = read(client, f"/nowosci.{form}")
    assert feed.version == version
    assert feed.feed.title == "LABiB – co nowego"
    assert feed.feed.links[-1].href == f"{HUB}/nowosci.{form}"
    (entry,) = feed.entries
    assert entry.link == f"{HUB}{path_of(page)}"
    assert entry.id == f"urn:uuid:{page.translation_key}"
    assert entry.published_parsed[:5] == (2026, 5, 5, 22, 0)
    assert [tag.term for tag in entry.tags] == ["Zbiory"]
    assert entry.content[0].value == "<p>Tekst „cały”.</p>"
    (enclosure,) = entry.enclosures
    assert enclosure.href.startswith(f"{HUB}/media/images/")
    assert enclosure.type == "image/jpeg"
    assert "Anna Nowak" in response.content.decode()
    assert "Jan Kowalski" in response.content.decode()


def test_addresses_in_a_text_are_absolute(db, client):
    page, document = StandardPageFactory(), HubDocumentFactory()
    article(
        body=[
            (
                "text",
                f'<p><a linktype="page" id="{page.pk}">Strona</a> '
                f'<a linktype="document" id="{document.pk}">Plik</a> '
                '<a href="https://example.org/a">Gdzie indziej</a></p>',
            )
        ]
    )
    (entry,) = read(client).entries
    assert entry.content[0].value == (
        f'<p><a href="{HUB}{path_of(page)}">Strona</a> <a href="{HUB}{document.url}">Plik</a> '
        '<a href="https://example.org/a">Gdzie indziej</a></p>'
    )


def test_pages_of_a_frontend_are_linked_to_there_and_files_on_the_hub(db, client, settings):
    settings.FRONTEND_URL = "https://labib.example"
    document = HubDocumentFactory()
    page = article(body=[("document", {"document": document, "title": ""})])
    (entry,) = read(client).entries
    assert entry.link == f"https://labib.example{path_of(page)}"
    assert f'href="{HUB}{document.url}"' in entry.content[0].value


def test_text_for_members_is_there_with_its_lead_alone_also_for_members(db, client, member):
    page = article(audience=Audience.MEMBERS, lead="Wstęp.", body=body("Sekret sieci."))
    client.force_login(member)
    for form in ("rss", "atom"):
        response = client.get(f"/nowosci.{form}")
        assert "Wstęp." in response.content.decode()
        assert "Sekret" not in response.content.decode()
    assert page.title in titles(read(client))


def test_only_what_everyone_may_see_is_there_whoever_asks(db, client, member, association):
    shown = article(
        title="Jawny",
        contributions=[{"expert": ExpertFactory(live=False, title="Tajna Ekspertka")}],
    )
    article(title="Tajny szkic", live=False)
    private = article(title="Tajny dla zalogowanych")
    restrict(private, PageViewRestriction.LOGIN)
    group = article(title="Tajny dla grupy")
    restrict(group, PageViewRestriction.GROUPS, association)
    article(title="Tajny wygasły", expire_at=in_hours(-1))
    ArticleFactory(
        parent=ThematicMonthFactory(live=False, title="Tajny miesiąc"), title="Tajny niżej"
    )
    member.groups.add(association)
    client.force_login(member)
    for form in ("rss", "atom"):
        content = client.get(f"/nowosci.{form}").content.decode()
        assert shown.title in content
        assert "Tajn" not in content
    assert client.get(f"/nowosci/{private.pk}.rss").status_code == 404


def test_feeds_of_a_series_of_a_topic_and_of_a_kind(db, client):
    topic = TopicFactory(slug="seniorzy", title="Seniorzy")
    series = SeriesFactory(title="Seria")
    month = ThematicMonthFactory(parent=series, title="Miesiąc", published_on="2026-01-01")
    ArticleFactory(parent=month, title="Artykuł", topics=[topic], published_on="2026-01-02")
    WebinarFactory(parent=month, title="Webinar", published_on="2026-01-03")
    PublicationFactory(title="Książka", topics=[topic], published_on="2026-01-04")
    EventFactory(title="Spotkanie", published_on="2026-01-05")
    assert titles(read(client)) == ["Spotkanie", "Książka", "Webinar", "Artykuł", "Miesiąc"]
    assert titles(read(client, f"/nowosci/{series.pk}.atom")) == ["Webinar", "Artykuł", "Miesiąc"]
    feed = read(client, "/nowosci/temat/seniorzy.rss")
    assert titles(feed) == ["Książka", "Artykuł"]
    assert feed.feed.title == "LABiB – co nowego: Seniorzy"
    assert titles(read(client, "/nowosci/rodzaj/publikacje.rss")) == ["Książka"]
    assert titles(read(client, "/nowosci/rodzaj/webinary.atom")) == ["Webinar"]


@pytest.mark.parametrize(
    "address",
    [
        "/nowosci/999999.rss",
        "/nowosci/temat/nie-ma.rss",
        "/nowosci/rodzaj/nie-ma.atom",
        "/nowosci.json",
    ],
)
def test_feed_of_nothing_is_not_found(db, client, address):
    assert client.get(address).status_code == 404


def test_entry_is_the_same_one_after_a_move(db, client):
    page = ArticleFactory()
    before = {entry.title: entry.id for entry in read(client).entries}
    with transaction.atomic():
        page.move(ArticleIndex.objects.get(), pos="last-child")
    after = {entry.title: entry for entry in read(client).entries}
    assert after[page.title].id == before[page.title]
    page.refresh_from_db()
    assert after[page.title].link == f"{HUB}{path_of(page)}"


def test_feed_is_kept_by_caches_and_not_sent_twice(db, client):
    article()
    for address in ("/nowosci.rss", "/nowosci/rodzaj/webinary.rss"):
        first = client.get(address)
        assert first["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in first.get("Vary", "")
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(address).status_code == 200


def test_feed_costs_the_same_queries_for_few_and_many(db, client, django_assert_max_num_queries):
    client.get("/")
    for number in (1, 5):
        for _each in range(number):
            ArticleFactory(
                cover=HubImageFactory(),
                topics=[TopicFactory()],
                contributions=[{"expert": ExpertFactory()}],
                body=[
                    ("page_card", {"page": StandardPageFactory()}),
                    ("image", {"image": HubImageFactory(), "caption": ""}),
                    ("document", {"document": HubDocumentFactory()}),
                ],
            )
            PublicationFactory(cover=HubImageFactory(), contributions=[{"name": "Anna Nowak"}])
        with django_assert_max_num_queries(20):
            assert client.get("/nowosci.rss").status_code == 200


def test_page_names_its_feeds(db, client):
    series = SeriesFactory(title="Seria")
    html = client.get(path_of(series)).content.decode()
    for form in ("rss", "atom"):
        assert f'<link rel="alternate" type="application/{form}+xml"' in html
        assert f'href="{HUB}/nowosci.{form}"' in html
        assert f'href="{HUB}/nowosci/{series.pk}.{form}"' in html
    assert f"webcal://localhost:8000/kalendarz/{series.pk}.ics" in html


def test_page_that_not_everyone_may_see_has_no_feed_of_its_own(db, client, member):
    series = SeriesFactory()
    restrict(series, PageViewRestriction.LOGIN)
    client.force_login(member)
    html = client.get(path_of(series)).content.decode()
    assert f"/nowosci/{series.pk}" not in html
    assert f"/kalendarz/{series.pk}" not in html
