"""What a search backend does. It translates; what is looked for and what is indexed is decided
elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.analysis import AnalysedText, analyse
from search.models import ArchiveEntry
from search.ordering import Key, Order, Position
from search.plan_parts import Plan
from search.scope import Facet, Scope

# What an entry with enough of the words gets on top of its score, so that it comes before all
# others.
ENOUGH_WORDS_BONUS = 1000


# Databases tell relevance as a whole number of millionths: sums of fractions differ in their last
# digits from one run to the next, and a cursor must not. Elasticsearch tells a fraction. By that
# each knows the other's cursor, and goes on near the same place.
UNIT = 1_000_000


class BackendUnavailable(Exception):
    """The backend did not answer, or not in time."""


@dataclass(frozen=True)
class Search:
    """A plan without groups browses the scope, in another order than by relevance."""

    plan: Plan
    scope: Scope
    order: Order
    first: int
    after: Position | None = None
    # What is to be counted.
    facets: tuple[Facet, ...] = ()
    # Names are quicker to search, and all that somebody who is typing looks at.
    without_bodies: bool = False


@dataclass(frozen=True)
class Ranked:
    entry_id: int
    key: Key


# A facet's values with the number of entries that have them.
Counts = Mapping[str | int, int]


@dataclass(frozen=True)
class Ranking:
    """`total` counts what can be paged through; facets count the entries with enough of the words,
    each without its own choices.
    """

    entries: tuple[Ranked, ...]
    total: int
    has_next: bool
    facets: Mapping[Facet, Counts] = field(default_factory=dict)


class Backend(Protocol):
    name: str

    def index(self, entries: Sequence[ArchiveEntry]) -> None:
        """Take these entries in, or anew."""

    def remove(self, entry_ids: Collection[int]) -> None:
        """Forget these entries; unknown ones are no error."""

    def search(self, search: Search) -> Ranking:
        """Entries of the scope with any word of the plan; in another order than by relevance only
        those with enough of them."""


def analysed_fields(entry: ArchiveEntry) -> dict[str, AnalysedText]:
    return {
        "title": analyse(entry.title),
        "topics": analyse(entry.topics_text),
        "body": analyse(entry.text),
    }
