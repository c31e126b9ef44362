"""What the operators of the query language find, on every backend."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cms.models import Topic
from search.ordering import BadCursor, Order
from search.server import push
from tests.factories import WebinarFactory
from tests.search.conftest import Archive, MakeArticle

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(archive: Archive, make_article: MakeArticle) -> Archive:
    make_article("Mała sztuka czytania", "kot i pies", published_on=datetime.date(2015, 5, 1))
    make_article("Sztuka mała", "koty bez innych zwierząt", published_on=datetime.date(2017, 5, 1))
    make_article("Ogród", "pies przed domem", published_on=datetime.date(2019, 5, 1))
    push()
    return archive


def test_phrase_is_found_as_it_stands(books: Archive) -> None:
    assert books.titles('"mala sztuka"') == ["Mała sztuka czytania"]
    assert books.titles("„sztuka mała”") == ["Sztuka mała"]
    assert books.titles("mała sztuka") == ["Mała sztuka czytania", "Sztuka mała"]


def test_phrase_never_reaches_from_one_field_into_the_next(books: Archive) -> None:
    assert books.titles('"czytania kot"') == []
    assert books.titles('"mała koty"') == []


def test_phrase_is_required_beside_other_words(books: Archive) -> None:
    assert books.titles('pies "sztuka czytania"') == ["Mała sztuka czytania"]


def test_excluded_word_leaves_out_all_its_forms(books: Archive) -> None:
    assert books.titles("sztuka -kot") == []
    assert books.titles("sztuka -pies") == ["Sztuka mała"]
    assert books.titles("-sztuka") == ["Ogród"]


def test_excluded_phrase_leaves_out_what_has_it(books: Archive) -> None:
    assert books.titles('pies -"przed domem"') == ["Mała sztuka czytania"]


def test_typed_years_are_the_filter(books: Archive) -> None:
    assert books.titles("rok:2017-") == books.titles(year_from=2017) == ["Ogród", "Sztuka mała"]
    assert books.titles("sztuka rok:-2016") == ["Mała sztuka czytania"]
    assert books.titles("rok:2015", year_from=2016) == []


def test_typed_topic_is_the_filter(archive: Archive, make_article: MakeArticle) -> None:
    topic = Topic.objects.create(title="Promocja czytelnictwa", slug="promocja")
    article = make_article("Bez słowa o tym")
    make_article("Promocja czytelnictwa")
    article.topics.add(topic)
    article.save()
    archive.index(article)
    for text in ('temat:"promocji czytelnictwa"', "temat:czytelnictwo", "temat:promocja"):
        assert archive.titles(text) == archive.titles(topics=("promocja",)) == ["Bez słowa o tym"]
    assert archive.titles("temat:nieznany") == archive.titles(topics=("nieznany",)) == []


def test_typed_author_is_the_filter(
    archive: Archive, make_article: MakeArticle, make_expert
) -> None:
    expert = make_expert("Bożydar Zającowski", slug="bozydar")
    article = make_article("Bez słowa o tym")
    make_article("O Zającowskim")
    article.contributions.create(expert=expert)
    article.save()
    archive.index(article)
    for text in ("autor:Zającowski", "autor:zajacowskiego", 'autor:"Bożydar Zającowski"'):
        assert archive.titles(text) == archive.titles(experts=("bozydar",)) == ["Bez słowa o tym"]
    assert archive.titles("autor:nikt") == archive.titles(experts=("nikt",)) == []


def test_hidden_expert_is_no_filter(
    archive: Archive, make_article: MakeArticle, make_expert
) -> None:
    expert = make_expert("Bożydar Zającowski", slug="bozydar", live=False)
    article = make_article("Bez słowa o tym")
    article.contributions.create(expert=expert)
    article.save()
    archive.index(article)
    assert archive.titles("autor:Zającowski") == archive.titles(experts=("bozydar",)) == []


def test_kind_that_is_named_comes_first(archive: Archive, make_article: MakeArticle) -> None:
    for number in range(8):
        make_article(f"Seniorzy {number}", "Webinar dla seniorów, webinary i seniorzy " * 3)
        archive.index(WebinarFactory(title=f"Ogrody {number}"))
    archive.index(WebinarFactory(title="Senior w bibliotece"))
    hits = archive.search("webinary dla seniorów").hits
    assert (hits[0].entry.kind, hits[0].entry.title) == ("WEBINAR", "Senior w bibliotece")
    assert "Ogrody 0" not in [hit.entry.title for hit in hits[:9]]


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("text", ["", "sztuka", '"pies"', "-ogród"])
def test_pages_follow_each_other(books: Archive, order: Order, text: str) -> None:
    whole = books.search(text, order=order)
    found, after = [], None
    for _hit in whole.hits:
        page = books.search(text, order=order, first=1, after=after)
        assert page.total == whole.total
        found += [hit.entry.pk for hit in page.hits]
        after = page.end_cursor
    assert not page.has_next
    assert found == [hit.entry.pk for hit in whole.hits]
    assert len(found) >= 2


def test_cursor_of_another_search_is_refused(books: Archive) -> None:
    cursor = books.search("sztuka", first=1).end_cursor
    for other in ({"text": "pies"}, {"text": "sztuka", "kinds": ("ARTICLE",)}):
        with pytest.raises(BadCursor):
            books.search(**other, after=cursor)


OPERATORS = "\" „ ” - – autor: temat: rok: 2015 kot ą * ( ) : NEAR AND ' \\ & | ! <-> { ^ İ ﷺ"
TYPED = st.text(max_size=200) | st.lists(
    st.sampled_from([*OPERATORS.split(), " ", "\x00", "\ud800"]), max_size=60
).map(lambda parts: "".join(parts)[:200])


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(text="x -\uff9e", order=Order.RELEVANCE, while_typing=False)
@example(text="\uff9e", order=Order.RELEVANCE, while_typing=True)
@example(text="\u037a \ufdfa", order=Order.NEWEST, while_typing=True)
@given(text=TYPED, order=st.sampled_from(Order), while_typing=st.booleans())
def test_nothing_that_is_typed_is_an_error(
    books: Archive, *, text: str, order: Order, while_typing: bool
) -> None:
    books.search(text, order=order, while_typing=while_typing)
