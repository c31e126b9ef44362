"""What those who know it may type: "phrases", -exclusions, autor:, temat: and rok:.

Nothing of it is ever wrong: what is no operator is words.
"""

import datetime
import re
from dataclasses import dataclass, field

QUOTES = '"„”“«»″'
DASH = r"(?:[-–—−]|\.\.)"
YEARS = (
    rf"[0-9]{{4}}\s*{DASH}\s*[0-9]{{4}}(?![0-9])"
    rf"|[0-9]{{4}}{DASH}?(?!\w)"
    rf"|{DASH}\s*[0-9]{{4}}(?![0-9])"
)
OPERATOR = re.compile(
    rf"""
      (?<!\w)rok:\s*[{QUOTES}]?(?P<years>{YEARS})[{QUOTES}]?
    | (?<!\w)(?P<field>autor|temat):\s*
        (?:[{QUOTES}](?P<quoted>[^{QUOTES}]*)[{QUOTES}]|(?P<bare>[^\s{QUOTES}]+))
    | (?<!\S)[-−](?:[{QUOTES}](?P<without_phrase>[^{QUOTES}]*)[{QUOTES}]
        |(?P<without>\w[^\s{QUOTES}]*))
    | [{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]
    """,
    re.IGNORECASE | re.VERBOSE,
)
FOUR_DIGITS = re.compile("[0-9]{4}")


@dataclass(frozen=True)
class Years:
    """From a year to a year, both included; None is open."""

    first: int | None = None
    last: int | None = None


@dataclass
class ParsedQuery:
    """What a text asks for. `words` is as long as the text, with spaces in place of operators, so
    that a word is in both at the same place.
    """

    words: str
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    excluded_phrases: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    years: list[Years] = field(default_factory=list)

    @property
    def narrows(self) -> bool:
        """Whether it says something beside its words and phrases."""
        return bool(
            self.excluded or self.excluded_phrases or self.authors or self.topics or self.years
        )


def parse(text: str) -> ParsedQuery:
    query = ParsedQuery("")
    words = OPERATOR.sub(lambda found: _take(found, query), text)
    query.words = words
    return query


def _take(found: re.Match[str], query: ParsedQuery) -> str:
    """Note the operator; what stands in its place among the words."""
    if found["years"] is not None:
        years = _years(found["years"])
        if years is None:
            return found.group()
        query.years.append(years)
    elif found["field"] is not None:
        value = found["quoted"] if found["quoted"] is not None else found["bare"]
        names = query.authors if found["field"].lower() == "autor" else query.topics
        if not value.strip():
            return found.group()
        names.append(value)
    elif found["without_phrase"] is not None:
        query.excluded_phrases.append(found["without_phrase"])
    elif found["without"] is not None:
        query.excluded.append(found["without"])
    else:
        query.phrases.append(found["phrase"])
    return " " * len(found.group())


def _years(text: str) -> Years | None:
    """None for a year that no calendar has."""
    numbers = [int(number) for number in FOUR_DIGITS.findall(text)]
    if min(numbers) < datetime.MINYEAR:
        return None
    if len(numbers) == 2:
        return Years(min(numbers), max(numbers))
    if text[0].isdigit():
        return Years(numbers[0], numbers[0] if text[-1].isdigit() else None)
    return Years(None, numbers[0])
