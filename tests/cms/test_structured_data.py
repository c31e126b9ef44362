"""What the head of a page tells machines: JSON-LD, Open Graph and the one address."""

import datetime
import json
import re
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from cms.images import make_renditions
from cms.models import Audience, Licence
from cms.paths import path_of
from cms.structured_data import json_ld
from projects.models import EventStatus, ProjectIndex
from tests.cms.test_serving import FACTORIES, restrict
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    EventFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
    PlaceFactory,
    ProjectFactory,
    PublicationFactory,
    QuestionFactory,
    SeriesFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    in_hours,
)
from thematic_months.models import ArticleIndex, WebinarStatus
from thematic_months.structured_data import qa_page

HUB = "http://localhost:8000"
WARSAW = ZoneInfo("Europe/Warsaw")


def head(client, page, query=""):
    return BeautifulSoup(client.get(path_of(page) + query).content, "html.parser").head


def graph(client, page):
    (script,) = head(client, page).find_all("script", type="application/ld+json")
    data = json.loads(script.string)
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def node(client, page):
    return graph(client, page)[0]


def meta(client, page):
    tags = head(client, page).find_all("meta")
    return {tag.get("property") or tag.get("name"): tag.get("content") for tag in tags}


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_kind_of_page_says_what_it_is_where_it_is_and_what_is_above(db, client, factory):
    page = factory(title="Tytuł", lead="Wstęp.")
    own, site, above = graph(client, page)
    address = f"{HUB}{path_of(page)}"
    assert (own["name"], own["url"], own["description"]) == ("Tytuł", address, "Wstęp.")
    assert own["@type"]
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == (
        f"{HUB}/archiwum/?q={{search_term_string}}"
    )
    assert above["@type"] == "BreadcrumbList"
    steps = above["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[0] == {
        "@type": "ListItem",
        "position": 1,
        "name": "Strona główna",
        "item": f"{HUB}/",
    }
    assert (steps[-1]["name"], steps[-1]["item"]) == ("Tytuł", address)


def test_home_page_has_no_breadcrumb_and_tells_of_the_network(home, client):
    own, site = graph(client, home)
    assert own["about"]["@type"] == "Organization"
    assert site["publisher"]["name"] == "LABiB"


def test_article(db, client):
    image = HubImageFactory(description="Regał")
    make_renditions(image)
    expert = ExpertFactory(title="Anna Nowak")
    page = ArticleFactory(
        published_on="2016-05-06",
        cover=image,
        licence=Licence.CC_BY_4,
        topics=[TopicFactory(title="Zbiory")],
        contributions=[{"expert": expert}, {"name": "Jan Kowalski"}],
    )
    own = node(client, page)
    assert own["@type"] == "Article"
    assert own["datePublished"] == "2016-05-06"
    assert own["author"] == [
        {"@type": "Person", "name": "Anna Nowak", "url": f"{HUB}{path_of(expert)}"},
        {"@type": "Person", "name": "Jan Kowalski"},
    ]
    assert own["keywords"] == ["Zbiory"]
    assert own["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert own["isAccessibleForFree"] is True
    assert own["image"]["url"].startswith(f"{HUB}/media/images/")
    tags = meta(client, page)
    assert tags["og:type"] == "article"
    assert tags["og:image"] == own["image"]["url"]
    assert tags["og:image:alt"] == "Regał"
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["article:published_time"] == "2016-05-06"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (WebinarStatus.PLANNED, "https://schema.org/EventScheduled"),
        (WebinarStatus.POSTPONED, "https://schema.org/EventPostponed"),
        (WebinarStatus.CANCELLED, "https://schema.org/EventCancelled"),
    ],
)
def test_webinar_is_an_event_with_its_state(db, client, status, expected):
    page = WebinarFactory(status=status, starts=datetime.datetime(2030, 7, 4, 17, 0, tzinfo=WARSAW))
    own = node(client, page)
    assert own["@type"] == ["Event", "BroadcastEvent"]
    assert own["eventStatus"] == expected
    assert own["startDate"] == "2030-07-04T17:00:00+02:00"
    assert own["endDate"] == "2030-07-04T18:00:00+02:00"
    assert own["location"] == {"@type": "VirtualLocation", "url": f"{HUB}{path_of(page)}"}
    assert "recordedIn" not in own


def test_address_for_joining_is_told_to_no_machine(db, client, member):
    page = WebinarFactory(join_url="https://example.org/pokoj")
    client.force_login(member)
    assert "pokoj" not in str(head(client, page))


def test_recording_is_told_of_to_those_who_may_see_it(db, client, member):
    page = WebinarFactory(
        title="Webinar",
        audience=Audience.MEMBERS,
        starts=in_hours(-5),
        recording_url="https://www.youtube.com/watch?v=abcdefghijk",
        recorded_on=datetime.date(2026, 5, 6),
        recording_consent=True,
    )
    own = node(client, page)
    assert "recordedIn" not in own
    assert own["isAccessibleForFree"] is False
    client.force_login(member)
    assert node(client, page)["recordedIn"] == {
        "@type": "VideoObject",
        "name": "Webinar",
        "description": "Webinar",
        "uploadDate": "2026-05-06",
        "embedUrl": "https://www.youtube-nocookie.com/embed/abcdefghijk",
        "url": "https://www.youtube.com/watch?v=abcdefghijk",
    }


