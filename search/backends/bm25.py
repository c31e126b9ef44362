"""BM25 as SQLite computes it. https://www.sqlite.org/fts5.html#the_bm25_function"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

SATURATION = 1.2
LENGTH_PART = 0.75
LEAST_RARITY = 1e-6


@dataclass(frozen=True)
class Statistics:
    """Of the whole index: how many entries, how long on average, and how many have each word."""

    entries: int
    length: float
    having: Mapping[tuple[str, str], int]

    def rarity(self, word: str, what: str) -> float:
        """Inverse document frequency; never negative, so that a common word counts as little."""
        having = self.having.get((word, what), 0)
        return max(math.log((self.entries - having + 0.5) / (having + 0.5)), LEAST_RARITY)
