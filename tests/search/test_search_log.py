"""What readers look for is counted by month, without a trace of who looked."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from cms.api.operations import operations
from members.models import Member
from search.models import SearchedText
from search.search_log import MOST_NOTED, Log, fingerprint, forget, log, months_before, normalised
from tests.search.conftest import MakeArticle

pytestmark = pytest.mark.django_db
MONTH = datetime.date(2026, 3, 1)


@pytest.fixture
def counted(settings) -> None:
    settings.SEARCH_LOG_MONTHS = 12
    log.flush()
    SearchedText.objects.all().delete()


def ask(operation: str, **variables: object) -> None:
    answer = Client().post(
        "/graphql/",
        {"query": operations()[operation].text, "variables": variables},
        content_type="application/json",
    )
    assert "errors" not in answer.json()


def rows() -> list[tuple[str, int, int]]:
    log.flush()
    return list(SearchedText.objects.values_list("text", "searches", "found_nothing"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Książki,  MÓWIONE! ", "książki mówione"),
        ("GET it 2024", "get it 2024"),
        ("jan.kowalski@example.org", ""),
        ("tel. 601 234 567", ""),
        ("601-234-567", ""),
        ("pesel 44051401359", ""),
        ("https://example.org/tajne", ""),
        ("słowo " * 20, ""),
        ("?!", ""),
    ],
)
def test_text_is_reduced_to_its_words_and_left_out_when_it_looks_personal(
    text: str, expected: str
) -> None:
    assert normalised(text) == expected


def test_text_is_readable_from_the_third_search_on(counted: None) -> None:
    for _turn in range(2):
        log.note("Kronika", found=True)
    assert rows() == [("", 2, 0)]
    log.note("kronika!", found=False)
    assert rows() == [("kronika", 3, 1)]


def test_hash_of_a_text_that_is_not_readable_needs_the_secret_key(settings) -> None:
    before = fingerprint("kronika", MONTH)
    assert fingerprint("kronika", datetime.date(2026, 4, 1)) != before
    settings.SECRET_KEY = "another"
    assert fingerprint("kronika", MONTH) != before


def test_search_through_the_api_is_counted(counted: None, make_article: MakeArticle) -> None:
    make_article("Kronika")
    for _turn in range(3):
        ask("ArchiveSearch", query="kronika")
        ask("ArchiveSearch", query="hipopotam")
    assert sorted(rows()) == [("hipopotam", 3, 3), ("kronika", 3, 0)]


def test_search_in_the_archives_page_is_counted_once(
    counted: None, make_article: MakeArticle
) -> None:
    make_article("Kronika")
    client = Client()
    for address in ("?q=hipopotam", "?q=kronika", "?q=kronika&rodzaj=ARTICLE", "?kolejnosc=tytul"):
        assert client.get(f"/archiwum/{address}").status_code == 200
    assert rows() == [("", 1, 1), ("", 1, 0)]


def test_typing_browsing_and_further_pages_are_not_counted(
    counted: None, make_article: MakeArticle
) -> None:
    for number in range(3):
        make_article("Kronika", slug=f"k{number}")
    answer = Client().post(
        "/graphql/",
        {"query": '{archive(query: "kronika", first: 1) {pageInfo {endCursor}}}'},
        content_type="application/json",
    )
    cursor = answer.json()["data"]["archive"]["pageInfo"]["endCursor"]
    ask("ArchiveSearch", query="kronika", first=1, after=cursor)
    ask("ArchiveSuggestions", prefix="kron")
    ask("ArchiveSearch")
    assert [searches for _text, searches, _vain in rows()] == [1]


def test_search_writes_nothing_while_somebody_waits(
    counted: None, make_article: MakeArticle, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        log.note("kronika", found=True)
    log.flush()


def test_failing_database_fails_no_search(counted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("search.search_log.write", fail)
    monkeypatch.setattr("search.search_log.connection.close", lambda: None)
    log.note("kronika", found=True)
    log.flush_from_thread()
    assert not log.noted


def test_memory_for_searches_is_bounded(counted: None) -> None:
    own = Log()
    for number in range(MOST_NOTED + 5):
        own.note(f"słowo {chr(97 + number % 26)}{number}", found=True)
    assert len(own.noted) == MOST_NOTED
    own.timer.cancel()


def test_nothing_is_counted_when_it_is_switched_off() -> None:
    log.note("kronika", found=True)
    assert not log.noted


def test_old_months_and_unreadable_texts_of_past_months_are_forgotten(
    counted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: datetime.date(2026, 3, 14))
    kept = [(datetime.date(2025, 3, 1), "a"), (datetime.date(2026, 3, 1), "")]
    gone = [(datetime.date(2025, 2, 1), "b"), (datetime.date(2026, 2, 1), "")]
    for number, (month, text) in enumerate(kept + gone):
        SearchedText.objects.create(month=month, fingerprint=str(number), text=text)
    forget()
    assert sorted(SearchedText.objects.values_list("month", "text")) == sorted(kept)


def test_months_are_counted_over_the_year() -> None:
    assert months_before(MONTH, 3) == datetime.date(2025, 12, 1)
    assert months_before(MONTH, 24) == datetime.date(2024, 3, 1)


def login(role: str) -> Client:
    from django.contrib.auth.models import Group

    member = Member.objects.create_user(email=f"{role}@example.org", password="x")
    member.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(member)
    return client


def test_editor_reads_what_was_searched_in_vain() -> None:
    for text, vain in (("makerspejs", 4), ("kronika", 0)):
        SearchedText.objects.create(
            month=MONTH, fingerprint=text, text=text, searches=5, found_nothing=vain
        )
    SearchedText.objects.create(month=MONTH, fingerprint="rare", searches=2)
    page = login("Redaktor").get(reverse("searches_report")).content.decode()
    in_vain, most = page.split("Najczęściej szukane")
    assert "makerspejs" in in_vain
    assert "kronika" not in in_vain
    assert "kronika" in most


def test_expert_does_not_read_what_was_searched() -> None:
    assert login("Ekspert").get(reverse("searches_report")).status_code == 302
