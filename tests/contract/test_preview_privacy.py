"""What a preview token leaves closed, and tokens that open nothing."""

import datetime

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms.api.operations import operations
from cms.models import Audience, PreviewToken
from search.indexing import refresh
from tests.contract.operations import send
from tests.contract.previews import article_at, data, month_of, post, save_draft, token
from tests.factories import (
    ArticleFactory,
    CollectionFactory,
    ExpertFactory,
    HubImageFactory,
    MemberFactory,
    QuestionFactory,
    SeriesFactory,
    ThematicMonthFactory,
    WebinarFactory,
    body,
    in_hours,
)
from tests.settling import settle
from thematic_months.models import QuestionState, ThematicMonth

INVALID = {
    "errors": [
        {
            "message": (
                "The header Preview-Token holds no token that is in use: ask the editors for a new "
                "link."
            ),
            "extensions": {"code": "INVALID_PREVIEW_TOKEN"},
        }
    ]
}


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


# What stays closed


@pytest.fixture
def canaries(series, month):
    """Hidden things outside the month, all named by the month or by what is below it."""
    private = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    hidden = {
        "expert": ExpertFactory(title="KANAREK ekspert", live=False),
        "article": ArticleFactory(title="KANAREK artykuł", live=False),
        "image": HubImageFactory(
            title="KANAREK", description="KANAREK zdjęcie", collection=private
        ),
    }
    article = ArticleFactory(
        parent=month,
        title="W zakresie",
        live=False,
        cover=hidden["image"],
        contributions=[{"expert": hidden["expert"]}],
    )
    draft = ThematicMonth.objects.get(pk=month.pk)
    row = ThematicMonth.programme.rel.related_model
    draft.programme.set([row(title="Punkt", expert=hidden["expert"], page=hidden["article"])])
    save_draft(draft)
    QuestionFactory(month=month, text="KANAREK pytanie", state=QuestionState.NEW)
    WebinarFactory(parent=month, live=False, join_url="https://kanarek.example/wejscie")
    sibling = ThematicMonthFactory(
        parent=series, title="KANAREK miesiąc", year=2026, month=11, live=False
    )
    ArticleFactory(parent=sibling, title="KANAREK poza miesiącem", live=False)
    live = ArticleFactory(title="Poza zakresem", body=body("Jawne"))
    save_draft(live, title="KANAREK zmiana", body=body("KANAREK zmiana"))
    members = ArticleFactory(audience=Audience.MEMBERS, body=body("KANAREK dla członków"))
    return [article, sibling, live, members]


def test_month_token_opens_nothing_outside_its_month(canaries, month, editor):
    secret = token(month, editor, with_descendants=True)
    answers = [month_of(month, secret=secret), data("MonthList", secret=secret)]
    for page in canaries:
        answers.append(article_at(page, secret=secret))
        path = "/" + page.url_path.split("/", 2)[2]
        answers.append(data("PageByPath", path=path, secret=secret))
    assert "W zakresie" in str(answers)
    assert "kanarek" not in str(answers).lower()


def test_scope_does_not_reach_a_page_whose_tree_path_begins_alike(home, editor):
    series = SeriesFactory(slug="12-miesiecy")
    first = ThematicMonthFactory(parent=series, year=2026, month=1, live=False)
    below = ArticleFactory(parent=first, title="KANAREK", live=False)
    assert below.path.startswith(first.path)
    assert article_at(below, secret=token(first, editor)) is None
    assert month_of(first, secret=token(below, editor)) is None


def test_token_opens_a_restricted_page_of_its_scope_and_no_other(month, series, editor):
    other = ArticleFactory(title="Inny")
    for page in (month, other):
        with transaction.atomic():
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    secret = token(month, editor, with_descendants=True)
    assert month_of(month, secret=secret)["title"] == "Senior w sieci"
    assert article_at(other, secret=secret) is None


def test_members_only_body_is_read_within_the_scope(home, editor):
    article = ArticleFactory(audience=Audience.MEMBERS, body=body("Dla członków"))
    assert article_at(article)["body"] is None
    assert "Dla członków" in str(article_at(article, secret=token(article, editor))["body"])


