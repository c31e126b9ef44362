"""Of what a query plan consists."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# Words apart, at most, of two that stand near each other.
NEAR_DISTANCE = 6


class Kind(StrEnum):
    LEMMA = "lemma"
    FORM = "form"
    PREFIX = "prefix"
    # All its words near each other.
    NEAR = "near"
    # These forms, one right after the other.
    PHRASE = "phrase"
    # What an entry is, whatever its words.
    CONTENT_KIND = "content_kind"


OF_FORMS = frozenset({Kind.FORM, Kind.PREFIX, Kind.PHRASE})


@dataclass(frozen=True)
class Alternative:
    kind: Kind
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class WordGroup:
    """One word of the query, or a phrase, without which nothing is found. A bonus only adds to the
    score of what another group has found."""

    alternatives: tuple[Alternative, ...]
    is_bonus: bool = False
    is_phrase: bool = False


@dataclass(frozen=True)
class Plan:
    """Phrases are the first of the groups, bonuses the last."""

    groups: tuple[WordGroup, ...]
    required: int
    corrected: str | None = None
    # What no entry may have.
    excluded: tuple[Alternative, ...] = ()

    @property
    def phrases(self) -> int:
        return sum(group.is_phrase for group in self.groups)

    def alternatives(self, *kinds: Kind) -> Iterator[Alternative]:
        for group in self.groups:
            for alternative in group.alternatives:
                if alternative.kind in kinds:
                    yield alternative

    def words_of(self, *kinds: Kind) -> frozenset[str]:
        return frozenset(word for each in self.alternatives(*kinds) for word in each.words)
