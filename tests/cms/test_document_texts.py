"""Pages of documents and their text, read after the upload."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.models import CollectionViewRestriction

from cms import clock, document_texts, journal, pdf_reading
from cms.document_texts import text_of_page
from cms.models import Audience, DocumentPage, HubDocument, JournalEntry
from cms.visibility import Viewer, anonymous_viewer
from tests.factories import CollectionFactory, MemberFactory, PublicationFactory
from tests.pdfs import bomb, document, pdf, read_all

pytestmark = pytest.mark.django_db


def outcome(thing: HubDocument) -> tuple[str, int | None]:
    read_all()
    thing.refresh_from_db()
    return thing.text_state, thing.page_count


def texts(thing: HubDocument) -> list[str]:
    return list(thing.pages.values_list("text", flat=True))


@pytest.fixture
def limits(monkeypatch):
    def set_limits(**changed):
        monkeypatch.setattr(pdf_reading, "LIMITS", pdf_reading.LIMITS | changed)

    return set_limits


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Another program in place of the one that reads."""

    def put(source: str) -> None:
        path = tmp_path / "program.py"
        path.write_text(source)
        monkeypatch.setattr(pdf_reading, "PROGRAM", path)

    return put


def test_text_is_kept_page_by_page(home):
    thing = document(pdf("Zażółć gęślą jaźń", "Strona druga"))
    assert outcome(thing) == ("READ", 2)
    assert texts(thing) == ["Zażółć gęślą jaźń", "Strona druga"]


def test_word_divided_at_the_end_of_a_line_is_one_word(home):
    thing = document(pdf("Nasze biblio-\ntekarki"))
    outcome(thing)
    assert texts(thing) == ["Nasze bibliotekarki"]


def test_upload_is_answered_before_the_text_is_read(home):
    thing = document(pdf("Tekst"))
    journal.deliver()
    thing.refresh_from_db()
    assert (thing.text_state, thing.text_is_due) == ("WAITING", True)


def test_clock_reads_what_was_uploaded(home):
    thing = document(pdf("Tekst"))
    clock.tick()
    assert texts(thing) == ["Tekst"]


def test_another_file_in_its_place_is_read_anew(home):
    thing = document(pdf("Dawny"))
    outcome(thing)
    thing.refresh_from_db()
    thing.file = ContentFile(pdf("Nowy", "Dłuższy"), name="nowe.pdf")
    thing.save()
    journal.deliver()
    assert outcome(thing) == ("READ", 2)
    assert texts(thing) == ["Nowy", "Dłuższy"]


def test_unchanged_file_is_not_read_again(home, program):
    thing = document(pdf("Tekst"))
    outcome(thing)
    thing.refresh_from_db()
    program("raise SystemExit(1)")
    thing.title = "Inny tytuł"
    thing.save()
    journal.deliver()
    assert read_all() == 1
    assert texts(thing) == ["Tekst"]


def test_nothing_is_left_to_do_once_all_is_read(home):
    document(pdf("Tekst"))
    assert [read_all(), journal.deliver(), read_all(), read_all()] == [1, None, 1, 0]


@pytest.mark.parametrize(
    ("name", "content", "state"),
    [
        ("tekst.txt", b"Tekst", "NONE"),
        ("urwany.pdf", pdf("Tekst")[:200], "UNREADABLE"),
        ("pusty.pdf", b"", "UNREADABLE"),
        ("obraz.pdf", b"\x89PNG\r\n" * 50, "UNREADABLE"),
        ("tajny.pdf", pdf("Tekst", encrypt="hasło"), "LOCKED"),
    ],
)
def test_what_cannot_be_read_costs_its_text_alone(home, name, content, state):
    thing, other = document(content, name), document(pdf("Tekst"))
    assert outcome(thing) == (state, None)
    assert texts(other) == ["Tekst"]


def test_scan_has_pages_and_no_text(home):
    thing = document(pdf("", ""))
    assert outcome(thing) == ("EMPTY", 2)
    assert texts(thing) == []


def test_text_behind_the_bound_of_pages_is_left_out(home, limits):
    limits(pages=2)
    thing = document(pdf("Raz", "Dwa", "Trzy"))
    assert outcome(thing) == ("CUT", 3)
    assert texts(thing) == ["Raz", "Dwa"]


def test_text_behind_the_bound_of_characters_is_left_out(home, limits):
    limits(characters=5)
    thing = document(pdf("Zażółć", "Dwa"))
    assert outcome(thing) == ("CUT", 2)
    assert texts(thing) == ["Zażółć"]


def test_reading_ends_between_two_pages_when_it_takes_long(home, limits):
    limits(seconds=-1)
    assert outcome(document(pdf("Raz", "Dwa"))) == ("EMPTY", 2)


def test_pdf_that_does_not_end_costs_its_text_alone(home, limits, program):
    limits(hard_seconds=0.3)
    program("while True: pass")
    assert outcome(document(pdf("Tekst"))) == ("UNREADABLE", None)


