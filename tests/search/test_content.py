"""What of a thing gets into the archive, and what never does."""

import json
from collections.abc import Callable

import pytest
from django.utils import timezone

from cms.models import Audience
from search.checks import check_pages_can_be_indexed, unreadable
from search.models import ArchiveEntry
from tests.search.conftest import MakeArticle, index
from thematic_months.models import Article, Question, QuestionState, ThematicMonth, Webinar

pytestmark = pytest.mark.django_db
MakePage = Callable[..., ThematicMonth]


def entry_of(page: object) -> ArchiveEntry:
    return ArchiveEntry.objects.get(kind=page.content_kind, object_id=page.pk)


@pytest.fixture
def webinar(make_month: MakePage) -> Webinar:
    now = timezone.now()
    webinar = Webinar(
        title="Webinar",
        starts=now,
        ends=now + timezone.timedelta(hours=1),
        registration_url="https://example.org/zapisy",
        join_url="https://example.org/dolacz",
        recording_url="https://example.org/nagranie",
        transcript="Dzień dobry państwu",
    )
    return make_month("Miesiąc").add_child(instance=webinar)


def test_each_block_gives_its_text_and_no_address(make_article: MakeArticle) -> None:
    article = make_article("Artykuł")
    article.body = json.dumps(
        [
            {"type": "heading", "value": {"text": "Nagłówek", "level": "2"}},
            {
                "type": "image",
                "value": {"image": {"image": 1, "alt_text": "Opis"}, "caption": "Podpis"},
            },
            {"type": "video", "value": {"title": "Film", "video": "https://example.org/film"}},
            {
                "type": "tip",
                "value": {
                    "text": "<p>Rada <a href='https://example.org/a'>tu</a></p>",
                    "expert": 1,
                },
            },
            {
                "type": "frequent_questions",
                "value": {
                    "questions": [
                        {"type": "item", "value": {"question": "Czy?", "answer": "<p>Tak</p>"}}
                    ]
                },
            },
            {"type": "call_to_action", "value": {"label": "Dalej", "url": "https://example.org/b"}},
        ]
    )
    article.save()
    index(article)
    assert entry_of(article).body.split() == [
        "Nagłówek",
        "Opis",
        "Podpis",
        "Film",
        "Rada",
        "tu",
        "Czy?",
        "Tak",
        "Dalej",
    ]


def test_addresses_of_a_webinar_are_never_in_the_archive(webinar: Webinar) -> None:
    index(webinar)
    entry = entry_of(webinar)
    assert "example" not in f"{entry.title} {entry.lead} {entry.body} {entry.topics_text}"


def test_transcript_of_a_recording_that_may_be_shown_is_in_the_archive(webinar: Webinar) -> None:
    webinar.recording_consent = True
    webinar.save()
    index(webinar)
    assert entry_of(webinar).body == "Dzień dobry państwu"


def test_transcript_of_a_recording_without_consent_is_not(webinar: Webinar) -> None:
    index(webinar)
    assert entry_of(webinar).body == ""


def test_members_page_has_a_face_for_each_kind_of_viewer(webinar: Webinar) -> None:
    webinar.recording_consent = True
    webinar.audience = Audience.MEMBERS
    webinar.save()
    index(webinar)
    assert dict(ArchiveEntry.objects.values_list("face", "body")) == {
        "anonymous": "",
        "member": "Dzień dobry państwu",
    }


def test_month_and_series_are_named_beside_what_stands_below_them(webinar: Webinar) -> None:
    index(webinar)
    assert "Miesiąc" in entry_of(webinar).topics_text
    assert entry_of(webinar).series_id == webinar.get_parent().get_parent().pk


def test_published_question_is_found_by_its_answer_below_its_month(
    make_month: MakePage, make_expert: Callable[..., Article]
) -> None:
    month = make_month("Miesiąc", slug="miesiac")
    question = Question.objects.create(
        month=month, text="Jak to zrobić?", state=QuestionState.PUBLISHED
    )
    question.answers.create(expert=make_expert("Ekspertka"), text="Powoli.")
    question.save()
    index(question)
    entry = entry_of(question)
    assert entry.body == "Jak to zrobić?\nPowoli."
    assert entry.path == f"/cykl/miesiac/pytania/{question.pk}/"


def test_question_that_is_not_published_is_not_in_the_archive(make_month: MakePage) -> None:
    question = Question.objects.create(
        month=make_month("Miesiąc"), text="Jak?", state=QuestionState.ANSWERED
    )
    index(question)
    assert not ArchiveEntry.objects.exists()


def test_every_page_type_can_be_indexed() -> None:
    assert check_pages_can_be_indexed(None) == []


def test_guarded_relation_that_nobody_can_read_stops_the_start() -> None:
    class Forgetful:
        __name__ = "Forgetful"
        open_text = ("lead",)
        guarded = ("body", "subjects")
        _meta = Article._meta

    assert [error.id for error in unreadable(Forgetful())] == ["search.E001"]
