"""What a preview token shows, and what it costs."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.api.operations import operations
from cms.preview import make_own_token
from tests.contract.operations import send
from tests.contract.previews import article_at, data, month_of, save_draft, token
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    HubImageFactory,
    MemberFactory,
    ProjectFactory,
    SeriesFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    body,
    in_hours,
)
from thematic_months.models import Article, Invitation, ThematicMonth


@pytest.fixture
def series(home):
    return SeriesFactory(title="12 miesięcy", slug="12-miesiecy")


@pytest.fixture
def month(series):
    return ThematicMonthFactory(
        parent=series, title="Senior w sieci", year=2026, month=10, live=False
    )


@pytest.fixture
def editor(home):
    return MemberFactory(is_superuser=True)


def test_page_that_was_never_live_is_seen_with_its_token_alone(month, editor):
    article = ArticleFactory(parent=month, title="Szkic", live=False)
    assert article_at(article) is None
    assert article_at(article, secret=token(article, editor))["title"] == "Szkic"


def test_draft_change_of_a_live_page_is_seen_with_its_token_alone(home, editor):
    article = ArticleFactory(title="Dziś", lead="Stary lead", body=body("Stary tekst"))
    save_draft(article, title="Jutro", lead="Nowy lead", body=body("Nowy tekst"))
    seen, live = article_at(article, secret=token(article, editor)), article_at(article)
    assert (live["title"], live["lead"]) == ("Dziś", "Stary lead")
    assert (seen["title"], seen["lead"]) == ("Jutro", "Nowy lead")
    assert "Stary tekst" in str(live["body"])
    assert "Nowy tekst" in str(seen["body"])


def test_rows_and_topics_of_a_draft_are_those_of_its_newest_revision(month, editor):
    old, new = TopicFactory(title="Stary", slug="stary"), TopicFactory(title="Nowy", slug="nowy")
    article = ArticleFactory(
        parent=month, topics=[old], contributions=[{"name": "Dawny Autor"}], live=False
    )
    draft = Article.objects.get(pk=article.pk)
    draft.topics.set([new])
    draft.contributions.set([Article.contributions.rel.related_model(name="Nowa Autorka")])
    save_draft(draft)
    seen = article_at(article, secret=token(article, editor))
    assert [topic["slug"] for topic in seen["topics"]] == ["nowy"]
    assert [each["displayName"] for each in seen["contributions"]] == ["Nowa Autorka"]


def test_experts_of_a_draft_month_are_those_of_its_newest_revision(month, editor):
    live, draft = ExpertFactory(title="Anna"), ExpertFactory(title="Ukryta", live=False)
    changed = ThematicMonth.objects.get(pk=month.pk)
    row = ThematicMonth.experts.rel.related_model
    changed.experts.set(
        [row(expert=each, invitation=Invitation.CONFIRMED) for each in (live, draft)]
        + [row(expert=ExpertFactory(title="Zaproszona"), invitation=Invitation.INVITED)]
    )
    save_draft(changed)
    seen = month_of(month, secret=token(month, editor, with_descendants=True))
    assert [expert["title"] for expert in seen["experts"]] == ["Anna"]


def test_month_lists_the_drafts_below_it_with_a_token_for_all(month, editor):
    never_live = ArticleFactory(parent=month, title="Szkic", live=False)
    save_draft(never_live, title="Szkic, drugi raz")
    WebinarFactory(parent=month, title="Webinar w przygotowaniu", live=False)
    alone = month_of(month, secret=token(month, editor))
    whole = month_of(month, secret=token(month, editor, with_descendants=True))
    assert (alone["articles"]["nodes"], alone["webinars"]["nodes"]) == ([], [])
    assert [each["title"] for each in whole["articles"]["nodes"]] == ["Szkic, drugi raz"]
    assert [each["title"] for each in whole["webinars"]["nodes"]] == ["Webinar w przygotowaniu"]


def test_list_shows_drafts_and_keeps_the_order_and_cursor_of_the_rows(month, series, editor):
    ThematicMonthFactory(parent=series, title="Wrzesień", year=2026, month=9)
    save_draft(month, title="Październik, szkic", year=2020)
    secret = token(month, editor)
    first = data("MonthList", first=1, secret=secret)["thematicMonths"]
    rest = data("MonthList", first=1, after=first["pageInfo"]["endCursor"], secret=secret)
    assert first["totalCount"] == 2
    assert [each["title"] for each in first["nodes"]] == ["Październik, szkic"]
    assert [each["title"] for each in rest["thematicMonths"]["nodes"]] == ["Wrzesień"]


def test_edge_shows_the_draft_and_keeps_the_cursor_of_its_row(month, editor):
    query = "{ thematicMonths { pageInfo { endCursor } edges { cursor node { title } } } }"
    save_draft(month, title="Szkic", year=2020)
    client = Client(headers={"Preview-Token": token(month, editor)})
    found = send(client, query).json()["data"]["thematicMonths"]
    assert [edge["node"]["title"] for edge in found["edges"]] == ["Szkic"]
    assert found["edges"][0]["cursor"] == found["pageInfo"]["endCursor"]


def test_draft_with_another_slug_keeps_its_path(home, editor):
    article = ArticleFactory(slug="dzis")
    save_draft(article, slug="jutro")
    assert article_at(article, secret=token(article, editor))["path"].endswith("/dzis/")


def test_draft_survives_what_it_referred_to(month, editor):
    expert, topic, cover = ExpertFactory(), TopicFactory(), HubImageFactory()
    article = ArticleFactory(parent=month, live=False)
    draft = Article.objects.get(pk=article.pk)
    draft.cover = cover
    draft.topics.set([topic])
    draft.contributions.set([Article.contributions.rel.related_model(expert=expert)])
    save_draft(draft)
    with transaction.atomic():
        expert.delete()
        topic.delete()
        cover.delete()
    seen = article_at(article, secret=token(article, editor))
    assert (seen["cover"], seen["topics"], seen["contributions"]) == (None, [], [])


def test_scheduled_page_is_seen_with_its_token(month, editor):
    article = ArticleFactory(parent=month, title="Zaplanowany", live=False)
    article.go_live_at = in_hours(5)
    with transaction.atomic():
        article.save_revision().publish()
    assert article_at(article) is None
    assert article_at(article, secret=token(article, editor))["title"] == "Zaplanowany"


def test_own_preview_shows_what_is_in_the_form_and_not_saved(home, editor):
    article = ArticleFactory(title="Dziś", body=body("Dziś"))
    article.title = "Niezapisany"
    article.contributions.set([Article.contributions.rel.related_model(name="Jan")])
    seen = article_at(article, secret=make_own_token(article, editor=editor))
    assert seen["title"] == "Niezapisany"
    assert [each["displayName"] for each in seen["contributions"]] == ["Jan"]
    assert article_at(article)["title"] == "Dziś"


def test_link_shows_the_draft_of_the_page_that_it_leads_to(home, editor):
    """Of a page that is only linked to, few columns are read."""
    project = ProjectFactory(title="Dziś", slug="projekt")
    article = ArticleFactory(subjects=[{"page": project}], body=[("page_card", {"page": project})])
    save_draft(project, title="Jutro", slug="inny")
    secret = token(project, editor)
    seen, live = article_at(article, secret=secret), article_at(article)
    path = project.url_path.removeprefix("/home")
    assert seen["subjects"] == [{"title": "Jutro", "path": path}]
    assert live["subjects"] == [{"title": "Dziś", "path": path}]
    assert [block["page"]["title"] for block in seen["body"]] == ["Jutro"]


def test_page_that_is_linked_to_first_and_read_later_shows_one_draft(month, editor):
    """A form may lack a value that every page has; then the row's stands for it, which a page that
    is only linked to was read without.
    """
    expert = ExpertFactory()
    month.experts.add(
        ThematicMonth.experts.rel.related_model(expert=expert, invitation=Invitation.CONFIRMED)
    )
    month.save()
    article = ArticleFactory(parent=month, contributions=[{"expert": expert}])
    month.title, month.year = "W formularzu", None
    query = """query Both($path: String!) { article(path: $path) {
      month { title path }
      contributions { expert { months { nodes { title path year } } } }
    } }"""
    client = Client(headers={"Preview-Token": make_own_token(month, editor=editor)})
    variables = {"path": article.url_path.removeprefix("/home")}
    answer = send(client, query, variables=variables).json()
    assert "errors" not in answer
    link = {"title": "W formularzu", "path": month.url_path.removeprefix("/home")}
    assert answer["data"]["article"]["month"] == link
    [listed] = answer["data"]["article"]["contributions"][0]["expert"]["months"]["nodes"]
    assert listed == {**link, "year": 2026}


# What it costs

LINKED = """query Linked($series: String!, $year: Int!, $month: Int!) {
  thematicMonth(series: $series, year: $year, month: $month) {
    programme { title expert { title } page { title path } }
    articles(first: 50) { nodes {
      title
      month { title path }
      breadcrumbs { title path }
      subjects { title path }
      body {
        ... on TextBlock { text { html } }
        ... on PageCardBlock { page { title lead cover { source(preset: TILE) { src } } } }
        ... on CallToActionBlock { page { title path } }
      }
    } }
  }
}"""


def queries_of(query, secret):
    """How many the query costs, and the month that it gives."""
    variables = {"series": "12-miesiecy", "year": 2026, "month": 10}
    client = Client(headers={"Preview-Token": secret})
    with CaptureQueriesContext(connection) as queries:
        answer = send(client, query, variables=variables).json()
    assert "errors" not in answer, answer["errors"]
    return len(queries), answer["data"]["thematicMonth"]


def draft_articles(month, numbers):
    """Drafts that refer to others, which nothing else refers to: each in the programme too."""
    for number in numbers:
        linked = [
            ArticleFactory(parent=month, live=False, cover=HubImageFactory()) for _ in range(3)
        ]
        for each, name in zip(linked, ("karta", "przycisk", "temat"), strict=True):
            save_draft(each, title=f"Szkic: {name} {number}", lead=f"Lead: {name} {number}")
        card, button, subject = linked
        article = ArticleFactory(
            parent=month,
            live=False,
            topics=[TopicFactory()],
            contributions=[{"expert": ExpertFactory()}, {"name": f"Autor {number}"}],
            cover=HubImageFactory(),
            subjects=[{"page": ProjectFactory()}, {"page": subject}],
            body=[
                ("text", f'<a linktype="page" id="{card.pk}">Karta</a>'),
                ("page_card", {"page": card}),
                ("call_to_action", {"label": "Dalej", "page": button}),
            ],
        )
        save_draft(article, title=f"Szkic {number}")
        draft = ThematicMonth.objects.get(pk=month.pk).get_latest_revision_as_object()
        row = ThematicMonth.programme.rel.related_model
        draft.programme.add(row(title=f"Punkt {number}", expert=ExpertFactory(), page=article))
        save_draft(draft, title="Szkic miesiąca")


@pytest.mark.parametrize(
    "query", [operations()["MonthDetail"].text, LINKED], ids=["operation", "links"]
)
def test_month_with_ten_drafts_costs_the_sql_of_one(month, editor, query):
    draft_articles(month, [1])
    secret = token(month, editor, with_descendants=True)
    queries_of(query, secret)
    one, _found = queries_of(query, secret)
    draft_articles(month, range(2, 11))
    ten, _found = queries_of(query, secret)
    assert ten == one


def test_ten_drafts_that_are_linked_to_show_their_newest_revisions(month, editor):
    draft_articles(month, range(1, 11))
    _count, found = queries_of(LINKED, token(month, editor, with_descendants=True))
    shown = {each["title"]: each for each in found["articles"]["nodes"]}
    for number, point in enumerate(found["programme"], 1):
        assert (point["title"], point["page"]["title"]) == (f"Punkt {number}", f"Szkic {number}")
        article = shown[f"Szkic {number}"]
        _text, card, button = article["body"]
        assert article["month"]["title"] == "Szkic miesiąca"
        assert article["breadcrumbs"][-1]["title"] == "Szkic miesiąca"
        assert article["subjects"][1]["title"] == f"Szkic: temat {number}"
        assert card["page"]["title"] == f"Szkic: karta {number}"
        assert card["page"]["lead"] == f"Lead: karta {number}"
        assert card["page"]["cover"] is not None
        assert button["page"]["title"] == f"Szkic: przycisk {number}"
    assert len(found["programme"]) == 10
