"""`manage.py evaluate_search` measures on files of anybody's, and leaves nothing behind."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from search.backends.elastic_index import client_of
from search.evaluation.files import FileError, read_documents, read_queries
from search.evaluation.measures import Measures, mean, measure, overlap
from tests import search_server

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = [
    {"id": "a", "kind": "webinar", "themes": ["gry"], "title": "Gry w bibliotece", "body": "Tekst"},
    {"id": "b", "kind": "artykul", "title": "Książki mówione", "body": "Dla seniorów & innych"},
    {"id": "c", "title": "Kronika gminy"},
]
QUERIES = [
    {"id": "1", "type": "nodia", "query": "ksiazka", "judgments": {"b": 3}},
    {"id": "2", "type": "prefix", "query": "kron", "judgments": {"c": 2}},
    {"id": "3", "type": "nodia", "query": "gry", "judgments": {"c": 3}},
]


def write(path: Path, rows: list[object]) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows))
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return write(tmp_path / "docs.jsonl", DOCUMENTS)


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    return write(tmp_path / "queries.jsonl", QUERIES)


def evaluate(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "manage.py", "evaluate_search", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def assert_measured(process: subprocess.CompletedProcess[str], backend: str) -> None:
    assert process.returncode == 0, process.stderr
    result = json.loads(process.stdout)
    assert (result["backend"], result["documents"], result["queries"]) == (backend, 3, 3)
    for part in (result["with_synonyms"], result["without_synonyms"]):
        assert part["run"] == {"1": ["b"], "2": ["c"], "3": ["a"]}
        assert part["all"] == {"ndcg@10": 0.6667, "recall@10": 0.6667, "mrr": 0.6667}
        assert part["by_type"] == {
            "nodia": {"ndcg@10": 0.5, "recall@10": 0.5, "mrr": 0.5},
            "prefix": {"ndcg@10": 1.0, "recall@10": 1.0, "mrr": 1.0},
        }


@pytest.mark.slow
@pytest.mark.embedded
def test_files_are_measured_without_any_service_and_nothing_is_left(
    documents: Path, queries: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.sqlite3"
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = evaluate(
        documents,
        queries,
        DATABASE_URL=f"sqlite:///{own}",
        REDIS_URL="redis://127.0.0.1:1/0",
        ELASTICSEARCH_URL="http://127.0.0.1:1",
        TMPDIR=str(scratch),
    )
    assert_measured(process, "sqlite")
    assert not own.exists()
    assert list(scratch.iterdir()) == []


@pytest.mark.slow
@pytest.mark.services
def test_files_are_measured_on_elasticsearch(documents: Path, queries: Path) -> None:
    if not search_server.URL:
        pytest.skip("ELASTICSEARCH_URL names no server")
    process = evaluate(documents, queries, "--backend", "elasticsearch")
    assert_measured(process, "elasticsearch")
    assert not client_of(search_server.URL).indices.get(index="labib-evaluation-*")


@pytest.mark.slow
@pytest.mark.services
def test_files_are_measured_on_postgresql(
    documents: Path, queries: Path, on_postgresql: None
) -> None:
    assert_measured(evaluate(documents, queries, "--backend", "postgresql"), "postgresql")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname LIKE 'labib_evaluation_%'")
        assert cursor.fetchall() == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "is empty"),
        ("no json\n", "line 1: this is no JSON"),
        ("[1]\n", "line 1: this is no JSON object"),
        ('{"id": "a"}\n', 'line 1: "title" is missing'),
        ('{"id": "a", "title": 3}\n', 'line 1: "title" is missing, empty or not a text'),
        ('{"id": "a", "title": "A", "themes": "gry"}\n', 'line 1: "themes" is not a list'),
        (
            '{"id": "a", "title": "A"}\n\n{"id": "a", "title": "B"}\n',
            'line 3: there is another "a"',
        ),
        (f"{'[' * 100_000}\n", "line 1: this is no JSON"),
    ],
)
def test_malformed_documents_are_told_with_their_line(
    tmp_path: Path, text: str, error: str
) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_text(text)
    with pytest.raises(FileError) as raised:
        read_documents(path)
    assert error in str(raised.value)
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"judgments": {"a": 4}}, "grades from 0 to 3"),
        ({"judgments": {"a": True}}, "grades from 0 to 3"),
        ({"judgments": ["a"]}, "grades from 0 to 3"),
        ({"query": " "}, '"query" is missing, empty'),
        ({"query": "a" * 201}, "longer than 200"),
    ],
)
def test_malformed_queries_are_told_with_their_line(
    tmp_path: Path, change: dict, error: str
) -> None:
    with pytest.raises(FileError, match="line 1: .*" + error):
        read_queries(write(tmp_path / "queries.jsonl", [{**QUERIES[0], **change}]))


def test_file_that_is_not_there_is_an_error_of_the_command(tmp_path: Path, queries: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.jsonl cannot be read: No such file"):
        call_command("evaluate_search", tmp_path / "none.jsonl", queries)


def test_file_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FileError, match="is not text in UTF-8"):
        read_documents(path)


@pytest.mark.parametrize(
    ("url", "error"),
    [("", "Set ELASTICSEARCH_URL"), ("http://127.0.0.1:1", "does not answer")],
)
def test_search_server_that_is_not_there_is_an_error_of_the_command(
    documents: Path, queries: Path, url: str, error: str
) -> None:
    with override_settings(ELASTICSEARCH_URL=url), pytest.raises(CommandError, match=error):
        call_command("evaluate_search", documents, queries, backend="elasticsearch")


def test_query_judged_by_an_unknown_document_is_warned_of(
    tmp_path: Path, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = write(tmp_path / "q.jsonl", [{**QUERIES[0], "judgments": {"b": 3, "missing": 2}}])
    with override_settings(ELASTICSEARCH_URL=""), pytest.raises(CommandError):
        call_command("evaluate_search", documents, queries, backend="elasticsearch")
    assert (
        "The query 1 is judged by documents that are not there: missing." in capsys.readouterr().err
    )


def test_measures_are_those_of_the_definition() -> None:
    measured = measure(["x", "b", "a"], {"a": 3, "b": 2, "c": 1, "d": 0})
    ideal = 7 + 3 / math.log2(3) + 1 / 2
    assert measured.ndcg == pytest.approx((3 / math.log2(3) + 7 / 2) / ideal)
    assert measured.recall == 1.0
    assert measured.reciprocal_rank == 0.5


def test_only_ten_results_are_measured() -> None:
    found = [f"x{number}" for number in range(10)] + ["a"]
    assert measure(found, {"a": 3}) == Measures(0.0, 0.0, 0.0)


def test_recall_is_of_ten_at_most() -> None:
    judgments = {f"a{number}": 2 for number in range(20)}
    assert measure([f"a{number}" for number in range(10)], judgments).recall == 1.0


def test_query_without_a_useful_document_does_not_lower_the_mean() -> None:
    nothing = measure(["a"], {"a": 0})
    assert nothing == Measures(None, None, None)
    assert mean([measure(["a"], {"a": 3}), nothing]) == Measures(1.0, 1.0, 1.0)


def test_overlap_is_the_mean_jaccard_index() -> None:
    assert overlap({"1": ["a", "b"], "2": []}, {"1": ["b", "c"], "2": []}) == pytest.approx(2 / 3)
