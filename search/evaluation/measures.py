"""How good a ranking is, at ten results."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.evaluation.files import JudgedQuery

SHOWN = 10
# From this grade on a document counts as found.
USEFUL = 2


@dataclass(frozen=True)
class Measures:
    """`ndcg` has a gain of 2^grade − 1; the other two look at useful documents alone. Of a query
    without any, recall and reciprocal rank say nothing; of one without a relevant document nDCG
    neither."""

    ndcg: float | None
    recall: float | None
    reciprocal_rank: float | None


def measure(found: Sequence[str], judgments: Mapping[str, int]) -> Measures:
    grades = [judgments.get(name, 0) for name in found[:SHOWN]]
    best = _gain(sorted(judgments.values(), reverse=True)[:SHOWN])
    useful = sum(grade >= USEFUL for grade in judgments.values())
    hits = [place for place, grade in enumerate(grades, 1) if grade >= USEFUL]
    return Measures(
        ndcg=_gain(grades) / best if best else None,
        recall=len(hits) / min(SHOWN, useful) if useful else None,
        reciprocal_rank=(1 / hits[0] if hits else 0.0) if useful else None,
    )


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(rows: Iterable[Measures]) -> Measures:
    """The mean of each measure over those rows of which it says something."""
    rows = list(rows)
    return Measures(
        ndcg=_mean([row.ndcg for row in rows]),
        recall=_mean([row.recall for row in rows]),
        reciprocal_rank=_mean([row.reciprocal_rank for row in rows]),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


# The ids of the documents found, by the id of the query.
Run = Mapping[str, Sequence[str]]


def of_run(queries: Iterable[JudgedQuery], run: Run) -> Measures:
    return mean(measure(run[query.id], query.judgments) for query in queries)


def by_type(queries: Iterable[JudgedQuery], run: Run) -> dict[str, Measures]:
    grouped = defaultdict(list)
    for query in queries:
        grouped[query.type].append(query)
    return {name: of_run(group, run) for name, group in sorted(grouped.items())}


def overlap(one: Run, other: Run) -> float:
    """Mean Jaccard index of what two runs found first."""
    shares = []
    for query_id, found in one.items():
        first, second = set(found[:SHOWN]), set(other[query_id][:SHOWN])
        shares.append(len(first & second) / len(first | second) if first | second else 1.0)
    return sum(shares) / len(shares)
