"""Marks the words that were found, in text that is made safe for HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.plan_parts import NEAR_DISTANCE
from search.tokens import JOINT, WORD, fold_in_place, forms_of

PASSAGE_LENGTH = 240
# Far into a transcript nobody looks for a passage, and every hit would cost milliseconds.
SEARCHED_LENGTH = 100_000
LONGEST_WORD_CUT = 30
ELLIPSIS = "…"

Span = tuple[int, int]


@dataclass(frozen=True)
class Marker:
    """Which words to mark: these folded forms, those that begin so, and those of a synonym of
    several words, each in any of its forms, where they stand near each other.
    """

    forms: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    near: tuple[tuple[frozenset[str], ...], ...] = ()

    def spans(self, text: str) -> Iterator[Span]:
        # Folded at once and in place: folding each word by itself takes five times as long.
        words = list(WORD.finditer(fold_in_place(text)))
        spellings = [_spellings(word) for word in words]
        marked = {place for place, forms in enumerate(spellings) if any(map(self._marks, forms))}
        for phrase in self.near:
            marked.update(_places(phrase, spellings))
        for place in sorted(marked):
            yield words[place].span()

    def _marks(self, form: str) -> bool:
        return form in self.forms or form.startswith(self.prefixes)

    def mark(self, text: str) -> SafeString:
        return _marked(text, list(self.spans(text)), (0, len(text)))

    def most_together(self, text: str) -> int:
        """How many different marked words stand in its best passage."""
        spans = list(self.spans(text))
        start, end = _densest(text, spans)
        return len({fold_in_place(text[slice(*span)]) for span in spans if start <= span[0] < end})

    def passage(self, text: str) -> SafeString:
        """The stretch with the most different marked words; the beginning when there is none."""
        spans = list(self.spans(text[:SEARCHED_LENGTH]))
        window = _widened(text, _densest(text, spans))
        passage = _marked(text, spans, window)
        before = ELLIPSIS if window[0] > 0 else ""
        after = ELLIPSIS if window[1] < len(text.rstrip()) else ""
        return mark_safe(f"{before}{passage}{after}")  # noqa: S308  (escaped piece by piece)


def _places(
    phrase: Sequence[frozenset[str]], spellings: Sequence[tuple[str, ...]]
) -> Iterator[int]:
    """Where all words of the phrase stand within the distance at which they are found."""
    found = [
        [place for place, forms in enumerate(spellings) if not one.isdisjoint(forms)]
        for one in phrase
    ]
    for first in found[0] if all(found) else ():
        closest = [min(places, key=lambda place: abs(place - first)) for places in found]
        if max(closest) - min(closest) <= NEAR_DISTANCE + len(phrase) - 1:
            yield from closest


def _spellings(word: re.Match[str]) -> tuple[str, ...]:
    plain = word.group()
    return forms_of(word) if word["prefix"] or JOINT.search(plain) else (plain,)


def _densest(text: str, spans: list[Span]) -> Span:
    """The window, from one marked word on, in which most different words are marked."""
    best, most = (0, 0), 0
    for first, (start, _end) in enumerate(spans):
        last = first
        words = set()
        while last < len(spans) and spans[last][1] <= start + PASSAGE_LENGTH:
            words.add(fold_in_place(text[slice(*spans[last])]))
            last += 1
        if len(words) > most:
            best, most = (start, spans[last - 1][1]), len(words)
    return best


def _widened(text: str, window: Span) -> Span:
    """The window with as much around it as fits, cut between words."""
    room = max(PASSAGE_LENGTH - (window[1] - window[0]), 0)
    start = max(window[0] - room // 3, 0)
    end = (
        min(start + PASSAGE_LENGTH, len(text)) if window[1] - start < PASSAGE_LENGTH else window[1]
    )
    if start > 0:
        space = text.find(" ", start, min(start + LONGEST_WORD_CUT, window[0]))
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", max(end - LONGEST_WORD_CUT, window[1]), end)
        end = space if space >= 0 else end
    return start, end


def _marked(text: str, spans: list[Span], window: Span) -> SafeString:
    pieces = []
    done, stop = window
    for start, end in spans:
        if start >= done and end <= stop:
            pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
    pieces.append(escape(text[done:stop]))
    return mark_safe("".join(pieces))  # noqa: S308  (each piece is escaped)
