"""The page of all feeds and calendars."""

import re
from html import unescape

import pytest
from wagtail.models import PageViewRestriction

from tests.cms.test_serving import restrict
from tests.factories import (
    ArticleFactory,
    SeriesFactory,
    ThematicMonthFactory,
    TopicFactory,
    home_page,
)
from thematic_months.models import ArticleIndex

pytestmark = pytest.mark.django_db


@pytest.fixture
def html(client) -> str:
    series = SeriesFactory(title="Nowa dekada")
    ThematicMonthFactory(parent=series)
    hidden = SeriesFactory(title="Cykl dla grupy")
    ThematicMonthFactory(parent=hidden)
    restrict(hidden, PageViewRestriction.LOGIN)
    home_page().add_child(instance=ArticleIndex(title="Pusty dział", slug="pusty"))
    topic = TopicFactory(title="Seniorzy", slug="seniorzy")
    ArticleFactory(topics=[topic])
    return unescape(client.get("/kanaly/").content.decode())


def addresses(html: str, name: str) -> list[str]:
    [row] = re.findall(rf"<li>\s*<span>{name}</span>.*?</li>", html, re.DOTALL)
    return re.findall(r'href="([^"]+)"', row)


def test_kind_has_its_feeds_there(html):
    assert addresses(html, "Artykuły") == [
        "/nowosci/rodzaj/artykuly.rss",
        "/nowosci/rodzaj/artykuly.atom",
    ]


def test_topic_has_its_feeds_and_calendar_there(html):
    assert addresses(html, "Seniorzy") == [
        "/nowosci/temat/seniorzy.rss",
        "/nowosci/temat/seniorzy.atom",
        "webcal://localhost:8000/kalendarz/temat/seniorzy.ics",
    ]


def test_each_address_of_the_page_is_answered(client, html):
    found = re.findall(r'href="(?:webcal://localhost:8000)?(/(?:nowosci|kalendarz)[^"]*)"', html)
    # Of all, of five kinds, of two sections and of a topic.
    assert len(found) == 3 + 5 * 2 + 2 * 3 + 3
    assert {client.get(address).status_code for address in found} == {200}


def test_only_what_everyone_may_see_is_there(html):
    assert "Nowa dekada" in html
    assert "Cykl dla grupy" not in html
    assert "Pusty dział" not in html


def test_every_page_leads_there(client, html):
    assert 'href="/kanaly/">Kanały RSS i kalendarze</a>' in client.get("/").content.decode()