def test_pdf_that_unpacks_to_more_than_the_memory_costs_its_text_alone(home, limits):
    limits(memory=160 * 1024 * 1024)
    thing, other = document(bomb(200)), document(pdf("Tekst"))
    assert outcome(thing)[0] in ("UNREADABLE", "EMPTY")
    assert texts(other) == ["Tekst"]


def test_reader_that_writes_without_end_is_stopped(home, limits, program):
    limits(output=10_000)
    source = pdf_reading.PROGRAM.read_text()
    program(source.replace("    read(pdf, limits)", "    while True: tell('x' * 1000)"))
    assert outcome(document(pdf("Tekst"))) == ("UNREADABLE", None)


@pytest.mark.parametrize("said", ['"x"', "[1]", '2\n"a"\n3\n{}', '{"a": 1}\n{}', "\\ud800", "1"])
def test_reader_that_says_nonsense_is_not_believed(home, program, said):
    program(f"print({said!r})")
    assert outcome(document(pdf("Tekst"))) == ("UNREADABLE", None)


def test_reader_is_given_no_secret(home, program, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "tajemnica")
    program("import json, os; print(1); print(json.dumps(str(dict(os.environ)))); print('{}')")
    thing = document(pdf("Tekst"))
    outcome(thing)
    assert "tajemnica" not in texts(thing)[0]


def test_file_that_is_gone_costs_its_text_alone(home):
    thing, other = document(pdf("Tekst")), document(pdf("Tekst"))
    thing.file.storage.delete(thing.file.name)
    assert outcome(thing) == ("UNREADABLE", None)
    assert texts(other) == ["Tekst"]


def test_file_too_large_is_not_opened(home, monkeypatch):
    monkeypatch.setattr(document_texts, "LARGEST_FILE", 10)
    assert outcome(document(pdf("Tekst"))) == ("TOO_LARGE", None)


def test_storage_that_does_not_answer_is_asked_again(home, monkeypatch):
    thing = document(pdf("Tekst"))
    with monkeypatch.context() as patch:
        patch.setattr(HubDocument, "open_file", lambda self: 1 / 0)
        assert outcome(thing) == ("WAITING", None)
    assert outcome(thing) == ("READ", 1)


def test_text_of_a_file_that_was_replaced_meanwhile_is_thrown_away(home):
    thing = document(pdf("Dawny"))
    HubDocument.objects.filter(pk=thing.pk).update(file="documents/nowy.pdf")
    document_texts.read(thing)
    assert not DocumentPage.objects.exists()
    assert HubDocument.objects.get().text_is_due


def test_text_that_was_read_is_told_in_the_journal(home):
    thing = document(pdf("Tekst"))
    before = JournalEntry.objects.filter(kind="DOCUMENT").count()
    outcome(thing)
    assert JournalEntry.objects.filter(kind="DOCUMENT", object_id=thing.pk).count() == before + 1


def test_text_of_a_private_document_is_told_to_those_who_may_see_it(home):
    collection = CollectionFactory()
    row = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    thing = document(pdf("Tekst"), collection=collection)
    outcome(thing)
    told = JournalEntry.objects.filter(kind="DOCUMENT", object_id=thing.pk)
    assert [entry.restrictions for entry in told] == [[-row.pk], [-row.pk]]


def test_other_file_of_the_same_name_is_read_anew(home):
    thing = document(pdf("Dawny"))
    outcome(thing)
    name = thing.file.name
    thing.file.storage.delete(name)
    assert thing.file.storage.save(name, ContentFile(pdf("Nowy"))) == name
    thing.save()
    journal.deliver()
    outcome(thing)
    assert texts(thing) == ["Nowy"]


def test_document_deleted_while_it_is_read_is_no_failure(home, monkeypatch, caplog):
    thing = document(pdf("Tekst"))

    def deleting(file):
        thing.delete()
        return pdf_reading.PdfText("READ", 1, ["Tekst"])

    monkeypatch.setattr(document_texts, "read_pdf", deleting)
    assert read_all() == 1
    assert (caplog.text, DocumentPage.objects.count()) == ("", 0)


def test_command_reads_what_was_never_read_and_names_what_it_cannot(home, capsys):
    document(pdf("Tekst"))
    document(b"", "pusty.pdf", title="Pusty plik")
    call_command("read_documents")
    out, err = capsys.readouterr()
    assert out == "2 documents\n"
    assert err.startswith("Pusty plik: ")


def test_text_of_a_page_is_for_who_may_have_the_document(home):
    thing = document(pdf("Raz", "Dwa"))
    outcome(thing)
    PublicationFactory(file=thing, audience=Audience.MEMBERS)
    member = Viewer(member=MemberFactory())
    asked = [(1, member), (2, member), (3, member), (2, anonymous_viewer())]
    assert [text_of_page(thing, number, viewer=viewer) for number, viewer in asked] == [
        "Raz",
        "Dwa",
        None,
        None,
    ]