def test_event_is_where_it_is(db, client):
    place = PlaceFactory(name="Biblioteka Miejska", town="Kłodzko")
    own = node(client, EventFactory(place=place, status=EventStatus.CANCELLED, is_online=False))
    assert own["eventStatus"] == "https://schema.org/EventCancelled"
    assert own["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert [each["name"] for each in own["location"]] == ["Biblioteka Miejska"]
    assert own["location"][0]["address"]["addressLocality"] == "Kłodzko"
    both = node(client, EventFactory(place=place))
    assert both["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [each["@type"] for each in both["location"]] == ["Place", "VirtualLocation"]


def test_expert_is_a_person(db, client):
    page = ExpertFactory(
        title="Anna Nowak", links=[{"label": "Blog", "url": "https://example.org/anna"}]
    )
    own = node(client, page)
    assert own["@type"] == "Person"
    assert own["sameAs"] == ["https://example.org/anna"]
    assert "isAccessibleForFree" not in own
    assert meta(client, page)["og:type"] == "profile"


def test_publication_is_a_book_with_its_file(db, client):
    page = PublicationFactory(
        year=2015, isbn="9788301000004", publisher="Wydawnictwo", file=HubDocumentFactory()
    )
    own = node(client, page)
    assert own["@type"] == "Book"
    assert (own["isbn"], own["datePublished"], own["inLanguage"]) == (
        "9788301000004",
        "2015",
        "pl",
    )
    assert own["publisher"] == {"@type": "Organization", "name": "Wydawnictwo"}
    assert own["encoding"]["contentUrl"] == f"{HUB}{page.file.url}"


def test_file_for_members_is_told_to_no_one_else(db, client):
    page = PublicationFactory(audience=Audience.MEMBERS, file=HubDocumentFactory())
    assert "encoding" not in node(client, page)


def test_series_and_month_are_collections_of_what_the_viewer_sees(db, client, member):
    series = SeriesFactory()
    month = ThematicMonthFactory(parent=series, title="Miesiąc", theme="Temat")
    ThematicMonthFactory(parent=series, title="Tajny", live=False)
    private = ThematicMonthFactory(parent=series, title="Dla zalogowanych")
    restrict(private, PageViewRestriction.LOGIN)
    own = node(client, series)
    assert own["@type"] == "CollectionPage"
    assert own["hasPart"] == [
        {"@type": "WebPage", "name": "Miesiąc", "url": f"{HUB}{path_of(month)}"}
    ]
    client.force_login(member)
    assert {part["name"] for part in node(client, series)["hasPart"]} == {
        "Miesiąc",
        "Dla zalogowanych",
    }
    assert node(client, month)["about"] == "Temat"


def test_hidden_expert_is_named_to_no_machine(db, client):
    page = ArticleFactory(contributions=[{"expert": ExpertFactory(title="Tajna", live=False)}])
    assert "Tajna" not in str(head(client, page))


def test_page_of_a_question(db):
    question = QuestionFactory(text="Jak zacząć?", display_name="")
    expert = ExpertFactory(title="Anna Nowak")
    moment = AnswerFactory(question=question, expert=expert).answered_at
    answer = {"text": "Od rozmowy.", "answered_at": moment, "expert": expert}
    page, site = qa_page(question, [answer], f"{HUB}/pytania/1/")
    assert (page["@type"], site["@type"]) == ("QAPage", "WebSite")
    asked = page["mainEntity"]
    assert (asked["@type"], asked["name"], asked["answerCount"]) == ("Question", "Jak zacząć?", 1)
    assert "author" not in asked
    assert asked["suggestedAnswer"][0]["text"] == "Od rozmowy."
    assert asked["suggestedAnswer"][0]["author"]["name"] == "Anna Nowak"


def test_text_cannot_end_the_script_it_stands_in(db, client):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    page = ArticleFactory(title=evil)
    html = client.get(path_of(page)).content.decode()
    assert "<script>alert" not in html
    assert node(client, page)["name"] == evil
    assert not re.search("[<>&\u2028\u2029]", json_ld([{"name": evil}]))


def test_later_pages_of_a_list_are_pages_of_their_own(db, client):
    index = ArticleIndex.objects.get()
    for _number in range(25):
        ArticleFactory(parent=index)
    canonical = f"{HUB}{path_of(index)}"
    for query, expected in (
        ("", canonical),
        ("?strona=1", canonical),
        ("?strona=2&x=1", f"{canonical}?strona=2"),
        ("?strona=99", f"{canonical}?strona=2"),
        ("?utm_source=a", canonical),
    ):
        assert head(client, index, query).find("link", rel="canonical")["href"] == expected


def test_narrowed_list_is_a_page_of_its_own(db, client):
    index = ProjectIndex.objects.get()
    kind = ProjectFactory(parent=index).kind
    for _number in range(25):
        ProjectFactory(parent=index, kind=kind)
    canonical = f"{HUB}/projekty/?rodzaj={kind}"
    for query, expected in (
        (f"?rodzaj={kind}", canonical),
        (f"?strona=2&rodzaj={kind}", f"{canonical}&strona=2"),
        ("?rodzaj=NIEZNANY", f"{HUB}/projekty/"),
    ):
        assert head(client, index, query).find("link", rel="canonical")["href"] == expected


def test_shared_link_has_the_editors_title_and_description(db, client):
    page = ArticleFactory(seo_title="Dla wyszukiwarek", search_description="Opis.", lead="Wstęp.")
    tags = meta(client, page)
    assert tags["og:title"] == "Dla wyszukiwarek"
    assert tags["description"] == tags["og:description"] == "Opis."
