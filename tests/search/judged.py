"""The judged set (tests/search/data) and its measures at ten results."""

import datetime
import json
import math
from dataclasses import dataclass
from pathlib import Path

from search import word_counts
from search.access import AccessClasses
from search.analysis import ANALYSER
from search.backends.interface import Backend, Search
from search.models import AccessClass, ArchiveEntry, Face
from search.ordering import Order, title_key
from search.plan import make_plan
from search.scope import Scope
from search.synonyms import SynonymRule, parse_synonyms, read_synonym_lines
from search.vocabulary import Vocabulary

DATA = Path(__file__).parent / "data"
USEFUL = 2
SHOWN = 10


def read_lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


QUERIES = read_lines("queries.jsonl")


@dataclass(frozen=True)
class Measures:
    ndcg: float
    recall: float
    reciprocal_rank: float


def make_entries() -> dict[int, str]:
    """An archive of the judged documents; their names in the set by entry."""
    access = AccessClass.objects.create(key="judged", face=Face.EVERYONE)
    names = {}
    changes = word_counts.Changes()
    for number, document in enumerate(read_lines("docs.jsonl")):
        entry = ArchiveEntry.objects.create(
            kind="ARTICLE",
            object_id=number,
            access=access,
            face=Face.EVERYONE,
            title=document["title"],
            body=document["body"],
            topics_text=" , ".join(document["themes"]),
            path=f"/{document['id']}/",
            date=datetime.date(2026, 1, 1),
            title_key=title_key(document["title"]),
            digest=document["id"],
            analyser=ANALYSER,
        )
        word_counts.count(changes, entry, times=1)
        names[entry.pk] = document["id"]
    word_counts.write(changes)
    return names


def first_rules() -> tuple[SynonymRule, ...]:
    return parse_synonyms(tuple(read_synonym_lines()))


def rank(backend: Backend, query: dict, *, rules: tuple[SynonymRule, ...]) -> list[int]:
    access = AccessClass.objects.get(key="judged")
    plan = make_plan(
        query["query"],
        vocabulary=Vocabulary(AccessClasses((access.pk,), (access.revision,))),
        synonyms=rules,
        while_typing=query["type"] == "prefix",
    )
    search = Search(plan, Scope(access=(access.pk,)), Order.RELEVANCE, SHOWN)
    return [each.entry_id for each in backend.search(search).entries]


def measure(backend: Backend, names: dict[int, str], *, rules: tuple[SynonymRule, ...]) -> Measures:
    rows = [
        _measures([names[pk] for pk in rank(backend, query, rules=rules)], query["judgments"])
        for query in QUERIES
    ]
    return Measures(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))


def top_tens(backend: Backend, names: dict[int, str]) -> dict[str, list[str]]:
    """With the first synonyms, by query."""
    return {
        query["id"]: [names[pk] for pk in rank(backend, query, rules=first_rules())]
        for query in QUERIES
    }


def overlap(one: dict[str, list[str]], other: dict[str, list[str]]) -> float:
    """Mean over the queries of the Jaccard index."""
    shares = [
        len({*one[query]} & {*other[query]}) / max(1, len({*one[query], *other[query]}))
        for query in one
    ]
    return sum(shares) / len(shares)


def _measures(found: list[str], judgments: dict[str, int]) -> tuple[float, float, float]:
    def gain(grades: list[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

    grades = [judgments.get(name, 0) for name in found]
    ideal = sorted(judgments.values(), reverse=True)[:SHOWN]
    useful = sum(grade >= USEFUL for grade in judgments.values())
    hits = sum(grade >= USEFUL for grade in grades)
    first = next((place for place, grade in enumerate(grades, 1) if grade >= USEFUL), math.inf)
    return gain(grades) / gain(ideal), hits / min(SHOWN, useful), 1 / first
