"""The words that a viewer's part of the archive has: what a query is corrected from, and marked
by."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.access import AccessClasses
from search.analysis import ANALYSER
from search.models import ArchiveEntry, VocabularyWord
from search.unsettled import SETTLED, Unsettled
from search.word_counts import words_of

SHORTEST_CORRECTED = 4
# From this length on, two slips are forgiven instead of one.
LONG_WORD = 8
MOST_SIMILAR = 6
MOST_COMPARED = 500
# Characters of unsettled entries that a search reads, some tens of milliseconds.
MOST_HIDDEN_TEXT = 200_000

# Access class, form and base form.
Row = tuple[int, str, str]
# Forms of a base form, with the number of entries.
Readings = Mapping[str, int]


@dataclass(frozen=True)
class SimilarForm:
    folded: str
    shown: str
    distance: int
    lemmas: frozenset[str]


@dataclass(frozen=True)
class KnownWords:
    """What the archive has of the words of one query."""

    # Base forms, with the number of entries.
    documents: Mapping[str, int] = field(default_factory=dict)
    lemmas_by_form: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Vocabulary:
    """Of the entries in these access classes, and of no others; what only unsettled entries have is
    not known. When these are too many, nothing is.
    """

    def __init__(self, access: AccessClasses, unsettled: Unsettled = SETTLED) -> None:
        self.access = access
        self.hidden: Mapping[Row, int] = {}
        self.is_closed = unsettled.is_too_much
        if unsettled.entry_ids:
            hidden = words_of_entries(unsettled.entry_ids, access)
            self.hidden = hidden or {}
            self.is_closed = hidden is None

    def look_up(self, *, folded: Collection[str], lemmas: Collection[str]) -> KnownWords:
        # Not one condition with OR: SQLite would read all words of the classes.
        rows = self._rows(Q(folded__in=folded), Q(form__in=lemmas))
        by_form: dict[str, set[str]] = defaultdict(set)
        known: Counter[str] = Counter()
        for form, form_folded, lemma, documents in rows:
            by_form[form_folded].add(lemma)
            if form == lemma:
                known[lemma] += documents
        return KnownWords(
            documents=known,
            lemmas_by_form={form: frozenset(found) for form, found in by_form.items()},
        )

    def similar(self, folded: str) -> list[SimilarForm]:
        """Forms that somebody may have meant, the likeliest first."""
        if len(folded) < SHORTEST_CORRECTED or self.is_closed or is_outdated():
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
        beginning = Q(folded__startswith=folded)
        if not self.hidden and not self.is_closed:
            return self._words().filter(beginning).exists()
        return any(True for _ in self._rows(beginning))

    def readings(self, lemmas: Collection[str]) -> Mapping[str, Readings]:
        """Of each base form the forms in which it appears."""
        found: dict[str, Counter[str]] = {lemma: Counter() for lemma in lemmas}
        for form, _folded, lemma, documents in self._rows(Q(lemma__in=lemmas)):
            found[lemma][form] += documents
        return found

    def forms_of(self, lemmas: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Of each base form the folded forms in which it appears, to be marked."""
        found: dict[str, set[str]] = {lemma: set() for lemma in lemmas}
        rows = self._words().filter(lemma__in=lemmas)
        for lemma, folded in rows.values_list("lemma", "folded"):
            found[lemma].add(folded)
        return {lemma: frozenset(forms) for lemma, forms in found.items()}

    def _words(self) -> QuerySet[VocabularyWord]:
        return VocabularyWord.objects.filter(access__in=self.access.ids).order_by()

    def _rows(self, *wanted: Q) -> Iterator[tuple[str, str, str, int]]:
        """Form, folded form, base form and the number of entries, for each access class, of words
        that any of the conditions fits."""
        if self.is_closed:
            return
        columns = ("access_id", "form", "folded", "lemma", "documents")
        first, *others = (self._words().filter(each).values_list(*columns) for each in wanted)
        for access, form, folded, lemma, documents in first.union(*others) if others else first:
            left = documents - self.hidden.get((access, form, lemma), 0)
            if left > 0:
                yield form, folded, lemma, left

    def _describe(self, folded: Collection[str]) -> list["_FoundForm"]:
        totals: Counter[tuple[str, str, str]] = Counter()
        for form, form_folded, lemma, documents in self._rows(Q(folded__in=folded)):
            totals[form_folded, form, lemma] += documents
        found: dict[str, _FoundForm] = {}
        for (form_folded, form, lemma), total in sorted(totals.items()):
            found.setdefault(form_folded, _FoundForm(form_folded)).add(form, lemma, total)
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


def is_outdated() -> bool:
    """Whether another analyser has counted words, some of which may be nobody's any more, until
    the archive is rebuilt."""
    others = Q(analyser__lt=ANALYSER) | Q(analyser__gt=ANALYSER)
    return ArchiveEntry.objects.filter(others).exists()


def words_of_entries(entry_ids: Collection[int], access: AccessClasses) -> Mapping[Row, int] | None:
    """In how many of these entries each word is; None when they are too long to be read now, or
    another analyser has counted them.
    """
    entries = ArchiveEntry.objects.filter(pk__in=entry_ids, access__in=access.ids).order_by()
    if entries.exclude(analyser=ANALYSER).exists():
        return None
    sizes = entries.annotate(size=Length("body") + Length("lead") + Length("topics_text"))
    if sum(sizes.values_list("size", flat=True)) > MOST_HIDDEN_TEXT:
        return None
    return Counter(
        (entry.access_id, form, lemma) for entry in entries for form, lemma in words_of(entry)
    )
