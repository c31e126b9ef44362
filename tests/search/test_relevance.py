"""Every backend reaches on the judged set (tests/search/data) what was measured for it, with the
first synonyms and without any, and finds what the others find."""

import json
from pathlib import Path

import pytest
from django.db import connection

from home.models import HomePage
from search.backends import ElasticsearchBackend
from search.evaluation import archive, measures
from search.evaluation.files import read_documents, read_queries
from search.evaluation.measures import Run
from search.models import Synonym

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
DOCUMENTS = read_documents(DATA / "docs.jsonl")
QUERIES = read_queries(DATA / "queries.jsonl")
# What SQLite found, since no run has two databases: `run` of
# `manage.py evaluate_search tests/search/data/docs.jsonl tests/search/data/queries.jsonl`.
OF_SQLITE: Run = json.loads((DATA / "run_sqlite.json").read_text())
OVERLAP = 0.9
# A little below what was measured: nDCG@10 and recall@10, with synonyms and without.
FLOORS = {
    "sqlite": ((0.915, 0.93), (0.85, 0.85)),
    "postgresql": ((0.915, 0.93), (0.85, 0.85)),
    "elasticsearch": ((0.915, 0.93), (0.845, 0.84)),
}


def assert_reaches(floors: tuple[float, float], run: Run) -> None:
    ndcg, recall = floors
    measured = measures.of_run(QUERIES, run)
    assert measured.ndcg >= ndcg, measured
    assert measured.recall >= recall, measured


def check(backend: str) -> None:
    names = archive.load(DOCUMENTS)
    with_synonyms, without = FLOORS[backend]
    run = archive.find(QUERIES, names)
    assert_reaches(with_synonyms, run)
    # Else the record is out of date.
    least = 1 if backend == "sqlite" else OVERLAP
    assert measures.overlap(run, OF_SQLITE) >= least
    Synonym.objects.all().delete()
    assert_reaches(without, archive.find(QUERIES, names))


def test_database_reaches_the_floors(home: HomePage) -> None:
    check(connection.vendor)


@pytest.mark.services
def test_elasticsearch_reaches_the_floors(
    home: HomePage, elasticsearch: ElasticsearchBackend
) -> None:
    check("elasticsearch")


@pytest.mark.services
def test_backends_find_the_same(
    home: HomePage, elasticsearch: ElasticsearchBackend, settings
) -> None:
    names = archive.load(DOCUMENTS)
    of_the_server = archive.find(QUERIES, names)
    settings.ELASTICSEARCH_URL = ""
    of_the_database = archive.find(QUERIES, names)
    assert measures.overlap(of_the_server, of_the_database) >= OVERLAP
