"""The search of the archive: what a viewer looks for, and what of it this viewer may find."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.validators import slug_re
from django.db.models import BigIntegerField
from django.utils.safestring import SafeString

from cms.visibility import Viewer
from search.access import AccessClasses
from search.asking import ask
from search.backends.interface import Ranked, Ranking, Search
from search.browsing import browse
from search.highlight import Marker
from search.indexing import is_archived
from search.models import ArchiveEntry
from search.ordering import Order, Position
from search.plan import Kind, Plan, make_plan
from search.promotions import promoted_entries
from search.recheck import seen
from search.scope import Scope
from search.synonyms import synonym_rules
from search.vocabulary import Vocabulary

logger = logging.getLogger("hub.search")

LONGEST_TEXT = 200
MOST_HITS = 100
MOST_CHOICES = 50
# A score higher than any, so that what comes after a promoted hit is all that was ranked.
BEFORE_ALL = 9e8
# What datetime.date can be.
FIRST_YEAR, LAST_YEAR = 1, 9999


class BadRequest(ValueError):
    """What is wrong with a request, said to whoever sent it."""


@dataclass(frozen=True)
class ArchiveRequest:
    """What somebody looks for. An empty text browses, the newest first."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    series_id: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    order: Order = Order.RELEVANCE
    first: int = 20
    after: str | None = None
    # The last word may be unfinished.
    while_typing: bool = False

    def __post_init__(self) -> None:
        # A frozen dataclass sets its own field so.
        object.__setattr__(self, "text", _storable(self.text).strip())
        if len(self.text) > LONGEST_TEXT:
            raise BadRequest(
                f"The text is longer than {LONGEST_TEXT} characters. Leave out what matters least."
            )
        if not 1 <= self.first <= MOST_HITS:
            raise BadRequest(f"`first` is to be between 1 and {MOST_HITS}.")
        if max(len(self.kinds), len(self.topics)) > MOST_CHOICES:
            raise BadRequest(
                f"At most {MOST_CHOICES} kinds and {MOST_CHOICES} topics can be chosen."
            )
        unknown = [kind for kind in self.kinds if not is_archived(kind)]
        if unknown:
            raise BadRequest(f"The archive has no kind {unknown[0]!r}.")
        if not all(slug_re.fullmatch(slug) for slug in self.topics):
            raise BadRequest("A topic is named by its slug.")
        if self.series_id is not None and not 0 < self.series_id <= BigIntegerField.MAX_BIGINT:
            raise BadRequest("There is no such series.")
        years = (year for year in (self.year_from, self.year_to) if year is not None)
        if not all(FIRST_YEAR <= year <= LAST_YEAR for year in years):
            raise BadRequest(f"A year is to be between {FIRST_YEAR} and {LAST_YEAR}.")

    @property
    def effective_order(self) -> Order:
        """Without a text nothing is more relevant than anything else."""
        return Order.NEWEST if not self.text and self.order == Order.RELEVANCE else self.order

    @property
    def position(self) -> Position | None:
        return Position.decode(self.after, order=self.effective_order) if self.after else None

    def scope(self, access: AccessClasses) -> Scope:
        return Scope(
            access=access.ids,
            kinds=self.kinds,
            topics=self.topics,
            series_id=self.series_id,
            year_from=self.year_from,
            year_to=self.year_to,
        )


def _storable(text: str) -> str:
    """Without what no database and no answer can carry: null characters and halves of surrogate
    pairs."""
    return text.replace("\x00", "").encode(errors="ignore").decode()


@dataclass(frozen=True)
class Hit:
    """Title and passage are safe HTML: <mark> around what was found, all else escaped."""

    entry: ArchiveEntry
    score: float
    title: SafeString
    passage: SafeString
    cursor: str
    # Put first by editors.
    promoted: bool = False


@dataclass(frozen=True)
class ArchiveResults:
    hits: tuple[Hit, ...]
    total: int
    has_next: bool
    # Of the last entry that was looked at, shown or not: None when there was none.
    end_cursor: str | None = None
    # What may have been meant, when a word of the text is not in what this viewer may find.
    did_you_mean: str | None = None
    # The search server did not answer, and the database did.
    degraded: bool = False


