"""Polish texts of words from the judged set, as often as words are in a language: the same in every
run."""

import random
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

from search.evaluation.files import read_documents, read_queries

DATA = Path(__file__).parent.parent.parent / "search" / "data"
WORD = re.compile(r"\w+")
# Words of a text, at least and at most.
SHORTEST, LONGEST = 60, 300
# Large archives have ever more rare words: names, compounds, slips. One word in so many is one.
ONE_RARE_IN = 40
RARE_WORDS = 100_000
TOPICS = 40


class Texts:
    def __init__(self) -> None:
        self.random = random.Random(2026)  # noqa: S311  (no secret)
        counts = Counter(
            word
            for document in read_documents(DATA / "docs.jsonl")
            for word in WORD.findall(f"{document.title} {document.body}")
        )
        # In order of frequency, so that the rank alone says how often.
        self.words = [word for word, _count in counts.most_common()]
        self.weights = zipf(len(self.words))
        long = [word.lower() for word in self.words if len(word) > 7]
        self.rare = [
            self.random.choice(long)[:5] + self.random.choice(long)[-4:] for _ in range(RARE_WORDS)
        ]
        self.rare_weights = zipf(RARE_WORDS)

    def text(self, length: int) -> str:
        return " ".join(islice(self._words(), length))

    def title(self) -> str:
        return self.text(self.random.randint(3, 9)).capitalize()

    def body(self) -> str:
        return self.text(self.random.randint(SHORTEST, LONGEST))

    def _words(self) -> Iterator[str]:
        while True:
            if self.random.randrange(ONE_RARE_IN):
                yield self._pick(self.words, self.weights)
            else:
                yield self._pick(self.rare, self.rare_weights)

    def _pick(self, words: list[str], weights: list[float]) -> str:
        return words[bisect(weights, self.random.random() * weights[-1], hi=len(words) - 1)]


def zipf(number: int) -> list[float]:
    """Sums of 1/rank."""
    return list(accumulate(1 / rank for rank in range(1, number + 1)))


def queries() -> list[str]:
    """What the judged set looks for."""
    found = read_queries(DATA / "queries.jsonl")
    return [query.text for query in found if query.type != "prefix"]


def prefixes() -> list[str]:
    """Those that are looked for while typing, letter by letter from the third one on."""
    found = [query.text for query in read_queries(DATA / "queries.jsonl") if query.type == "prefix"]
    return [text[:end] for text in found for end in range(3, len(text) + 1)]
