"""What is looked for, said without any backend: groups of weighted alternatives, one group for each
word.

A backend scores an entry by the sum, over the groups, of its best alternative there: the
alternative's weight times BM25 over the title, topics and body. Entries that have at least
`required` words come before all others.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, pairwise, product
from types import MappingProxyType

from search.analysis import analyse
from search.plan_parts import Alternative, Kind, Plan, WordGroup
from search.query_language import ParsedQuery, parse
from search.query_words import (
    FORM_WEIGHT,
    MOST_WORDS,
    QueryWord,
    first_words,
    has_lemma,
    look_up,
    word_of,
)
from search.stop_words import STOP_WORDS
from search.synonyms import Phrase, SynonymRule
from search.tokens import tokens
from search.vocabulary import KnownWords, Vocabulary

# Of each kind the base forms of each word of its name.
KindNames = Mapping[str, Sequence[frozenset[str]]]

SYNONYM_WEIGHT = 0.85
PREFIX_WEIGHT = 0.8
FUZZY_WEIGHT = 0.5
NEAR_WEIGHT = 0.3
# A synonym replaces what the word surely is, not what a correction guesses.
SURE_WEIGHT = 0.4
NEAR_MIN_WEIGHT = 0.9
# Of „webinary dla seniorów” what is a webinar has the first word, and comes before what only says
# it. In the unit of BM25 itself.
KIND_WEIGHT = 1.0
KIND_FIRST_WEIGHT = 3.0
COVERAGE = 0.67

MOST_PHRASES = 6
MOST_READINGS = 6
MOST_LEMMAS_NEAR = 2
# Each costs a look at the places of words, in every entry that has both.
MOST_PAIRS = 5
MOST_PLACES_READ = 50_000
SHORTEST_PREFIX = 3


def make_plan(
    text: str,
    *,
    vocabulary: Vocabulary,
    synonyms: Sequence[SynonymRule] = (),
    while_typing: bool = False,
    kind_names: KindNames = MappingProxyType({}),
) -> Plan:
    """The plan for a query; `while_typing` says that its last word may be unfinished.
    `kind_names` are the base forms of each word of a kind's name.
    """
    query = parse(text)
    words = first_words(query.words)
    known = look_up(words, vocabulary)
    _name_kinds(words, kind_names)
    for word in words:
        unfinished = while_typing and word is words[-1] and not query.words[-1:].isspace()
        if unfinished or (word is words[-1] and _may_be_beginning(word, known, vocabulary)):
            word.add(Kind.PREFIX, word.folded[:1], PREFIX_WEIGHT)
        elif not _is_known(word, known):
            _correct(word, vocabulary)
    _apply_synonyms(words, synonyms)
    # Again: „webinary” is the kind „webinarium” by a synonym alone.
    kinds = _name_kinds(words, kind_names)
    kept = [word for word in words if not word.is_stop] or words
    phrases = tuple(
        WordGroup((phrase,), is_phrase=True) for phrase in _phrases(query.phrases[:MOST_PHRASES])
    )
    return Plan(
        groups=(
            *phrases,
            *(word.group() for word in kept),
            *_near(kept, known),
            *_kinds_first(kinds if len(kept) > 1 else ()),
        ),
        required=len(phrases) + math.ceil(len(kept) * COVERAGE),
        corrected=_corrected(text, words),
        excluded=tuple(_excluded(query, vocabulary)),
    )


def _phrases(texts: Iterable[str]) -> Iterable[Alternative]:
    for text in texts:
        forms = analyse(text).forms.split()
        if forms:
            yield Alternative(Kind.PHRASE, tuple(forms), FORM_WEIGHT)


def _excluded(query: ParsedQuery, vocabulary: Vocabulary) -> Iterable[Alternative]:
    """A word in any of its forms; of several words in one, like re-animuj, exactly these."""
    words: list[QueryWord] = []
    phrases = query.excluded_phrases[:MOST_PHRASES]
    for text in query.excluded[:MOST_WORDS]:
        found = [word_of(token) for token in tokens(text)]
        if len(found) == 1:
            words += found
        else:
            phrases.append(text)
    look_up(words, vocabulary)
    for word in words:
        yield from word.group().alternatives
    yield from _phrases(phrases)


def _is_known(word: QueryWord, known: KnownWords) -> bool:
    return (
        has_lemma(word, known)
        or any(form in known.lemmas_by_form for form in word.folded)
        or any(kind == Kind.CONTENT_KIND for kind, _words in word.weights)
    )


def _may_be_beginning(word: QueryWord, known: KnownWords, vocabulary: Vocabulary) -> bool:
    """Whether the last word, which the archive lacks, is the beginning of one that it has:
    „bibliola”."""
    first = word.folded[0]
    return (
        len(first) >= SHORTEST_PREFIX
        and not _is_known(word, known)
        and vocabulary.has_prefix(first)
    )


def _correct(word: QueryWord, vocabulary: Vocabulary) -> None:
    for similar in vocabulary.similar(word.folded[0]):
        weight = FUZZY_WEIGHT / (1 + 0.3 * similar.distance)
        word.add(Kind.LEMMA, sorted(similar.lemmas), weight)
        word.add(Kind.FORM, [similar.folded], weight)
        word.correction = word.correction or similar.shown


def _apply_synonyms(words: Sequence[QueryWord], rules: Sequence[SynonymRule]) -> None:
    lemmas = [frozenset(word.lemmas(at_least=SURE_WEIGHT)) for word in words]
    for rule in rules:
        for start in range(len(words) - len(rule.sought) + 1):
            stretch = slice(start, start + len(rule.sought))
            if all(map(frozenset.intersection, rule.sought, lemmas[stretch])):
                for word in words[stretch]:
                    _add_synonym(word, rule.found, SYNONYM_WEIGHT / len(rule.sought))
                    # „w sieci” as a whole is no stop word.
                    word.is_stop = word.is_stop and len(rule.sought) == 1


def _add_synonym(word: QueryWord, phrase: Phrase, weight: float) -> None:
    if len(phrase) == 1:
        for lemma in sorted(phrase[0]):
            word.add_weaker(Kind.LEMMA, (lemma,), weight)
        return
    # „spotkanie z autorem”: the places of „z” are many, and say nothing more.
    telling = [lemmas for lemmas in phrase if lemmas.isdisjoint(STOP_WORDS)]
    sought = telling if len(telling) > 1 else phrase
    for words in islice(product(*map(sorted, sought)), MOST_READINGS):
        word.add_weaker(Kind.NEAR, words, weight)


def _near(words: Sequence[QueryWord], known: KnownWords) -> Iterable[WordGroup]:
    """A bonus for two neighbours of the query that are near each other in an entry."""
    for left, right in pairwise(words[: MOST_PAIRS + 1]):
        pairs = product(_sure_lemmas(left, known), _sure_lemmas(right, known))
        alternatives = tuple(
            Alternative(Kind.NEAR, pair, NEAR_WEIGHT)
            for pair in pairs
            if pair[0] != pair[1]
            and min(known.documents[lemma] for lemma in pair) <= MOST_PLACES_READ
        )
        if alternatives:
            yield WordGroup(alternatives, is_bonus=True)


def _name_kinds(words: Sequence[QueryWord], kind_names: KindNames) -> frozenset[str]:
    """The kinds whose name the query begins with: „webinary dla seniorów”, „grupy robocze”. In
    „skąd wziąć pieniądze na projekt” it is a word as any other.
    """
    meant = [word for word in words if not word.is_stop]
    kinds = set()
    for kind, name in kind_names.items():
        beginning = meant[: len(name)]
        pairs = zip(beginning, name, strict=False)
        if len(beginning) == len(name) and all(each & set(word.lemmas()) for word, each in pairs):
            kinds.add(kind)
            for word in beginning:
                word.add(Kind.CONTENT_KIND, [kind], KIND_WEIGHT)
    return frozenset(kinds)


def _kinds_first(kinds: Iterable[str]) -> Iterable[WordGroup]:
    """A bonus, beside the word itself, so that things of the kind come first."""
    alternatives = tuple(
        Alternative(Kind.CONTENT_KIND, (kind,), KIND_FIRST_WEIGHT) for kind in sorted(kinds)
    )
    if alternatives:
        yield WordGroup(alternatives, is_bonus=True)


def _sure_lemmas(word: QueryWord, known: KnownWords) -> list[str]:
    sure = [
        lemma
        for lemma in word.lemmas(at_least=NEAR_MIN_WEIGHT)
        if lemma in known.documents and lemma not in word.covered
    ]
    return sure[:MOST_LEMMAS_NEAR]


def _corrected(text: str, words: Sequence[QueryWord]) -> str | None:
    """The query as it may have been meant, or None when nothing in it was corrected."""
    if not any(word.correction for word in words):
        return None
    corrected = text
    for word in reversed(words):
        if word.correction:
            token = word.token
            corrected = corrected[: token.start] + word.correction + corrected[token.end :]
    return corrected
