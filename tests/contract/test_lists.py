"""Lists: orders, conditions, cursors, and lists below other things."""

import base64
import json

import pytest
from django.test import Client

from tests.contract.operations import send
from tests.factories import (
    ArticleFactory,
    EventFactory,
    ExpertFactory,
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
from thematic_months.models import Answer, Invitation, QuestionState


@pytest.fixture
def ask(home):
    """ask(query, **variables) → data; fails on any error."""

    def run(query, **variables):
        answer = send(Client(), query, variables=variables).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return run


@pytest.fixture
def series(home):
    return SeriesFactory(slug="cykl")


def titles(connection):
    return [node["title"] for node in connection["nodes"]]


def all_pages(ask, query):
    """Titles of the whole list, asked for two at a time."""
    found, after = [], None
    while True:
        [answer] = ask(query, after=after).values()
        found += titles(answer)
        if not answer["pageInfo"]["hasNextPage"]:
            return found
        after = answer["pageInfo"]["endCursor"]


POLISH = [
    "Adam Ćma",
    "Adam Dąb",
    "Łucja Lis",
    "Maria Żuk",
    "Marta Aks",
    "Zofia Nowak",
    "Żaneta Bąk",
]


def test_experts_are_in_the_order_of_a_polish_dictionary(ask, home):
    for name in reversed(POLISH):
        ExpertFactory(title=name)
    assert titles(ask("{ experts { nodes { title } } }")["experts"]) == POLISH


def test_cursors_of_the_polish_order_lead_through_the_whole_list(ask, home):
    for name in reversed(POLISH):
        ExpertFactory(title=name)
    query = """query ($after: String) {
        experts(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { title } }
    }"""
    assert all_pages(ask, query) == POLISH


@pytest.mark.parametrize("order", ["NEWEST", "OLDEST", "TITLE"])
def test_cursors_lead_through_webinars_that_start_together(ask, series, order):
    month = ThematicMonthFactory(parent=series)
    starts, ends = in_hours(3), in_hours(4)
    for title in "abcde":
        WebinarFactory(parent=month, title=title, starts=starts, ends=ends)
    query = f"""query ($after: String) {{ webinars(first: 2, after: $after, orderBy: {order}) {{
        pageInfo {{ hasNextPage endCursor }} nodes {{ title }} }} }}"""
    expected = "edcba" if order == "NEWEST" else "abcde"
    assert all_pages(ask, query) == list(expected)


def test_list_below_each_of_several_things_has_its_own_page_and_count(ask, series):
    for number in (1, 2):
        month = ThematicMonthFactory(parent=series, year=2025, month=number)
        for letter in "abc"[: number + 1]:
            ArticleFactory(parent=month, title=f"{letter}{number}")
    answer = ask("""{ thematicMonths(orderBy: OLDEST) { nodes {
        articles(first: 2, orderBy: TITLE) { totalCount pageInfo { hasNextPage } nodes { title } }
    } } }""")["thematicMonths"]
    lists = [month["articles"] for month in answer["nodes"]]
    assert [titles(each) for each in lists] == [["a1", "b1"], ["a2", "b2"]]
    assert [each["totalCount"] for each in lists] == [2, 3]
    assert [each["pageInfo"]["hasNextPage"] for each in lists] == [False, True]


def test_cursor_of_a_list_below_a_thing_leads_on_in_it(ask, series):
    month = ThematicMonthFactory(parent=series)
    for letter in "abc":
        ArticleFactory(parent=month, title=letter)
    query = """query ($after: String) { series(slug: "cykl") {
        articles(first: 2, after: $after, orderBy: TITLE) { pageInfo { endCursor } nodes { title } }
    } }"""
    first = ask(query)["series"]["articles"]
    rest = ask(query, after=first["pageInfo"]["endCursor"])["series"]["articles"]
    assert (titles(first), titles(rest)) == (["a", "b"], ["c"])


def test_expert_with_two_roles_in_an_article_has_it_once(ask, series):
    expert = ExpertFactory(slug="ola")
    twice = [{"expert": expert, "role": "AUTHOR"}, {"expert": expert, "role": "EDITOR"}]
    ArticleFactory(parent=series, title="Raz", contributions=twice)
    ArticleFactory(parent=series, title="Dwa", contributions=[{"expert": expert}])
    query = '{ expert(slug: "ola") { articles(orderBy: TITLE) { totalCount nodes { title } } } }'
    articles = ask(query)["expert"]["articles"]
    assert (titles(articles), articles["totalCount"]) == (["Dwa", "Raz"], 2)


def test_expert_has_the_months_that_they_confirmed(ask, series):
    expert = ExpertFactory(slug="ola")
    for number, invitation in enumerate(Invitation, start=1):
        invited = [{"expert": expert, "invitation": invitation}]
        ThematicMonthFactory(
            parent=series, title=invitation.value, year=2025, month=number, experts=invited
        )
    answer = ask('{ expert(slug: "ola") { months { nodes { title } } } }')
    assert titles(answer["expert"]["months"]) == ["CONFIRMED"]


def test_topic_has_everything_about_it(ask, series):
    topic = TopicFactory(slug="seniorzy")
    month = ThematicMonthFactory(parent=series, title="miesiąc", topics=[topic])
    ArticleFactory(parent=month, title="artykuł", topics=[topic])
    WebinarFactory(parent=month, title="webinar", topics=[topic])
    project = ProjectFactory(title="projekt", topics=[topic])
    EventFactory(parent=project, title="spotkanie", topics=[topic])
    PublicationFactory(title="książka", topics=[topic])
    kinds = ["months", "articles", "webinars", "projects", "events", "publications"]
    fields = " ".join(f"{kind} {{ nodes {{ title }} }}" for kind in kinds)
    answer = ask(f'{{ topic(slug: "seniorzy") {{ {fields} }} }}')["topic"]
    assert [titles(answer[kind]) for kind in kinds] == [
        ["miesiąc"],
        ["artykuł"],
        ["webinar"],
        ["projekt"],
        ["spotkanie"],
        ["książka"],
    ]


STATES = {
    "PLANNED": {"starts": in_hours(2), "ends": in_hours(3)},
    "LIVE": {"starts": in_hours(-1), "ends": in_hours(1)},
    "ENDED": {"starts": in_hours(-3), "ends": in_hours(-2)},
    "RECORDING": {
        "starts": in_hours(-3),
        "ends": in_hours(-2),
        "recording_url": "https://example.org/film",
        "recording_consent": True,
    },
    "CANCELLED": {"starts": in_hours(2), "ends": in_hours(3), "status": "CANCELLED"},
    "POSTPONED": {"starts": in_hours(-3), "ends": in_hours(-2), "status": "POSTPONED"},
    "REGISTRATION": {
        "starts": in_hours(2),
        "ends": in_hours(3),
        "status": "REGISTRATION",
        "registration_url": "https://example.org/zapisy",
    },
}


@pytest.mark.parametrize("state", STATES)
def test_webinars_are_filtered_by_the_state_that_they_are_in_now(ask, series, state):
    month = ThematicMonthFactory(parent=series)
    for values in STATES.values():
        WebinarFactory(parent=month, **values)
    query = f"{{ webinars(where: {{ states: [{state}] }}) {{ totalCount nodes {{ state }} }} }}"
    assert ask(query)["webinars"] == {"totalCount": 1, "nodes": [{"state": state}]}


def test_events_are_filtered_by_voivodeship_and_day(ask, home):
    place = PlaceFactory(voivodeship="OPOLSKIE", slug="opole")
    project = ProjectFactory()
    EventFactory(parent=project, title="tak", place=place, starts=in_hours(5), ends=in_hours(6))
    EventFactory(parent=project, place=place, starts=in_hours(-5), ends=in_hours(-4))
    EventFactory(parent=project, starts=in_hours(5), ends=in_hours(6))
    query = """query ($from: DateTime) { events(where: {
        voivodeships: [OPOLSKIE], startsFrom: $from
    }) { nodes { title } } }"""
    assert titles(ask(query, **{"from": in_hours(1).isoformat()})["events"]) == ["tak"]


def test_any_of_several_topics_lists_a_page_once(ask, series):
    topics = [TopicFactory(slug="a"), TopicFactory(slug="b")]
    ArticleFactory(parent=series, title="oba", topics=topics)
    query = '{ articles(where: { topics: ["a", "b"] }) { totalCount nodes { title } } }'
    assert ask(query)["articles"] == {"totalCount": 1, "nodes": [{"title": "oba"}]}


def test_unknown_slug_finds_nothing(ask, series):
    ArticleFactory(parent=series)
    for condition in ('series: "nie"', 'expert: "nie"', 'topics: ["nie"]'):
        query = f"{{ articles(where: {{ {condition} }}) {{ totalCount }} }}"
        assert ask(query)["articles"]["totalCount"] == 0


def test_filter_by_a_hidden_expert_tells_nothing_of_their_work(ask, series):
    hidden = ExpertFactory(slug="tajna", live=False)
    month = ThematicMonthFactory(
        parent=series, experts=[{"expert": hidden, "invitation": Invitation.CONFIRMED}]
    )
    ArticleFactory(parent=month, contributions=[{"expert": hidden}])
    answer = Answer(expert=hidden, text="Tak.")
    QuestionFactory(month=month, state=QuestionState.PUBLISHED, answers=[answer])
    for field in ("articles", "thematicMonths", "questions"):
        query = f'{{ {field}(where: {{ expert: "tajna" }}) {{ totalCount }} }}'
        assert ask(query)[field]["totalCount"] == 0


def forged(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    [
        forged("2020-01-01"),
        forged("2020-01-01", "1"),
        forged("2020-13-01", 1),
        forged(1, 1),
        forged(None, 1),
        forged("2020-01-01", 10**30),
        forged({"a": 1}, 1),
        forged("2020-01-01", [1]),
        "ą",
        "====",
        "a" * 3000,
    ],
)
def test_forged_cursor_is_a_clear_error(home, cursor):
    query = "query ($after: String) { articles(after: $after) { nodes { title } } }"
    [error] = send(Client(), query, variables={"after": cursor}).json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "endCursor" in error["message"]


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "2026-01-01T00:00:00", "2026-01-01", "", "jutro"]
)
def test_cursor_with_a_moment_that_is_none_is_a_clear_error(home, moment):
    query = "query ($after: String) { webinars(after: $after) { nodes { title } } }"
    [error] = send(Client(), query, variables={"after": forged(moment, 1)}).json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("arguments", ["", '(slug: "a", id: 1)'])
def test_single_thing_needs_exactly_one_name(home, arguments):
    [error] = send(Client(), f"{{ expert{arguments} {{ title }} }}").json()["errors"]
    assert error["message"] == "Give one of `id`, `path`, `slug`."


def test_single_thing_is_found_by_path_slug_and_id(ask, home):
    expert = ExpertFactory(title="Ola Kos", slug="ola-kos")
    path = ask(f"{{ page(id: {expert.pk}) {{ path }} }}")["page"]["path"]
    for argument in (f'path: "{path}"', 'slug: "ola-kos"', f'id: "{expert.pk}"'):
        assert ask(f"{{ expert({argument}) {{ title }} }}") == {"expert": {"title": "Ola Kos"}}


@pytest.mark.parametrize("identifier", ["x", "-1", "1.5", "", "9" * 40, "٣"])
def test_malformed_id_is_a_clear_error(home, identifier):
    query = "query ($id: ID!) { page(id: $id) { title } }"
    [error] = send(Client(), query, variables={"id": identifier}).json()["errors"]
    assert error["message"] == "`id` is not an identifier of the hub."
