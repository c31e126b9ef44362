"""Counts beside the hits, on every backend."""

import datetime

import pytest

from cms.models import Audience, Topic
from cms.visibility import Viewer
from members.models import Member
from search.facets import FacetValue
from search.scope import Facet
from search.server import push
from tests.contract.operations import RunOperation, run_operation
from tests.factories import EventFactory, PlaceFactory
from tests.search.conftest import Archive, MakeArticle, index

pytestmark = pytest.mark.django_db
__all__ = ["run_operation"]


@pytest.fixture
def stocked(archive: Archive, make_article: MakeArticle, make_month, make_expert, home) -> Archive:
    """Three articles and an event, of two topics, in a series, by an expert, at a place."""
    topics = [Topic.objects.create(title=title, slug=title.lower()) for title in ("Gry", "Kino")]
    month = make_month("Miesiąc")
    expert = make_expert("Anna Nowak", slug="anna")
    place = PlaceFactory(name="Biblioteka", town="Turek", slug="turek")
    for number, (parent, chosen) in enumerate(
        [(month, topics), (None, topics[:1]), (None, [])], start=2018
    ):
        article = make_article(
            f"Kronika {number}", parent=parent, published_on=datetime.date(number, 1, 31)
        )
        article.topics.set(chosen)
        article.contributions.create(expert=expert)
        article.save()
        index(article)
    starts = datetime.datetime(2018, 7, 1, 12, tzinfo=datetime.UTC)
    index(EventFactory(parent=home, title="Kronika na żywo", starts=starts, place=place))
    push()
    return archive


def test_each_facet_counts_what_was_found(stocked: Archive) -> None:
    results = stocked.search("kronika", facets=tuple(Facet))
    counts = {
        facet: {each.value: each.count for each in values}
        for facet, values in results.facets.items()
    }
    assert counts == {
        Facet.KINDS: {"ARTICLE": 3, "EVENT": 1},
        Facet.TOPICS: {"gry": 2, "kino": 1},
        Facet.SERIES: {"cykl": 1},
        Facet.YEARS: {"2018": 2, "2019": 1, "2020": 1},
        Facet.EXPERTS: {"anna": 3},
        Facet.PLACES: {"turek": 1},
    }


def test_browsing_has_the_same_facets(stocked: Archive) -> None:
    assert stocked.counts(Facet.TOPICS) == {"gry": 2, "kino": 1}
    assert stocked.counts(Facet.PLACES) == {"turek": 1}


def test_facet_leaves_out_its_own_choice_and_heeds_the_others(stocked: Archive) -> None:
    chosen = {"kinds": ("ARTICLE",), "topics": ("kino",)}
    assert stocked.titles("kronika", **chosen) == ["Kronika 2018"]
    assert stocked.counts(Facet.TOPICS, "kronika", **chosen) == {"gry": 2, "kino": 1}
    assert stocked.counts(Facet.KINDS, "kronika", **chosen) == {"ARTICLE": 1}
    assert stocked.counts(Facet.YEARS, "kronika", **chosen) == {"2018": 1}
    assert stocked.search("kronika", facets=tuple(Facet), **chosen).total == 1


def test_value_has_a_polish_name_and_says_whether_it_is_chosen(stocked: Archive) -> None:
    found = stocked.search("kronika", facets=tuple(Facet), kinds=("EVENT",), year_to=2018).facets
    assert found[Facet.KINDS] == (
        FacetValue("ARTICLE", "Artykuły", 1, is_selected=False),
        FacetValue("EVENT", "Wydarzenia", 1, is_selected=True),
    )
    assert found[Facet.PLACES] == (FacetValue("turek", "Biblioteka, Turek", 1, is_selected=False),)
    assert [each.is_selected for each in found[Facet.YEARS]] == [True]


def test_chosen_value_stays_in_sight_although_nothing_has_it(stocked: Archive) -> None:
    (event,) = (
        each
        for each in stocked.search(
            "kronika", facets=(Facet.PLACES,), places=("turek",), topics=("kino",)
        ).facets[Facet.PLACES]
    )
    assert event == FacetValue("turek", "Biblioteka, Turek", 0, is_selected=True)


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"experts": ("anna",)}, ["Kronika 2018", "Kronika 2019", "Kronika 2020"]),
        ({"places": ("turek",)}, ["Kronika na żywo"]),
        ({"series": ("cykl",)}, ["Kronika 2018"]),
        ({"places": ("nieznane",)}, []),
        ({"series": ("nieznany",)}, []),
        ({"experts": ()}, []),
        ({"topics": ()}, []),
    ],
)
def test_filters_narrow_and_unknown_values_find_nothing(
    stocked: Archive, chosen: dict, found: list[str]
) -> None:
    assert stocked.titles("kronika", **chosen) == found


def test_facets_count_what_has_enough_of_the_words(stocked: Archive) -> None:
    assert stocked.counts(Facet.KINDS, "kronika żywa") == {"EVENT": 1}
    assert stocked.search("kronika żywa").total == 4


def test_hidden_expert_is_no_value(stocked: Archive, make_expert) -> None:
    from thematic_months.models import Expert

    Expert.objects.filter(slug="anna").update(live=False)
    assert stocked.counts(Facet.EXPERTS, "kronika") == {}


def test_members_body_counts_for_members_alone(archive: Archive, make_article) -> None:
    make_article("Dla członków", "tajemniczy hipopotam", audience=Audience.MEMBERS)
    push()
    member = Viewer(member=Member.objects.create_user(email="ania@example.org", password="x"))
    assert archive.counts(Facet.KINDS, "hipopotam") == {}
    assert archive.counts(Facet.KINDS, "hipopotam", viewer=member) == {"ARTICLE": 1}
    assert [hit.is_locked for hit in archive.search("członek").hits] == [True]
    assert [hit.is_locked for hit in archive.search("członek", viewer=member).hits] == [False]


def test_facets_are_counted_only_when_they_are_selected(
    run_operation: RunOperation, stocked: Archive
) -> None:
    answer = run_operation("ArchiveSearch", query="kronika", where={"experts": ["anna"]})
    facets = answer["archive"]["facets"]
    assert facets["experts"] == [
        {"value": "anna", "label": "Anna Nowak", "count": 3, "isSelected": True}
    ]
    assert answer["archive"]["totalCount"] == 3
