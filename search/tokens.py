"""Words of a text, and how they look without diacritics."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# „ł” has no decomposition in Unicode, so SQLite, PostgreSQL and NFKD all leave it alone.
POLISH = dict(zip("ąćęłńóśźż", "acelnoszz", strict=True))
# Longer "words" are file names, keys and noise; dictionaries know none of them.
LONGEST_WORD = 60

WORD = re.compile(r"\((?P<prefix>\w{1,4})\)(?P<rest>\w+)|\w+(?:[-’']\w+)*")
JOINT = re.compile(r"[-’']")


def _without_diacritics(character: str) -> str:
    lower = character.lower()
    if lower in POLISH:
        return POLISH[lower]
    decomposed = unicodedata.normalize("NFKD", lower)
    return "".join(each for each in decomposed if not unicodedata.combining(each))


# One character for one character, so that a place in the folded text is the same place in the text.
_ALIGNED = {
    code: folded
    for code in range(0x250)
    if len(folded := _without_diacritics(chr(code))) == 1 and folded != chr(code)
}


@dataclass(frozen=True)
class Token:
    """A word where it stands; a compound has more than one form: „(nie)Konferencja”, „re-
    animuj”."""

    start: int
    end: int
    forms: tuple[str, ...]


def fold(text: str) -> str:
    """A word in lower case, without diacritics."""
    folded = text.translate(_ALIGNED)
    if not folded.isascii():
        # One character of another script can become eighteen.
        folded = "".join("".join(map(_without_diacritics, folded)).split())[:LONGEST_WORD]
    return folded


def fold_in_place(text: str) -> str:
    """As fold(), except that each character stays where it is."""
    return text.translate(_ALIGNED)


def forms_of(word: re.Match[str]) -> tuple[str, ...]:
    """How the archive knows a word that WORD has found."""
    if word["prefix"]:
        return word["prefix"] + word["rest"].lower(), word["rest"]
    parts = JOINT.split(word.group())
    if len(parts) == 1:
        return (parts[0],)
    return "".join(parts), *(part for part in parts if len(part) > 1 or part.isdigit())


def tokens(text: str) -> Iterator[Token]:
    for word in WORD.finditer(text):
        forms = tuple(
            form for form in forms_of(word) if len(form.lower()) <= LONGEST_WORD and fold(form)
        )
        if forms:
            yield Token(word.start(), word.end(), forms)
