"""Pages of documents, counted after the upload."""

import io
from unittest.mock import Mock

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from reportlab.pdfgen.canvas import Canvas
from wagtail.models import CollectionViewRestriction

from cms import journal, page_counts
from tests.factories import CollectionFactory, HubDocumentFactory


def pdf(pages: int) -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content)
    for number in range(pages):
        canvas.drawString(100, 100, str(number))
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def document(name: str, content: bytes):
    return HubDocumentFactory(file=ContentFile(content, name=name))


def counted(thing) -> int | None:
    journal.deliver()
    thing.refresh_from_db()
    return thing.page_count


@pytest.mark.parametrize("pages", [1, 12])
def test_pages_of_a_pdf_are_counted(db, pages):
    assert counted(document("varia.pdf", pdf(pages))) == pages


def test_another_file_in_its_place_is_counted_anew(db):
    thing = document("varia.pdf", pdf(2))
    assert counted(thing) == 2
    thing.file = ContentFile(pdf(3), name="varia-2.pdf")
    thing.save()
    assert counted(thing) == 3


@pytest.fixture
def counts(monkeypatch):
    """Files that were opened to be counted."""
    opened: list[str] = []
    count = page_counts.count_pages

    def noted(thing):
        opened.append(thing.file.name)
        return count(thing)

    monkeypatch.setattr(page_counts, "count_pages", noted)
    return opened


def changes_of(thing) -> list[str]:
    return list(
        journal.JournalEntry.objects.filter(kind="DOCUMENT", object_id=thing.pk)
        .order_by("pk")
        .values_list("change", flat=True)
    )


def test_file_is_counted_once_whatever_else_changes(db, counts):
    thing = document("varia.pdf", pdf(2))
    counted(thing)
    thing.title = "Nowy tytuł"
    thing.save()
    assert counted(thing) == 2
    assert counts == [thing.file.name]


def test_file_of_the_same_name_with_another_hash_is_counted_anew(db, counts):
    thing = document("varia.pdf", pdf(2))
    counted(thing)
    name = thing.file.name
    thing.file.storage.delete(name)
    assert thing.file.storage.save(name, ContentFile(pdf(5))) == name
    thing._set_file_hash()
    thing.save()
    assert (counted(thing), counts) == (5, [name, name])


def test_new_count_is_told_to_readers_of_the_journal_once(db):
    thing = document("varia.pdf", pdf(2))
    counted(thing)
    assert changes_of(thing) == ["PUBLISHED", "CHANGED"]
    counted(thing)
    assert changes_of(thing) == ["PUBLISHED", "CHANGED"]


@pytest.mark.django_db(transaction=True)
def test_count_is_delivered_to_every_reader_with_the_commit():
    thing = document("varia.pdf", pdf(2))
    thing.refresh_from_db()
    last = journal.JournalEntry.objects.latest("pk")
    assert (thing.page_count, last.change, last.object_id) == (2, "CHANGED", thing.pk)
    positions = journal.JournalReader.objects.values_list("position", flat=True)
    assert set(positions) == {last.number}


def test_file_with_as_many_pages_is_told_as_one_change(db):
    thing = document("varia.pdf", pdf(2))
    counted(thing)
    thing.file = ContentFile(pdf(2), name="varia-2.pdf")
    thing.save()
    counted(thing)
    assert changes_of(thing) == ["PUBLISHED", "CHANGED", "CHANGED"]


def test_count_of_a_private_document_is_told_to_those_who_may_see_it(db):
    collection = CollectionFactory()
    row = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    thing = HubDocumentFactory(file=ContentFile(pdf(2), name="poufne.pdf"), collection=collection)
    assert counted(thing) == 2
    told = journal.JournalEntry.objects.filter(kind="DOCUMENT", object_id=thing.pk)
    assert [entry.restrictions for entry in told] == [[-row.pk], [-row.pk]]


def test_file_that_cannot_be_fetched_is_tried_again_with_the_next_change(db, monkeypatch):
    thing = document("varia.pdf", pdf(2))
    with monkeypatch.context() as broken:
        broken.setattr(page_counts, "count_pages", Mock(side_effect=ConnectionError))
        assert counted(thing) is None
    thing.save()
    assert counted(thing) == 2


def test_file_replaced_while_the_old_one_is_counted_keeps_its_own_count(db, monkeypatch):
    thing = document("varia.pdf", pdf(2))
    count = page_counts.count_pages

    def slow(old):
        pages = count(old)
        if not thing.file.name.endswith("nowa.pdf"):
            thing.file = ContentFile(pdf(7), name="nowa.pdf")
            thing.save()
        return pages

    monkeypatch.setattr(page_counts, "count_pages", slow)
    assert (counted(thing), counted(thing)) == (None, 7)
    assert changes_of(thing) == ["PUBLISHED", "CHANGED", "CHANGED"]


def test_document_deleted_while_it_is_counted_is_no_failure(db, monkeypatch):
    document("varia.pdf", pdf(2))

    def deleting(old):
        with transaction.atomic():
            old.delete()
        return 2

    monkeypatch.setattr(page_counts, "count_pages", deleting)
    journal.deliver()
    assert journal.JournalReader.objects.get(name="page counts").failures == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("tekst.txt", b"Tekst"), ("urwany.pdf", pdf(3)[:200]), ("pusty.pdf", b"")],
)
def test_what_is_no_readable_pdf_has_no_pages(db, name, content):
    assert counted(document(name, content)) is None


def test_pdf_that_takes_too_long_costs_its_number_alone(db, monkeypatch):
    monkeypatch.setattr(page_counts, "COUNT", "while True: pass")
    monkeypatch.setattr(page_counts, "SECONDS", 0.2)
    slow, other = document("wolny.pdf", pdf(1)), document("tekst.txt", b"Tekst")
    assert (counted(slow), counted(other)) == (None, None)
    position = journal.JournalReader.objects.get(name="page counts").position
    assert position == journal.JournalEntry.objects.latest("number").number


def test_pdf_that_wants_too_much_memory_costs_its_number_alone(db, monkeypatch):
    greedy = page_counts.COUNT.replace("import pypdfium2", "bytearray(2 * 1024**3)")
    monkeypatch.setattr(page_counts, "COUNT", greedy)
    assert counted(document("wielki.pdf", pdf(1))) is None
