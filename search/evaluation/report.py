"""All that is measured of one backend, as it is printed."""

from collections.abc import Sequence
from typing import Any

from search.analysis import ANALYSER
from search.evaluation import archive, measures
from search.evaluation.files import JudgedQuery
from search.evaluation.measures import SHOWN, Measures, Run
from search.indexing import Thing
from search.models import Synonym

DIGITS = 4


def report(
    queries: Sequence[JudgedQuery], names: dict[Thing, str], *, backend: str, documents: int
) -> dict[str, Any]:
    """Deletes the synonyms, to measure without them too."""
    with_synonyms = archive.find(queries, names)
    Synonym.objects.all().delete()
    without = archive.find(queries, names)
    return {
        "backend": backend,
        "analyser": ANALYSER,
        "documents": documents,
        "queries": len(queries),
        "with_synonyms": _of_run(queries, with_synonyms),
        "without_synonyms": _of_run(queries, without),
    }


def _of_run(queries: Sequence[JudgedQuery], run: Run) -> dict[str, Any]:
    return {
        "all": _numbers(measures.of_run(queries, run)),
        "by_type": {
            name: _numbers(measured) for name, measured in measures.by_type(queries, run).items()
        },
        "run": {query_id: list(found) for query_id, found in run.items()},
    }


def _numbers(measured: Measures) -> dict[str, float | None]:
    values = {
        f"ndcg@{SHOWN}": measured.ndcg,
        f"recall@{SHOWN}": measured.recall,
        "mrr": measured.reciprocal_rank,
    }
    return {name: None if value is None else round(value, DIGITS) for name, value in values.items()}
