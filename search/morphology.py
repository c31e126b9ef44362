"""Base forms of Polish words: Morfeusz with its SGJP dictionary, and a light stem for words it does
not know, or for all where there is no Morfeusz."""

import itertools
import math
import re
import threading
from functools import lru_cache
from typing import Protocol

SHORTEST_STEMMED = 6
ENDING = re.compile(
    r"(?:owych|owego|owej|owym|iego|iemu|iej|ego|emu|imi|ymi|ich|ych|iami|ami|iach|ach|iem|owi|ów|om|em"
    r"|im|ym|ej|ie|ią|ia|iu|ę|ą|a|u|y|i|e|o)$"
)
SOFTENED = (("ście", "st"), ("rze", "r"), ("cie", "t"), ("dzie", "d"), ("le", "l"), ("ce", "k"))

SPELLINGS = {
    "a": "aą",
    "c": "cć",
    "e": "eę",
    "l": "lł",
    "n": "nń",
    "o": "oó",
    "s": "sś",
    "z": "zźż",
}
# Twenty microseconds each.
MOST_SPELLINGS = 6000


UNKNOWN = "ign"
# Agglutinates („-m” in „kiedym”) and punctuation say nothing about what a text is about.
MEANINGLESS = frozenset({"aglt", "interp"})


class Dictionary(Protocol):
    # It is stored with what was indexed: another one means that all is to be indexed anew.
    name: str

    def read(self, word: str) -> tuple[str, ...]:
        """Base forms, in lower case; empty when it does not know the word."""


class Morfeusz:
    def __init__(self) -> None:
        import morfeusz2

        # Its C++ object wants "exclusive access to this instance" (morfeusz2.h); dictionaries are
        # shared by all instances, and results are cached, so that one instance and a lock cost
        # nothing.
        self._lock = threading.Lock()
        self._morfeusz = morfeusz2.Morfeusz(generate=False)
        self.name = f"morfeusz {morfeusz2.__version__} {self._morfeusz.dict_id()}"

    def read(self, word: str) -> tuple[str, ...]:
        with self._lock:
            readings = self._morfeusz.analyse(word)
        found: dict[str, None] = {}
        for start, _end, (_form, lemma, tag, _names, _labels) in readings:
            part_of_speech = tag.split(":")[0]
            if part_of_speech == UNKNOWN:
                return ()
            # The first segment alone: „dlaczegoś” is read as „dlaczego” + „ś” too.
            if start == 0 and part_of_speech not in MEANINGLESS:
                found[lemma.split(":")[0].lower().replace(" ", "_")] = None
        return tuple(found)


class NoDictionary:
    """For Linux on ARM and Alpine, for which there is no Morfeusz. The table of pystempel would
    stand in for it, but takes each process ten seconds and 180 MB."""

    name = "light stem"

    def read(self, word: str) -> tuple[str, ...]:
        return ()


def choose_dictionary() -> Dictionary:
    try:
        return Morfeusz()
    except ImportError:
        return NoDictionary()


_dictionary = choose_dictionary()
NAME = _dictionary.name


def has_dictionary() -> bool:
    return not isinstance(_dictionary, NoDictionary)


def _read(word: str) -> tuple[str, ...]:
    return _dictionary.read(word)


_dictionary_lemmas = lru_cache(maxsize=100_000)(_read)


def light_stem(word: str) -> str:
    """What is left of an unknown word without a Polish ending: „webinariach” and „webinariom”
    meet."""
    word = word.lower()
    if len(word) < SHORTEST_STEMMED or not word.isalpha():
        return word
    for ending, base in SOFTENED:
        if word.endswith(ending):
            return word[: -len(ending)] + base
    stem = ENDING.sub("", word)
    return stem if len(stem) >= 4 else word


def lemmas(word: str) -> tuple[str, ...]:
    """Base forms of a word as a text has it: its capital letter tells a name from a common word."""
    found = _dictionary_lemmas(word)
    if not found:
        found = _dictionary_lemmas(_other_case(word))
    return found or (light_stem(word),)


def query_lemmas(word: str) -> tuple[str, ...]:
    """Base forms of a word as somebody types it, when capitals mean nothing: „zając” is a name
    too."""
    found = dict.fromkeys(_dictionary_lemmas(word) + _dictionary_lemmas(_other_case(word)))
    return tuple(found) or (light_stem(word),)


def _other_case(word: str) -> str:
    return word.capitalize() if word.islower() else word.lower()


def number_of_spellings(word: str) -> int:
    """How many words look like this one without diacritics; 0 for one that has some, or is too
    long to be asked about.
    """
    word = word.lower()
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return 0
    number = math.prod(len(SPELLINGS.get(letter, letter)) for letter in word)
    return number if number <= MOST_SPELLINGS else 0


@lru_cache(maxsize=5_000)
def restored_lemmas(word: str) -> tuple[str, ...]:
    """Base forms of all Polish words that look like this one without diacritics: „ksiazka” is
    „książka”."""
    if not number_of_spellings(word):
        return ()
    word = word.lower()
    letters = [SPELLINGS.get(letter, letter) for letter in word]
    found: dict[str, None] = {}
    for spelling in map("".join, itertools.product(*letters)):
        if spelling != word:
            # Past the cache, which thousands of spellings that nobody writes would flush.
            found |= dict.fromkeys(_read(spelling) or _read(spelling.capitalize()))
    return tuple(found)
