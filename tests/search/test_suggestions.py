"""Suggestions while somebody types, through the API."""

from tests.contract.operations import RunOperation, run_operation
from tests.search.conftest import MakeArticle

__all__ = ["run_operation"]


def suggested(run_operation: RunOperation, prefix: str) -> list[str]:
    answer = run_operation("ArchiveSuggestions", prefix=prefix)
    return [each["titleHtml"] for each in answer["archiveSuggestions"]]


def test_unfinished_word_is_completed(
    run_operation: RunOperation, make_article: MakeArticle
) -> None:
    make_article("Wypożyczalnia sprzętu turystycznego")
    make_article("Zupełnie coś innego")
    titles = suggested(run_operation, "wypoż")
    assert titles == ["<mark>Wypożyczalnia</mark> sprzętu turystycznego"]


def test_title_of_a_draft_is_not_suggested(
    run_operation: RunOperation, make_article: MakeArticle
) -> None:
    make_article("Tajna wypożyczalnia", live=False)
    assert suggested(run_operation, "wypoż") == []


def test_nothing_typed_suggests_nothing(
    run_operation: RunOperation, make_article: MakeArticle
) -> None:
    make_article("Wypożyczalnia")
    assert suggested(run_operation, "  ") == []


def test_there_are_at_most_eight(run_operation: RunOperation, make_article: MakeArticle) -> None:
    for number in range(10):
        make_article(f"Wypożyczalnia {number}")
    assert len(suggested(run_operation, "wypoż")) == 8


def test_choice_of_no_kind_finds_nothing(
    run_operation: RunOperation, make_article: MakeArticle
) -> None:
    make_article("Wypożyczalnia")
    for where in ({"kinds": []}, {"topics": []}):
        assert run_operation("ArchiveSearch", where=where)["archive"]["totalCount"] == 0
    assert run_operation("ArchiveSearch", where={})["archive"]["totalCount"] == 1