def search(request: ArchiveRequest, *, viewer: Viewer) -> ArchiveResults:
    """What of the archive this viewer finds now. Raises BadCursor; a backend that fails raises
    nothing."""
    position = request.position
    access = AccessClasses.of(viewer)
    vocabulary = Vocabulary(access)
    plan = _plan(request, vocabulary)
    scope = request.scope(access)
    promoted = _promoted(request, scope)
    # What is promoted stands on the first page alone, in place of as many others.
    ahead = promoted[: request.first - 1] if position is None else []
    first = request.first - len(ahead)
    wanted = Search(plan, scope, request.effective_order, first, position)
    if not request.text:
        ranking, degraded = browse(wanted), False
    elif plan.groups:
        ranking, degraded = ask(wanted)
    else:
        ranking, degraded = Ranking((), 0, has_next=False), False
    marker = _marker(plan, vocabulary)
    hits = _hits(ranking, wanted, marker=marker, viewer=viewer)
    known = {entry.pk for entry in promoted}
    return ArchiveResults(
        hits=(
            *_promoted_hits(ahead, wanted, marker=marker, viewer=viewer),
            *(hit for hit in hits if hit.entry.pk not in known),
        ),
        total=ranking.total,
        has_next=ranking.has_next,
        end_cursor=_cursor(ranking.entries[-1], wanted) if ranking.entries else None,
        did_you_mean=plan.corrected,
        degraded=degraded,
    )


def _promoted(request: ArchiveRequest, scope: Scope) -> list[ArchiveEntry]:
    by_relevance = request.effective_order == Order.RELEVANCE
    # A single place is left to what fits best.
    if not by_relevance or request.while_typing or request.first == 1:
        return []
    return promoted_entries(request.text, scope)


def _promoted_hits(
    entries: list[ArchiveEntry], wanted: Search, *, marker: Marker, viewer: Viewer
) -> Iterator[Hit]:
    visible = seen(entries, viewer=viewer) if entries else ()
    for entry in entries:
        if entry.pk in visible:
            yield Hit(
                entry=entry,
                score=0.0,
                title=marker.mark(entry.title),
                passage=marker.passage(entry.text),
                cursor=Position(wanted.order, BEFORE_ALL, entry.pk).encode(),
                promoted=True,
            )


def _plan(request: ArchiveRequest, vocabulary: Vocabulary) -> Plan:
    if not request.text:
        return Plan(groups=(), required=0)
    return make_plan(
        request.text,
        vocabulary=vocabulary,
        synonyms=synonym_rules(),
        while_typing=request.while_typing,
    )


def _marker(plan: Plan, vocabulary: Vocabulary) -> Marker:
    if not plan.groups:
        return Marker()
    forms = vocabulary.forms_of(plan.words_of(Kind.LEMMA, Kind.NEAR))
    return Marker(forms | plan.words_of(Kind.FORM), tuple(plan.words_of(Kind.PREFIX)))


def _hits(ranking: Ranking, wanted: Search, *, marker: Marker, viewer: Viewer) -> Iterator[Hit]:
    entries = wanted.scope.entries().in_bulk([ranked.entry_id for ranked in ranking.entries])
    visible = seen(entries.values(), viewer=viewer)
    for ranked in ranking.entries:
        entry = entries.get(ranked.entry_id)
        if entry is None or entry.pk not in visible:
            # The index has what it must not have, or no longer.
            logger.error(
                "The archive's index would have shown the hidden entry %s.", ranked.entry_id
            )
            continue
        yield Hit(
            entry=entry,
            score=float(ranked.key) if wanted.order == Order.RELEVANCE else 0.0,
            title=marker.mark(entry.title),
            passage=marker.passage(entry.text),
            cursor=_cursor(ranked, wanted),
        )


def _cursor(ranked: Ranked, wanted: Search) -> str:
    return Position(wanted.order, ranked.key, ranked.entry_id).encode()
