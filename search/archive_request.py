"""What somebody looks for in the archive, within its bounds."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.validators import slug_re

from search.indexing import is_archived
from search.ordering import Order
from search.scope import Facet

LONGEST_TEXT = 200
MOST_HITS = 100
MOST_CHOICES = 50
LONGEST_CHOICE = 255
# What datetime.date can be.
FIRST_YEAR, LAST_YEAR = 1, 9999


class BadRequest(ValueError):
    """What is wrong with a request, said to whoever sent it."""


@dataclass(frozen=True)
class ArchiveRequest:
    """What somebody looks for. An empty text browses, the newest first.

    Of a filter any value is enough: None is everything, no value nothing.
    """

    text: str = ""
    kinds: tuple[str, ...] | None = None
    topics: tuple[str, ...] | None = None
    series: tuple[str, ...] | None = None
    experts: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    year_from: int | None = None
    year_to: int | None = None
    order: Order = Order.RELEVANCE
    first: int = 20
    after: str | None = None
    facets: tuple[Facet, ...] = ()
    # The last word may be unfinished.
    while_typing: bool = False
    # Titles, and names of topics and people: what somebody who is typing looks at.
    without_bodies: bool = False

    def __post_init__(self) -> None:
        # A frozen dataclass sets its own field so.
        object.__setattr__(self, "text", _storable(self.text).strip())
        if len(self.text) > LONGEST_TEXT:
            raise BadRequest(
                f"The text is longer than {LONGEST_TEXT} characters. Leave out what matters least."
            )
        if not 1 <= self.first <= MOST_HITS:
            raise BadRequest(f"`first` is to be between 1 and {MOST_HITS}.")
        for facet, values in self.filters.items():
            if len(values) > MOST_CHOICES:
                raise BadRequest(f"At most {MOST_CHOICES} {facet} can be chosen.")
            if not all(len(value) <= LONGEST_CHOICE for value in values):
                raise BadRequest(f"One of the {facet} is longer than any name of one.")
        unknown = [kind for kind in self.kinds or () if not is_archived(kind)]
        if unknown:
            raise BadRequest(f"The archive has no kind {unknown[0]!r}.")
        if not all(slug_re.fullmatch(slug) for slug in self.topics or ()):
            raise BadRequest("A topic is named by its slug.")
        years = (year for year in (self.year_from, self.year_to) if year is not None)
        if not all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
            raise BadRequest(f"A year is to be between {FIRST_YEAR} and {LAST_YEAR}.")

    @property
    def filters(self) -> dict[Facet, Sequence[str]]:
        """The values of each filter that is in use, without what no database takes."""
        chosen = {facet: getattr(self, facet, None) for facet in Facet}
        return {
            facet: tuple(map(_storable, values))
            for facet, values in chosen.items()
            if values is not None
        }

    @property
    def fingerprint(self) -> str:
        """Of all that says which entries are found, so that cursors of another search are known."""
        parts = [self.text, sorted(self.filters.items()), self.year_from, self.year_to]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _storable(text: str) -> str:
    """Without what no database and no answer can carry: null characters and halves of surrogate
    pairs."""
    return text.replace("\x00", "").encode(errors="ignore").decode()
