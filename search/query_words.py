"""The words of a query while its plan is built: what each may stand for in this archive."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from search.morphology import (
    MOST_SPELLINGS,
    lemmas,
    number_of_spellings,
    query_lemmas,
    restored_lemmas,
)
from search.plan_parts import Alternative, Kind, WordGroup
from search.stop_words import STOP_WORDS
from search.tokens import Token, fold, tokens
from search.vocabulary import KnownWords, Readings, Vocabulary

LEMMA_WEIGHT = 1.0
FORM_WEIGHT = 1.0
RESTORED_WEIGHT = 1.0
MOST_WORDS = 12
# Of a query of such words alone: they are in nearly every entry, and say little.
MOST_STOP_WORDS = 4
MOST_ALTERNATIVES = 24
# A base form in as large a share of another's entries is no rarer to speak of.
NEARLY_ALL = 2 / 3


@dataclass
class QueryWord:
    """A word of the query while its group is built."""

    token: Token
    weights: dict[tuple[Kind, tuple[str, ...]], float] = field(default_factory=dict)
    restorable: set[str] = field(default_factory=set)
    # Base forms that another one finds as well.
    covered: set[str] = field(default_factory=set)
    is_stop: bool = False
    correction: str = ""

    @property
    def folded(self) -> list[str]:
        return [fold(form) for form in self.token.forms]

    def add(self, kind: Kind, words: Iterable[str], weight: float) -> None:
        for word in words:
            self.weights[kind, (word,)] = max(weight, self.weights.get((kind, (word,)), 0))

    def add_weaker(self, kind: Kind, words: tuple[str, ...], weight: float) -> None:
        """Add, but leave what is already there as it is."""
        self.weights.setdefault((kind, words), weight)

    def lemmas(self, *, at_least: float = 0) -> list[str]:
        return [
            words[0]
            for (kind, words), weight in self.weights.items()
            if kind == Kind.LEMMA and weight >= at_least
        ]

    def group(self) -> WordGroup:
        alternatives = (
            Alternative(kind, words, weight)
            for (kind, words), weight in self.weights.items()
            if kind != Kind.LEMMA or words[0] not in self.covered
        )
        heaviest = sorted(alternatives, key=lambda each: -each.weight)
        return WordGroup(tuple(heaviest[:MOST_ALTERNATIVES]))


def word_of(token: Token) -> QueryWord:
    return QueryWord(token, is_stop=all(form.lower() in STOP_WORDS for form in token.forms))


def first_words(text: str) -> list[QueryWord]:
    """As many as are looked for, with the stop words among them."""
    words: list[QueryWord] = []
    meaningful = 0
    for word in map(word_of, tokens(text)):
        if meaningful == MOST_WORDS:
            break
        words.append(word)
        meaningful += not word.is_stop
    return words if meaningful else words[:MOST_STOP_WORDS]


def look_up(words: Sequence[QueryWord], vocabulary: Vocabulary) -> KnownWords:
    """What the archive has of the words; adds the lemmas that a word without its diacritics may
    stand for."""
    for word in words:
        readings = dict.fromkeys(lemma for form in word.token.forms for lemma in query_lemmas(form))
        word.add(Kind.LEMMA, readings, LEMMA_WEIGHT)
    _restore(words)
    if not words:
        return KnownWords()
    known = vocabulary.look_up(
        folded={form for word in words for form in word.folded},
        lemmas={lemma for word in words for lemma in word.restorable.union(word.lemmas())},
    )
    for word in words:
        word.add(Kind.LEMMA, sorted(word.restorable & known.documents.keys()), RESTORED_WEIGHT)
        for form, folded in zip(word.token.forms, word.folded, strict=True):
            found = known.lemmas_by_form.get(folded, frozenset())
            if form.isascii() or not has_lemma(word, known):
                word.add(Kind.LEMMA, sorted(found), RESTORED_WEIGHT)
            # An entry that has the form has its base forms too.
            if not found or not found.issubset(word.lemmas()):
                word.add(Kind.FORM, [folded], FORM_WEIGHT)
    _cover(words, known, vocabulary)
    return known


def _cover(words: Sequence[QueryWord], known: KnownWords, vocabulary: Vocabulary) -> None:
    """„spotkanie” is read as „spotkać” too: where both are in much the same entries, one is enough.
    Each costs as much as a word of its own."""
    pairs = [(word, *pair) for word in words for pair in _much_the_same(word, known)]
    if not pairs:
        return
    readings = vocabulary.readings({lemma for _word, *pair in pairs for lemma in pair})
    for word, wide, narrow in pairs:
        if wide not in word.covered and _has_all(readings[wide], readings[narrow], wide, narrow):
            word.covered.add(narrow)


def _much_the_same(word: QueryWord, known: KnownWords) -> Iterator[tuple[str, str]]:
    """Base forms of which the second is in nearly as many entries as the first."""
    found = [lemma for lemma in word.lemmas() if lemma in known.documents]
    for wide, narrow in permutations(found, 2):
        share = known.documents[narrow] / known.documents[wide]
        if NEARLY_ALL <= share <= 1:
            yield wide, narrow


def _has_all(wide: Readings, narrow: Readings, lemma: str, covered: str) -> bool:
    """Whether every form of the one is a form of the other in as many entries. That a base form is
    in the vocabulary does not say that a text has it as a form."""
    return lemma in lemmas(covered) and all(
        wide.get(form, 0) >= documents for form, documents in narrow.items() if form != covered
    )


def _restore(words: Sequence[QueryWord]) -> None:
    """As far as one query may cost, and those that cost least first."""
    left = MOST_SPELLINGS
    forms = ((number_of_spellings(form), form, word) for word in words for form in word.token.forms)
    for number, form, word in sorted(forms, key=lambda each: each[0]):
        left -= number
        if left < 0:
            return
        word.restorable |= set(restored_lemmas(form))


def has_lemma(word: QueryWord, known: KnownWords) -> bool:
    return any(lemma in known.documents for lemma in word.lemmas())
