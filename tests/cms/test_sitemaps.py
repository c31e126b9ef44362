"""What search engines are told of, and what not."""

from xml.etree import ElementTree

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from cms import sitemaps
from cms.models import Audience
from cms.paths import path_of
from tests.cms.test_serving import restrict
from tests.factories import (
    ArticleFactory,
    EventFactory,
    PlaceFactory,
    QuestionFactory,
    ThematicMonthFactory,
    TopicFactory,
    in_hours,
)
from thematic_months.models import QuestionState

HUB = "http://localhost:8000"
NAMES = {"s": sitemaps.NAMESPACE}


LISTS = f"{HUB}/sitemap-listy-1.xml"


def addresses(client, address="/sitemap-strony-1.xml"):
    response = client.get(address)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)  # noqa: S314  (it is our own)
    return [each.text for each in root.findall("*/s:loc", NAMES)]


def test_index_names_its_parts_and_they_name_every_open_page_once(db, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "IN_A_FILE", 4)
    for _number in range(3):
        ArticleFactory()
    parts = addresses(client, "/sitemap.xml")
    number = Page.objects.filter(depth__gt=1).count()
    expected = [f"{HUB}/sitemap-strony-{n}.xml" for n in range(1, (number + 3) // 4 + 1)]
    assert sorted(parts) == sorted([*expected, LISTS])
    found = [url for part in expected for url in addresses(client, part.removeprefix(HUB))]
    expected = {f"{HUB}{path_of(page)}" for page in Page.objects.filter(depth__gt=1)}
    assert set(found) == expected
    assert len(found) == number


def test_part_that_there_is_not_is_not_found(db, client):
    for number in ("0", "2", "99999999999999999999"):
        assert client.get(f"/sitemap-strony-{number}.xml").status_code == 404


def test_hidden_pages_are_left_out_whoever_asks_and_doors_are_named(
    db, client, member, association
):
    month = ThematicMonthFactory()
    open_page = ArticleFactory(audience=Audience.MEMBERS)
    hidden = [
        ArticleFactory(live=False),
        ArticleFactory(parent=ThematicMonthFactory(live=False)),
        ArticleFactory(expire_at=in_hours(-1)),
        ArticleFactory(parent=month),
    ]
    restrict(month, PageViewRestriction.GROUPS, association)
    member.groups.add(association)
    client.force_login(member)
    found = addresses(client)
    assert f"{HUB}{path_of(open_page)}" in found
    assert {f"{HUB}{path_of(page)}" for page in hidden}.isdisjoint(found)


def test_last_change_is_that_of_readers_not_of_drafts(db, client):
    page = ArticleFactory(live=False)
    with transaction.atomic():
        page.save_revision().publish()
    page.refresh_from_db()
    before = client.get("/sitemap-strony-1.xml").content
    assert f"<lastmod>{page.last_published_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>".encode() in before
    page.title = "Szkic"
    with transaction.atomic():
        page.save_revision()
    assert client.get("/sitemap-strony-1.xml").content == before


def test_pages_of_a_frontend_are_named_there(db, client, settings):
    settings.FRONTEND_URL = "https://labib.example/"
    page = ArticleFactory()
    assert f"https://labib.example{path_of(page)}" in addresses(client)
    assert set(addresses(client, "/sitemap.xml")) == {f"{HUB}/sitemap-strony-1.xml", LISTS}


def test_robots_are_led_to_the_sitemap(db, client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert lines[-1] == f"Sitemap: {HUB}/sitemap.xml"


def test_sitemap_costs_the_same_queries_for_few_and_many(db, client, django_assert_max_num_queries):
    client.get("/")
    for number in (1, 6):
        for _each in range(number):
            ArticleFactory()
        # The index counts questions, topics and places too.
        for address, most in (("/sitemap.xml", 10), ("/sitemap-strony-1.xml", 7)):
            with django_assert_max_num_queries(most):
                assert client.get(address).status_code == 200


def test_published_questions_have_a_file_of_their_own_and_no_others(db, client):
    assert set(addresses(client, "/sitemap.xml")) == {f"{HUB}/sitemap-strony-1.xml", LISTS}
    month = ThematicMonthFactory()
    question = QuestionFactory(month=month, state=QuestionState.PUBLISHED)
    QuestionFactory(month=month)
    QuestionFactory(month=ThematicMonthFactory(live=False), state=QuestionState.PUBLISHED)
    part = f"{HUB}/sitemap-pytania-1.xml"
    assert part in addresses(client, "/sitemap.xml")
    assert addresses(client, "/sitemap-pytania-1.xml") == [f"{HUB}{question.path}"]


def test_places_are_named_where_something_open_took_place(db, client):
    EventFactory(place=PlaceFactory(slug="klodzko"))
    EventFactory(place=PlaceFactory(slug="skryte"), live=False)
    PlaceFactory(slug="puste")
    assert addresses(client, "/sitemap-miejsca-1.xml") == [f"{HUB}/miejsca/klodzko/"]


def test_file_of_unknown_things_is_not_found(db, client):
    assert client.get("/sitemap-hasla-1.xml").status_code == 404


def test_lists_and_topics_are_named_too(db, client):
    TopicFactory(slug="historia")
    assert addresses(client, "/sitemap-tematy-1.xml") == [f"{HUB}/tematy/historia/"]
    lists = ["/archiwum/", "/tematy/", "/wydarzenia/"]
    assert addresses(client, "/sitemap-listy-1.xml") == [f"{HUB}{each}" for each in lists]
