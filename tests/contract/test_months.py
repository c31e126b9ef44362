"""Months, articles and experts as a frontend gets them."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.models import Audience
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    QuestionFactory,
    SeriesFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    in_hours,
)
from thematic_months.models import Invitation, QuestionState


@pytest.fixture
def series(home):
    return SeriesFactory(title="12 miesięcy", slug="12-miesiecy")


@pytest.fixture
def month(series):
    return ThematicMonthFactory(parent=series, title="Senior w sieci", year=2026, month=10)


def detail(run_operation, month, **options):
    return run_operation(
        "MonthDetail", series="12-miesiecy", year=month.year, month=month.month, **options
    )["thematicMonth"]


def titles(connection):
    return [node["title"] for node in connection["nodes"]]


def test_months_are_listed_newest_first(run_operation, series):
    for number in (3, 11, 7):
        ThematicMonthFactory(parent=series, title=f"Miesiąc {number}", year=2025, month=number)
    answer = run_operation("MonthList")["thematicMonths"]
    assert titles(answer) == ["Miesiąc 11", "Miesiąc 7", "Miesiąc 3"]
    assert answer["totalCount"] == 3


def test_list_goes_on_at_its_cursor_after_something_newer_was_published(run_operation, series):
    for number in (1, 2, 3):
        ThematicMonthFactory(parent=series, title=f"Miesiąc {number}", year=2025, month=number)
    first = run_operation("MonthList", first=2)["thematicMonths"]
    ThematicMonthFactory(parent=series, title="Nowy", year=2026, month=1)
    rest = run_operation("MonthList", first=2, after=first["pageInfo"]["endCursor"])[
        "thematicMonths"
    ]
    assert titles(first) == ["Miesiąc 3", "Miesiąc 2"]
    assert titles(rest) == ["Miesiąc 1"]
    assert rest["pageInfo"]["hasNextPage"] is False


def test_months_are_filtered_by_series_and_year(run_operation, series):
    other = SeriesFactory(slug="inna")
    ThematicMonthFactory(parent=series, title="Tak", year=2025, month=1)
    ThematicMonthFactory(parent=series, year=2024, month=1)
    ThematicMonthFactory(parent=other, year=2025, month=1)
    where = {"series": "12-miesiecy", "year": 2025}
    assert titles(run_operation("MonthList", where=where)["thematicMonths"]) == ["Tak"]


def test_month_shows_only_experts_who_confirmed(run_operation, series):
    invited = [
        {"expert": ExpertFactory(title=invitation.value), "invitation": invitation}
        for invitation in Invitation
    ]
    month = ThematicMonthFactory(parent=series, experts=invited)
    assert [each["title"] for each in detail(run_operation, month)["experts"]] == ["CONFIRMED"]


def test_draft_expert_is_absent_from_the_month(run_operation, series):
    hidden = ExpertFactory(title="Jeszcze nie", live=False)
    invited = [{"expert": hidden, "invitation": Invitation.CONFIRMED}]
    month = ThematicMonthFactory(parent=series, experts=invited)
    assert detail(run_operation, month)["experts"] == []


def test_name_of_a_draft_expert_is_absent_from_the_authors(run_operation, month):
    hidden = ExpertFactory(title="Jeszcze nie", live=False)
    article = ArticleFactory(parent=month, contributions=[{"expert": hidden}, {"name": "Ola Kos"}])
    answer = run_operation("ArticleDetail", path=f"/12-miesiecy/{month.slug}/{article.slug}/")
    assert [each["displayName"] for each in answer["article"]["contributions"]] == ["Ola Kos"]


def test_draft_article_is_absent_from_its_month_and_from_its_path(run_operation, month):
    draft = ArticleFactory(parent=month, live=False)
    assert detail(run_operation, month)["articles"]["nodes"] == []
    path = f"/12-miesiecy/{month.slug}/{draft.slug}/"
    assert run_operation("ArticleDetail", path=path) == {"article": None}
    assert run_operation("PageByPath", path=path) == {"route": {"page": None, "redirect": None}}


def test_month_below_a_group_restriction_is_for_that_group_alone(
    run_operation, series, month, member
):
    group = Group.objects.create(name="Zarząd")
    restriction = PageViewRestriction.objects.create(page=series, restriction_type="groups")
    restriction.groups.add(group)
    assert detail(run_operation, month) is None
    assert detail(run_operation, month, member=member) is None
    member.groups.add(group)
    assert detail(run_operation, month, member=member)["title"] == "Senior w sieci"


def test_body_of_a_members_only_article_is_null_and_locked_until_one_logs_in(
    run_operation, month, member
):
    article = ArticleFactory(
        parent=month, audience=Audience.MEMBERS, lead="Zajawka", body=[("text", "<p>Sekret</p>")]
    )
    path = f"/12-miesiecy/{month.slug}/{article.slug}/"
    stranger = run_operation("ArticleDetail", path=path)["article"]
    insider = run_operation("ArticleDetail", path=path, member=member)["article"]
    assert (stranger["lead"], stranger["locked"], stranger["body"]) == ("Zajawka", True, None)
    assert insider["locked"] is False
    assert insider["body"][0]["text"]["html"] == "<p>Sekret</p>"


def test_address_for_joining_is_for_members_alone(run_operation, month, member):
    WebinarFactory(parent=month, join_url="https://example.org/pokoj")
    assert detail(run_operation, month)["webinars"]["nodes"][0]["joinUrl"] is None
    joined = detail(run_operation, month, member=member)["webinars"]["nodes"][0]["joinUrl"]
    assert joined == "https://example.org/pokoj"


def test_recording_without_consent_is_not_handed_out(run_operation, month):
    WebinarFactory(
        parent=month,
        starts=in_hours(-3),
        ends=in_hours(-2),
        recording_url="https://example.org/nagranie",
        recording_consent=False,
    )
    webinar = detail(run_operation, month)["webinars"]["nodes"][0]
    assert (webinar["state"], webinar["recordingUrl"]) == ("ENDED", None)


def test_only_published_questions_are_shown(run_operation, month):
    for state in QuestionState:
        QuestionFactory(month=month, state=state, text=state.value, decline_reason="Poza tematem")
    assert [each["text"] for each in detail(run_operation, month)["questions"]["nodes"]] == [
        "PUBLISHED"
    ]


def test_link_to_a_draft_loses_its_address_and_keeps_its_text(run_operation, month):
    draft = ArticleFactory(parent=month, live=False, slug="tajny-adres")
    shown = ArticleFactory(parent=month, slug="jawny")
    links = "".join(f'<a linktype="page" id="{page.pk}">tekst</a> ' for page in (draft, shown))
    article = ArticleFactory(parent=month, body=[("text", f"<p>{links}</p>")])
    answer = run_operation("ArticleDetail", path=f"/12-miesiecy/{month.slug}/{article.slug}/")
    html = answer["article"]["body"][0]["text"]["html"]
    assert html == f'<p>tekst <a href="/12-miesiecy/{month.slug}/jawny/">tekst</a> </p>'


def test_keys_of_the_editor_are_no_part_of_rich_text(run_operation, month):
    body = [("text", '<p data-block-key="abc12">Tekst</p>')]
    article = ArticleFactory(parent=month, body=body)
    answer = run_operation("ArticleDetail", path=f"/12-miesiecy/{month.slug}/{article.slug}/")
    assert answer["article"]["body"][0]["text"]["html"] == "<p>Tekst</p>"


def test_card_of_a_draft_page_is_null_beside_good_blocks(run_operation, month):
    draft = ArticleFactory(parent=month, live=False)
    body = [("page_card", {"page": draft, "text": "Polecam"}), ("text", "<p>Dalej</p>")]
    article = ArticleFactory(parent=month, body=body)
    answer = run_operation("ArticleDetail", path=f"/12-miesiecy/{month.slug}/{article.slug}/")
    card, text = answer["article"]["body"]
    assert (card["page"], card["reason"]) == (None, "Polecam")
    assert text["text"]["html"] == "<p>Dalej</p>"


@pytest.mark.parametrize("size", [1, 10])
def test_list_costs_the_same_queries_for_one_month_and_for_ten(
    run_operation, series, django_assert_num_queries, size
):
    topic = TopicFactory()
    for number in range(1, size + 1):
        invited = [{"expert": ExpertFactory(), "invitation": Invitation.CONFIRMED}]
        ThematicMonthFactory(
            parent=series, year=2025, month=number, topics=[topic], experts=invited
        )
    run_operation("MonthList")
    with django_assert_num_queries(7):
        run_operation("MonthList")


@pytest.mark.parametrize("size", [1, 10])
def test_detail_costs_the_same_queries_for_one_article_and_for_ten(
    run_operation, month, django_assert_num_queries, size
):
    for _ in range(size):
        ArticleFactory(parent=month, contributions=[{"expert": ExpertFactory()}])
        WebinarFactory(parent=month)
        QuestionFactory(month=month, state=QuestionState.PUBLISHED)
    detail(run_operation, month)
    with django_assert_num_queries(12):
        detail(run_operation, month)
