"""Documents are found by the text of their pages, with the page of the hit."""

import datetime

import pytest
from django.core.files.base import ContentFile

from cms import journal
from cms.models import Topic
from search import rebuilding
from search.models import VocabularyWord
from tests.contract.operations import RunOperation, run_operation
from tests.factories import (
    ArticleFactory,
    PublicationFactory,
)
from tests.pdfs import document, pdf, read_all
from tests.search.everywhere import Find
from tests.search.held_documents import count, member, varia

__all__ = ["member", "run_operation", "varia"]

pytestmark = pytest.mark.django_db


# Text and page


def test_word_inside_a_pdf_finds_it_with_the_page_that_holds_it(find: Find, varia) -> None:
    PublicationFactory(title="Varia", slug="varia", file=varia)
    (hit,) = find("hipopotamami").hits
    assert (hit.entry.title, hit.entry.path) == ("Zbiór tekstów", "/publikacje/varia/")


def test_passage_is_from_the_page_with_most_of_the_words(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    (hit,) = find("hipopotam krokodyl").hits
    assert hit.page_number == 3
    assert hit.passage == "<mark>Hipopotam</mark> i <mark>krokodyl</mark>"


def test_passage_is_from_the_first_page_of_those_that_say_as_much(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    (hit,) = find("hipopotam").hits
    assert hit.page_number == 2
    assert hit.passage == "Rozmowa o <mark>hipopotamach</mark>"


def test_document_found_by_its_title_names_no_page_of_it(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    (hit,) = find("zbiór tekstów").hits
    assert hit.page_number is None
    assert hit.passage.startswith("Okładka")


def test_page_without_text_counts_too(find: Find) -> None:
    scan = document(pdf("", "", "Hipopotam"))
    read_all()
    PublicationFactory(file=scan)
    assert [hit.page_number for hit in find("hipopotam").hits] == [3]


def test_topic_date_and_series_are_those_of_the_page(find: Find, varia) -> None:
    topic = Topic.objects.create(title="Zoologia", slug="zoologia")
    day = datetime.date(2015, 5, 4)
    PublicationFactory(title="Varia", file=varia, topics=[topic], published_on=day)
    hits = find("zoologia", kinds=("DOCUMENT",), topics=("zoologia",), year_to=2015).hits
    assert [hit.entry.date for hit in hits] == [day]


def test_renamed_topic_of_the_page_finds_the_document(find: Find, varia) -> None:
    topic = Topic.objects.create(title="Zoologia", slug="zoologia")
    PublicationFactory(file=varia, topics=[topic])
    assert count(find("zoologia", kinds=("DOCUMENT",))) == 1
    topic.title = "Botanika"
    topic.save()
    assert count(find("botanika", kinds=("DOCUMENT",))) == 1
    assert count(find("zoologia", kinds=("DOCUMENT",))) == 0


def test_kind_in_polish_finds_documents(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    assert count(find("dokumenty pdf", kinds=("DOCUMENT",))) == 1


def test_other_files_are_found_by_their_title(find: Find) -> None:
    plan = document(b"Scenariusz", "plan.docx", title="Scenariusz z hipopotamem")
    PublicationFactory(file=plan)
    assert [hit.page_number for hit in find("hipopotam").hits] == [None]


def test_new_file_in_its_place_is_found_by_its_own_text(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    assert count(find("hipopotam")) == 1
    varia.refresh_from_db()
    varia.file = ContentFile(pdf("Słoń"), name="nowe.pdf")
    varia.save()
    journal.deliver()
    read_all()
    assert (count(find("słonia")), count(find("hipopotam"))) == (1, 0)
    assert not VocabularyWord.objects.filter(folded="hipopotam").exists()


def test_rebuilding_finds_documents_again(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    find("hipopotam")
    list(rebuilding.rebuild())
    assert count(find("hipopotam")) == 1


# The API


def test_api_gives_document_page_and_number(run_operation: RunOperation, varia) -> None:
    PublicationFactory(slug="varia", file=varia)
    journal.deliver()
    (edge,) = run_operation("ArchiveSearch", query="krokodyl")["archive"]["edges"]
    hit = edge["node"]
    assert (hit["kind"], hit["id"]) == ("DOCUMENT", f"DOCUMENT:{varia.pk}")
    assert (hit["pageNumber"], hit["path"]) == (3, "/publikacje/varia/")
    assert hit["document"]["pageCount"] == 3
    assert hit["page"] == {"locked": False, "topics": [], "cover": None}


def test_api_gives_no_document_with_a_page(run_operation: RunOperation, home) -> None:
    ArticleFactory(title="Krokodyl")
    journal.deliver()
    (edge,) = run_operation("ArchiveSearch", query="krokodyl")["archive"]["edges"]
    assert (edge["node"]["document"], edge["node"]["pageNumber"]) == (None, None)
