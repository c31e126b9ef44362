"""Synonyms that editors keep: „a, b, c” finds any for any, „a => b” finds b for a."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search.models import Synonym
from search.morphology import query_lemmas
from search.tokens import tokens

FIRST_SYNONYMS = Path(__file__).with_name("first_synonyms.txt")

# For each word of a phrase its base forms.
Phrase = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class SynonymRule:
    sought: Phrase
    found: Phrase


def synonym_rules() -> tuple[SynonymRule, ...]:
    """Those that editors keep now."""
    return parse_synonyms(tuple(Synonym.objects.order_by("pk").values_list("words", flat=True)))


@lru_cache(maxsize=4)
def parse_synonyms(lines: tuple[str, ...]) -> tuple[SynonymRule, ...]:
    return tuple(dict.fromkeys(rule for line in lines for rule in _rules_of(line)))


def _rules_of(line: str) -> Iterator[SynonymRule]:
    left, arrow, right = line.partition("=>")
    sought = _phrases(left)
    for one in sought:
        for other in _phrases(right) if arrow else sought:
            if one != other:
                yield SynonymRule(one, other)


def _phrases(side: str) -> list[Phrase]:
    phrases = [
        tuple(
            frozenset(lemma for form in token.forms for lemma in query_lemmas(form))
            for token in tokens(phrase)
        )
        for phrase in side.split(",")
    ]
    return [phrase for phrase in phrases if phrase]


def read_synonym_lines(path: Path = FIRST_SYNONYMS) -> Sequence[str]:
    """Lines of a file, without comments and empty lines."""
    lines = (
        line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [line for line in lines if line]
