"""Postings, a row for each word of an entry, and BM25 over them: what both databases score by.

SQLite has a bm25() of its own, but it reads the length and all places of each row anew for each
word, which takes ten times as long (docs/adr/0005-archive.md).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Protocol

from django.db import connection

from search.analysis import FIELDS, WEIGHTS, AnalysedText
from search.backends.bm25 import LENGTH_PART, SATURATION, Statistics
from search.backends.interface import Search
from search.backends.sql import Part
from search.plan_parts import OF_FORMS, Alternative, Kind

POSTINGS = "search_posting"
# After all that begins with a prefix.
END = chr(0x10FFFF)

Fields = Mapping[str, AnalysedText]
# Whether the word is a form, the word, the entry, the frequency weighted by the field, the same
# without the body, and the length of the entry in words.
Posting = tuple[bool, str, int, float, float, int]


class Standing(Protocol):
    def __call__(self, alternative: Alternative, *, without_bodies: bool) -> Part:
        """A SELECT of the ids of the entries where the words stand as the alternative says."""


def length_of(fields: Fields) -> int:
    """Of all fields, lemmas and forms."""
    return sum(len(text.lemmas.split()) + len(text.forms.split()) for text in fields.values())


def postings_of(entry_id: int, fields: Fields) -> list[Posting]:
    length = length_of(fields)
    lemmas = {field: fields[field].lemmas for field in FIELDS}
    forms = {field: fields[field].forms for field in FIELDS}
    return [
        (is_form, word, entry_id, frequency, in_names, length)
        for is_form, texts in ((False, lemmas), (True, forms))
        for word, (frequency, in_names) in frequencies(texts).items()
    ]


def frequencies(texts: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """How often each word is in the fields, weighted; and the same without the body."""
    total: dict[str, float] = defaultdict(float)
    in_names: dict[str, float] = defaultdict(float)
    for field, text in texts.items():
        for word, times in Counter(text.split()).items():
            total[word] += times * WEIGHTS[field]
            if field != "body":
                in_names[word] += times * WEIGHTS[field]
    return {word: (frequency, in_names[word]) for word, frequency in total.items()}


def hits(search: Search, standing: Standing, lengths: str) -> Iterator[Part]:
    """The translators' SELECTs; `lengths` names a table with each entry's length."""
    frequency = "in_names" if search.without_bodies else "frequency"
    statistics = _statistics(search, lengths, _only_in_names(frequency))
    for number, group in enumerate(search.plan.groups):
        for alternative in group.alternatives:
            if alternative.kind == Kind.PREFIX:
                yield _of_prefix(number, alternative, statistics, frequency)
            elif alternative.kind in (Kind.NEAR, Kind.PHRASE):
                where = standing(alternative, without_bodies=search.without_bodies)
                yield _of_words(number, alternative, statistics, frequency, where)
            elif alternative.kind != Kind.CONTENT_KIND:
                yield _of_word(number, alternative, statistics, frequency)


def _statistics(search: Search, lengths: str, only: str) -> Statistics:
    """Counted once for all words of the plan, and before anything is ranked; `only` says among
    which postings."""
    prefixes: set[str] = set()
    words: dict[bool, set[str]] = {False: set(), True: set()}
    for group in search.plan.groups:
        for alternative in group.alternatives:
            if alternative.kind == Kind.PREFIX:
                prefixes.update(alternative.words)
            elif alternative.kind != Kind.CONTENT_KIND:
                words[alternative.kind in OF_FORMS].update(alternative.words)
    parts = [f"SELECT '' AS word, 'entries' AS what, COUNT(*), AVG(length) FROM {lengths}"]  # noqa: S608  (constants; values are parameters)
    parameters: list[str | bool] = []
    for is_form, what in ((False, "lemma"), (True, "form")):
        if wanted := sorted(words[is_form]):
            marks = ", ".join(["%s"] * len(wanted))
            parts.append(
                f"SELECT word, '{what}', COUNT(*), 0 FROM {POSTINGS}"  # noqa: S608  (constants; values are parameters)
                f" WHERE is_form = %s AND word IN ({marks}){only} GROUP BY word"
            )
            parameters += [is_form, *wanted]
    for prefix in sorted(prefixes):
        parts.append(
            f"SELECT %s, 'prefix', COUNT(DISTINCT entry_id), 0 FROM {POSTINGS}"  # noqa: S608  (constants; values are parameters)
            f" WHERE word >= %s AND word < %s AND is_form = TRUE{only}"
        )
        parameters += [prefix, prefix, prefix + END]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        rows = cursor.fetchall()
    having = {(word, what): number for word, what, number, _ in rows}
    length = next(average for _, what, _, average in rows if what == "entries")
    return Statistics(having["", "entries"], float(length or 1), having)


def _bm25(frequency: str) -> str:
    """With the average length as a parameter; the rarity of the word is still to be multiplied."""
    share = f"{1 - LENGTH_PART} + {LENGTH_PART} * length / %s"
    return f"{frequency} * {SATURATION + 1} / ({frequency} + {SATURATION} * ({share}))"


def _of_word(number: int, each: Alternative, statistics: Statistics, frequency: str) -> Part:
    [word] = each.words
    is_form = each.kind in OF_FORMS
    rarity = statistics.rarity(word, "form" if is_form else "lemma")
    return (
        f"SELECT {number}, entry_id, %s * {_bm25(frequency)} FROM {POSTINGS}"  # noqa: S608  (constants; values are parameters)
        f" WHERE is_form = %s AND word = %s{_only_in_names(frequency)}",
        [each.weight * rarity, statistics.length, is_form, word],
    )


def _of_prefix(number: int, each: Alternative, statistics: Statistics, frequency: str) -> Part:
    """Of all words that begin so, as if they were one."""
    [prefix] = each.words
    return (
        f"SELECT {number}, entry_id, %s * {_bm25('tf')} FROM (SELECT entry_id,"  # noqa: S608  (constants; values are parameters)
        f" SUM({frequency}) AS tf, MAX(length) AS length FROM {POSTINGS} WHERE is_form = TRUE"
        f" AND word >= %s AND word < %s{_only_in_names(frequency)} GROUP BY entry_id) posting",
        [
            each.weight * statistics.rarity(prefix, "prefix"),
            statistics.length,
            prefix,
            prefix + END,
        ],
    )


def _of_words(
    number: int, each: Alternative, statistics: Statistics, frequency: str, where: Part
) -> Part:
    """The sum of the words, in the entries where they stand so."""
    is_form = each.kind in OF_FORMS
    what = "form" if is_form else "lemma"
    rarities = {word: statistics.rarity(word, what) for word in dict.fromkeys(each.words)}
    cases = " ".join("WHEN %s THEN %s" for _ in rarities)
    weighted = [part for word, rarity in rarities.items() for part in (word, each.weight * rarity)]
    marks = ", ".join(["%s"] * len(rarities))
    return (
        f"SELECT {number}, entry_id, SUM((CASE word {cases} END) * {_bm25(frequency)})"  # noqa: S608  (constants; values are parameters)
        f" FROM {POSTINGS} WHERE is_form = %s AND word IN ({marks}){_only_in_names(frequency)}"
        f" AND entry_id IN ({where[0]}) GROUP BY entry_id",
        [*weighted, statistics.length, is_form, *rarities, *where[1]],
    )


def _only_in_names(frequency: str) -> str:
    return " AND in_names > 0" if frequency == "in_names" else ""