def test_join_url_is_for_members_also_under_a_token(month, editor):
    WebinarFactory(parent=month, join_url="https://meet.example/a", live=False)
    secret = token(month, editor, with_descendants=True)
    outsider = month_of(month, secret=secret)
    member = month_of(month, secret=secret, member=MemberFactory())
    assert [each["joinUrl"] for each in outsider["webinars"]["nodes"]] == [None]
    assert [each["joinUrl"] for each in member["webinars"]["nodes"]] == ["https://meet.example/a"]


def test_archive_finds_published_words_and_no_draft_under_a_token(home, editor):
    article = ArticleFactory(title="Hipopotam w czytelni")
    draft = ArticleFactory(title="Nosorożec w magazynie", live=False)
    refresh((each.content_kind, each.pk) for each in (article, draft))
    save_draft(article, title="Krokodyl w czytelni")
    settle()
    for page, word, count in (
        (article, "hipopotam", 1),
        (article, "krokodyl", 0),
        (draft, "nosorożec", 0),
    ):
        found = data("ArchiveSearch", query=word, secret=token(page, editor))["archive"]
        assert (found["totalCount"], len(found["edges"])) == (count, count)


# Tokens that open nothing


def test_token_ends_by_the_clock(month, editor):
    secret = token(month, editor)
    made = PreviewToken.objects.get()
    assert made.expires_at - made.created_at >= datetime.timedelta(days=7, seconds=-5)
    PreviewToken.objects.update(expires_at=in_hours(0.01))
    assert month_of(month, secret=secret)["title"] == "Senior w sieci"
    PreviewToken.objects.update(expires_at=timezone.now())
    answer = post("MonthList", secret=secret)
    assert (answer.status_code, answer.json()) == (401, INVALID)


def test_revoked_token_opens_nothing(month, editor):
    secret = token(month, editor)
    PreviewToken.objects.update(revoked_at=timezone.now())
    answer = post("MonthList", secret=secret)
    assert (answer.status_code, answer.json()) == (401, INVALID)


def test_token_ends_with_the_account_of_its_maker(month):
    editor = MemberFactory()
    secret = token(month, editor)
    type(editor).objects.filter(pk=editor.pk).update(is_active=False)
    assert post("MonthList", secret=secret).status_code == 401


def test_token_goes_with_its_page(month, editor):
    secret = token(month, editor)
    with transaction.atomic():
        month.delete()
    assert PreviewToken.objects.count() == 0
    assert post("MonthList", secret=secret).status_code == 401


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "A" * 43,
        "A" * 42,
        "A" * 10_000,
        f"{'A' * 43},{'A' * 43}",
        "ż" * 43,
        "\uff21" * 43,
        "A" * 42 + "\x00",
        "' OR 1=1 --",
    ],
    ids=["empty", "unknown", "short", "long", "twice", "Polish", "full-width", "nul", "SQL"],
)
def test_token_of_a_wrong_shape_is_refused_like_an_unknown_one(home, secret):
    # As a server hands it over: header bytes read as Latin-1.
    header = secret.encode().decode("latin-1")
    query = operations()["MonthList"].text
    answer = send(Client(HTTP_PREVIEW_TOKEN=header), query)
    assert (answer.status_code, answer.json()) == (401, INVALID)
    assert answer["Cache-Control"] == "private, no-store"


def test_valid_token_sent_twice_is_refused(month, editor):
    secret = token(month, editor)
    assert post("MonthList", secret=f"{secret},{secret}").status_code == 401


def test_refusal_of_a_malformed_token_asks_the_database_nothing(home, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert post("MonthList", secret="zły").status_code == 401


def test_token_of_another_is_not_found_by_its_digest(month, editor):
    secret = token(month, editor)
    digest = PreviewToken.objects.get().digest
    assert secret not in digest
    assert post("MonthList", secret=digest[:43]).status_code == 401


def test_answers_under_a_token_are_stored_nowhere(month, editor):
    answer = post("MonthList", secret=token(month, editor))
    assert answer["Cache-Control"] == "private, no-store"
    assert post("MonthList")["Cache-Control"] == "no-store"


def test_get_with_a_token_is_refused_instead_of_answered_with_what_is_published(month, editor):
    answer = Client().get("/graphql/", headers={"Preview-Token": token(month, editor)})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "PREVIEW_NEEDS_POST"
