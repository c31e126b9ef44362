"""The files of the demo content, without a database."""

import shutil
from collections import Counter

import pytest

from demo import markup
from demo.content import CONTENT_DIR, Content, ContentError

CONTENT = Content()
PAGES = list(CONTENT.pages())
# What LABiB does, and the page that each activity has.
FACTS = {
    "12-miesiecy-tematycznych",
    "miesiace-tematyczne",
    "get-it",
    "moc-promocji",
    "zjazdy-sieci",
    "lokalne-spotkania",
    "bibliolaby",
    "strefa-eksperymentu",
    "re-animuj-sie",
    "praktyka-dla-praktyka",
    "kierunek-wizerunek",
    "bibliocamp",
    "uratuj-planete",
    "varia-o-webinariach",
    "varia-o-webinariach-pdf",
    "mloda-ksiazka",
    "cyfrowy-swiat",
    "grupa-ds-rozwoju-sieci",
}


def slugs(entries):
    return {entry["slug"] for entry in entries}


def events():
    return [event for project in CONTENT.projects for event in project.entries("events")]


def test_every_body_parses_and_names_only_what_exists():
    documents = slugs(CONTENT.publications)
    for page in PAGES:
        for block in markup.parse(page.get("body", ""), page.where):
            for reference in markup.references(block):
                if reference.kind == "page":
                    assert reference.name in CONTENT.page_slugs, block.where
                if reference.kind == "document":
                    assert reference.name in documents, block.where


def test_tips_are_by_experts():
    experts = slugs(CONTENT.experts)
    for page in PAGES:
        for block in markup.parse(page.get("body", ""), page.where):
            if block.type == "tip":
                assert block.value["expert"].name in experts, block.where


def test_topics_places_and_partners_exist():
    topics, places = slugs(CONTENT.topics), slugs(CONTENT.places)
    partners = slugs(CONTENT.partners)
    for page in PAGES:
        assert set(page.get("topics", [])) <= topics, page.where
        assert slugs(page.entries("partners")) <= partners, page.where
        if page.get("place"):
            assert page["place"] in places, page.where


def test_people_named_by_slug_are_experts():
    experts = slugs(CONTENT.experts)
    for page in PAGES:
        named = [
            who for key in ("authors", "trainers", "coordinators") for who in page.get(key, [])
        ]
        named += [row["who"] for row in page.entries("people")]
        assert {who for who in named if " " not in who} <= experts, page.where


def test_both_series_have_the_months_that_the_demo_promises():
    months = Counter(month["series"] for month in CONTENT.months)
    assert months["12-miesiecy-tematycznych"] >= 12
    assert months["miesiace-tematyczne"] >= 12


def test_no_two_months_of_a_series_have_one_date():
    dates = [
        (month["series"], month.get("year"), month.get("month"), month.get("offset"))
        for month in CONTENT.months
    ]
    assert len(set(dates)) == len(dates)


def test_the_demo_is_as_large_as_promised():
    articles = [article for month in CONTENT.months for article in month.entries("articles")]
    webinars = [webinar for month in CONTENT.months for webinar in month.entries("webinars")]
    assert len(articles) + len(CONTENT.articles) >= 120
    assert len(webinars) >= 30
    assert sum("days_from_now" in each and each["days_from_now"] > 0 for each in webinars) >= 3
    assert len(CONTENT.experts) == 20
    assert len(CONTENT.topics) == 18
    assert len(CONTENT.publications) == 6


def test_events_take_place_in_twelve_towns_or_more():
    towns = {place["slug"]: place["town"] for place in CONTENT.places}
    assert len({towns[event["place"]] for event in events() if event.get("place")}) >= 12


def test_questions_are_in_every_state_and_answered_where_they_must_be():
    questions = [question for month in CONTENT.months for question in month.entries("questions")]
    answered = {"ANSWERED", "PUBLISHED"}
    assert {each["state"] for each in questions} == {"NEW", "ACCEPTED", "DECLINED", *answered}
    for each in questions:
        assert bool(each["answers"]) == (each["state"] in answered), each.where


def test_every_row_of_the_facts_has_its_page():
    assert CONTENT.page_slugs >= FACTS


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(CONTENT_DIR, tmp_path / "content")


def test_a_broken_file_is_named(folder):
    (folder / "months" / "get-it.toml").write_text("slug = ", encoding="utf-8")
    with pytest.raises(ContentError, match=r"months/get-it\.toml: Invalid value"):
        Content(folder)


def test_a_slug_used_twice_is_refused(folder):
    with (folder / "groups.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[groups]]\nslug = "get-it"\n')
    with pytest.raises(ContentError, match="“get-it” is taken by"):
        Content(folder)


def test_a_missing_key_is_named_with_its_entry():
    with pytest.raises(ContentError, match=r"experts.toml, experts [a-z-]+: “surname” is missing"):
        CONTENT.experts[0]["surname"]
