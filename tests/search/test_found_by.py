"""By what each kind of thing is found, and until when, on every backend."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import Audience, Topic
from cms.visibility import Viewer, anonymous_viewer
from search.archive import ArchiveResults
from search.models import AccessClass, ArchiveEntry, VocabularyWord
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    MemberFactory,
    PlaceFactory,
    ProjectFactory,
    PublicationFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    WebinarFactory,
    WorkingGroupFactory,
)
from tests.search.everywhere import Find
from thematic_months.models import ArticleIndex, Expert, ExpertIndex, QuestionState

pytestmark = pytest.mark.django_db


def kinds(results: ArchiveResults) -> list[str]:
    return [hit.entry.kind for hit in results.hits]


# The kind's Polish name, contributors, places


@pytest.mark.parametrize(
    ("factory", "typed"),
    [
        (ArticleFactory, "artykuły"),
        (EditionFactory, "edycje"),
        (EventFactory, "wydarzenia"),
        (ExpertFactory, "ekspertów"),
        (ProjectFactory, "projekty"),
        (PublicationFactory, "publikacji"),
        (SeriesFactory, "cykle"),
        (StandardPageFactory, "strony"),
        (ThematicMonthFactory, "miesiące tematyczne"),
        (WebinarFactory, "webinary"),
        (WorkingGroupFactory, "grupy robocze"),
    ],
)
def test_kind_is_found_by_its_polish_name(find: Find, home, factory, typed: str) -> None:
    page = factory(title="Qwerty")
    found = find(f"{typed} qwerty")
    assert page.content_kind in kinds(found)
    assert kinds(found)[0] == page.content_kind


def test_webinars_for_seniors_are_before_what_else_is_for_seniors(find: Find, home) -> None:
    ArticleFactory(title="Warsztaty dla seniorów")
    WebinarFactory(title="Spotkanie dla seniorów")
    ExpertFactory(title="Seniora Nowak")
    assert kinds(find("webinary dla seniorów"))[0] == "WEBINAR"


def test_question_is_found_by_its_polish_name(find: Find, home) -> None:
    QuestionFactory(text="Qwerty?", state=QuestionState.PUBLISHED)
    assert kinds(find("pytania qwerty"))[0] == "QUESTION"


def test_event_is_found_by_its_town(find: Find, home) -> None:
    EventFactory(place=PlaceFactory(name="Biblioteka", town="Pcim", slug="pcim"))
    assert "EVENT" in kinds(find("w pcimiu")) or "EVENT" in kinds(find("pcim"))


def test_article_is_found_by_its_expert(find: Find, home) -> None:
    expert = ExpertFactory(title="Bożydar Zającowski")
    ArticleFactory(contributions=[{"expert": expert}])
    assert sorted(kinds(find("Zającowskiego"))) == ["ARTICLE", "EXPERT"]


# Questions and answers


def test_published_question_is_found_by_its_answer(find: Find, home) -> None:
    question = QuestionFactory(state=QuestionState.PUBLISHED)
    AnswerFactory(question=question, text="Zaprosić hipopotama.")
    question.save()
    assert "QUESTION" in kinds(find("hipopotam"))


@pytest.mark.parametrize("state", [each for each in QuestionState if each != "PUBLISHED"])
def test_question_that_is_not_published_is_found_by_nobody(
    find: Find, home, state: QuestionState
) -> None:
    question = QuestionFactory(text="Czy hipopotam?", state=state)
    expert = ExpertFactory(title="Ekspertka")
    AnswerFactory(question=question, expert=expert, text="Tak, hipopotam.")
    expert.save()
    found = find("hipopotam", Viewer(member=MemberFactory()))
    assert (found.total, found.did_you_mean) == (0, None)


def test_withdrawn_question_leaves_with_its_words(find: Find, home) -> None:
    question = QuestionFactory(text="Czy hipopotam?", state=QuestionState.PUBLISHED)
    AnswerFactory(question=question)
    assert "QUESTION" in kinds(find("hipopotam"))
    question.state = QuestionState.ANSWERED
    question.save()
    assert find("hipopotam").total == 0
    assert not VocabularyWord.objects.filter(folded="hipopotam").exists()


# Experts, by what they made


@pytest.mark.parametrize("factory", [ArticleFactory, WebinarFactory, PublicationFactory])
def test_expert_is_found_by_the_title_of_what_they_made(find: Find, home, factory) -> None:
    expert = ExpertFactory(title="Ekspertka")
    factory(title="Hodowla hipopotamów", contributions=[{"expert": expert}])
    assert "EXPERT" in kinds(find("hipopotam"))


def test_expert_is_found_by_the_topics_of_what_they_made(find: Find, home) -> None:
    topic = Topic.objects.create(title="Zoologia", slug="zoologia")
    ArticleFactory(topics=[topic], contributions=[{"expert": ExpertFactory()}])
    assert "EXPERT" in kinds(find("zoologia"))
    topic.title = "Botanika"
    topic.save()
    assert "EXPERT" in kinds(find("botanika"))
    assert find("zoologia").total == 0


def test_expert_is_found_by_the_question_that_they_answered(find: Find, home) -> None:
    question = QuestionFactory(text="Czy hipopotam?", state=QuestionState.NEW)
    AnswerFactory(question=question, expert=ExpertFactory(title="Ekspertka"))
    assert find("hipopotam").total == 0
    question.state = QuestionState.PUBLISHED
    question.save()
    assert sorted(kinds(find("hipopotam"))) == ["EXPERT", "QUESTION"]


def test_expert_is_found_by_nothing_that_is_hidden(find: Find, home) -> None:
    expert = ExpertFactory(title="Ekspertka")
    page = ArticleFactory(title="Hipopotam", contributions=[{"expert": expert}])
    assert "EXPERT" in kinds(find("hipopotam"))
    page.unpublish()
    assert find("hipopotam").total == 0
    assert find("hipopotm").did_you_mean is None


def test_expert_is_not_found_by_what_others_must_not_see(find: Find, home) -> None:
    expert = ExpertFactory(title="Ekspertka")
    page = ArticleFactory(title="Hipopotam", contributions=[{"expert": expert}])
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert find("hipopotam").total == 0
    assert kinds(find("hipopotam", Viewer(member=MemberFactory()))) == ["ARTICLE"]


def test_expert_is_not_found_longer_by_what_expires_before_them(find: Find, home) -> None:
    end = timezone.now() + datetime.timedelta(days=1)
    expert = ExpertFactory(title="Ekspertka")
    ArticleFactory(title="Hipopotam", expire_at=end, contributions=[{"expert": expert}])
    assert kinds(find("hipopotam")) == ["ARTICLE"]
    assert find("hipopotam", Viewer(now=end)).total == 0


def test_expert_who_is_no_longer_its_author_is_not_found_by_it(find: Find, home) -> None:
    page = ArticleFactory(title="Hipopotam", contributions=[{"expert": ExpertFactory()}])
    assert "EXPERT" in kinds(find("hipopotam"))
    page.contributions.all().delete()
    page.save()
    assert kinds(find("hipopotam")) == ["ARTICLE"]


# Members only


@pytest.mark.parametrize("typed", ["zaklinanie", "powitanie", "zoologia"])
def test_members_text_is_found_by_everyone_through_title_lead_and_topics(
    find: Find, home, typed: str
) -> None:
    topic = Topic.objects.create(title="Zoologia", slug="zoologia")
    ArticleFactory(
        title="Zaklinanie",
        lead="Słowo na powitanie",
        topics=[topic],
        body=[("text", "<p>Hipopotam</p>")],
        audience=Audience.MEMBERS,
    )
    for viewer in (anonymous_viewer(), Viewer(member=MemberFactory())):
        assert [find(typed, viewer).total, kinds(find(typed, viewer))] == [1, ["ARTICLE"]]


def test_members_text_is_found_by_members_alone_through_its_body(find: Find, home) -> None:
    ArticleFactory(
        title="Zaklinanie",
        lead="Wstęp",
        body=[("text", "<p>Hipopotam</p>")],
        audience=Audience.MEMBERS,
    )
    assert find("hipopotam").total == 0
    assert find("hipopotm").did_you_mean is None
    assert find("zaklinanie").hits[0].passage == "Wstęp"
    member = Viewer(member=MemberFactory())
    assert [hit.passage for hit in find("hipopotam", member).hits] == [
        "Wstęp\n<mark>Hipopotam</mark>"
    ]


@pytest.mark.parametrize(("consent", "found"), [(True, 1), (False, 0)])
def test_transcript_is_found_where_it_is_shown(find: Find, home, consent, found: int) -> None:
    WebinarFactory(
        transcript="Mówimy o hipopotamach",
        recording_consent=consent,
        audience=Audience.MEMBERS,
    )
    assert find("hipopotam").total == 0
    assert find("hipopotam", Viewer(member=MemberFactory())).total == found


# Expiry from above


@pytest.mark.parametrize("above", ["index", "month"])
def test_expiry_put_above_a_page_reaches_its_entry_at_once(find: Find, home, above: str) -> None:
    month = ThematicMonthFactory()
    closing = ArticleIndex.objects.get() if above == "index" else month
    question = QuestionFactory(month=month, text="Czy hipopotam?", state=QuestionState.PUBLISHED)
    AnswerFactory(question=question)
    ArticleFactory(title="Hipopotam", parent=closing)
    assert find("hipopotam").total > 1
    end = timezone.now() + datetime.timedelta(days=1)
    closing.refresh_from_db()
    closing.expire_at = end
    closing.save()
    left = [] if above == "month" else ["EXPERT", "QUESTION"]
    assert sorted(kinds(find("hipopotam", Viewer(now=end)))) == left
    assert find("hipopotam", Viewer(now=end)).total == len(left)
    words = VocabularyWord.objects.filter(folded="hipopotam")
    assert words.filter(access__visible_until=end).exists()
    closing.expire_at = None
    closing.save()
    assert "ARTICLE" in kinds(find("hipopotam", Viewer(now=end)))


def test_expert_below_an_index_that_expires_is_named_no_longer(find: Find, home) -> None:
    ArticleFactory(contributions=[{"expert": ExpertFactory(title="Bożydar Zającowski")}])
    assert sorted(kinds(find("Zającowski"))) == ["ARTICLE", "EXPERT"]
    end = timezone.now() + datetime.timedelta(days=1)
    index = ExpertIndex.objects.get()
    index.expire_at = end
    index.save()
    assert find("Zającowski", Viewer(now=end)).total == 0
    assert kinds(find("Zającowski")) == ["EXPERT"]


def test_home_page_that_is_saved_writes_no_entry_anew(find: Find, home) -> None:
    ArticleFactory(title="Hipopotam")
    find("hipopotam")
    ArchiveEntry.objects.update(digest="as it was")
    home.refresh_from_db()
    home.save()
    find("hipopotam")
    assert set(ArchiveEntry.objects.values_list("digest", flat=True)) == {"as it was"}


def test_classes_of_ordinary_pages_are_few(find: Find, home) -> None:
    for number in range(5):
        ArticleFactory(title=f"Hipopotam {number}")
    find("hipopotam")
    assert AccessClass.objects.filter(entries__kind="ARTICLE").distinct().count() == 1
    assert Expert.objects.count() == 0
