"""The words that a viewer's part of the archive has: what a query is corrected from, and marked
by."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q, QuerySet, Sum
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.access import AccessClasses
from search.models import VocabularyWord

SHORTEST_CORRECTED = 4
# From this length on, two slips are forgiven instead of one.
LONG_WORD = 8
MOST_SIMILAR = 6
MOST_COMPARED = 500


@dataclass(frozen=True)
class SimilarForm:
    folded: str
    shown: str
    distance: int
    lemmas: frozenset[str]


@dataclass(frozen=True)
class KnownWords:
    """What the archive has of the words of one query."""

    lemmas: frozenset[str] = frozenset()
    lemmas_by_form: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Vocabulary:
    """Of the entries in these access classes, and of no others."""

    def __init__(self, access: AccessClasses) -> None:
        self.access = access

    def look_up(self, *, folded: Collection[str], lemmas: Collection[str]) -> KnownWords:
        wanted = Q(folded__in=folded) | Q(form__in=lemmas)
        rows = self._words().filter(wanted).values_list("form", "folded", "lemma").distinct()
        by_form: dict[str, set[str]] = defaultdict(set)
        known: set[str] = set()
        for form, form_folded, lemma in rows:
            by_form[form_folded].add(lemma)
            if form == lemma:
                known.add(lemma)
        return KnownWords(
            lemmas=frozenset(known),
            lemmas_by_form={form: frozenset(found) for form, found in by_form.items()},
        )

    def similar(self, folded: str) -> list[SimilarForm]:
        """Forms that somebody may have meant, the likeliest first."""
        if len(folded) < SHORTEST_CORRECTED:
            return []
        slips = 2 if len(folded) >= LONG_WORD else 1
        found = process.extract(
            folded,
            _folded_forms(self.access),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=None,
        )
        distances = {form: int(distance) for form, distance, _index in found[:MOST_COMPARED]}

        def likeliness(form: _FoundForm) -> tuple[float, int, str]:
            # The first letter is seldom wrong.
            strange = 0.5 if form.folded[0] != folded[0] else 0
            return distances[form.folded] + strange, -form.documents, form.folded

        likely = sorted(self._describe(distances), key=likeliness)[:MOST_SIMILAR]
        return [
            SimilarForm(form.folded, form.shown, distances[form.folded], frozenset(form.lemmas))
            for form in likely
        ]

    def has_prefix(self, folded: str) -> bool:
        return self._words().filter(folded__startswith=folded).exists()

    def forms_of(self, lemmas: Collection[str]) -> frozenset[str]:
        """Folded forms in which these base forms appear, to be marked."""
        rows = self._words().filter(lemma__in=lemmas)
        return frozenset(rows.values_list("folded", flat=True))

    def _words(self) -> QuerySet[VocabularyWord]:
        return VocabularyWord.objects.filter(access__in=self.access.ids).order_by()

    def _describe(self, folded: Collection[str]) -> list["_FoundForm"]:
        rows = (
            self._words()
            .filter(folded__in=folded)
            .values("folded", "form", "lemma")
            .annotate(total=Sum("documents"))
        )
        found: dict[str, _FoundForm] = {}
        for row in rows:
            form = found.setdefault(row["folded"], _FoundForm(row["folded"]))
            form.add(row["form"], row["lemma"], row["total"])
        return list(found.values())


@dataclass
class _FoundForm:
    """What is known of one folded form, gathered over access classes and spellings."""

    folded: str
    shown: str = ""
    documents: int = 0
    lemmas: set[str] = field(default_factory=set)

    def add(self, form: str, lemma: str, documents: int) -> None:
        self.lemmas.add(lemma)
        if (documents, self.shown) > (self.documents, form):
            self.documents, self.shown = documents, form


@lru_cache(maxsize=8)
def _folded_forms(access: AccessClasses) -> tuple[str, ...]:
    """All forms to compare a misspelt word with; kept until the words of these classes change."""
    rows = VocabularyWord.objects.filter(access__in=access.ids).order_by()
    return tuple(rows.values_list("folded", flat=True).distinct())
