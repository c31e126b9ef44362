"""Pages of documents, counted after the upload."""

import io

import pytest
from django.core.files.base import ContentFile
from reportlab.pdfgen.canvas import Canvas

from cms import journal, page_counts
from tests.factories import HubDocumentFactory


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
