"""The search of the archive: what a viewer looks for, and what of it this viewer may find."""

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.core.validators import slug_re
from django.utils.safestring import SafeString

from cms.visibility import Viewer
from search.access import AccessClasses
from search.asking import ask
from search.backends.interface import Ranked, Ranking, Search
from search.content import kind_name
from search.facets import FacetValue, facet_values
from search.highlight import Marker
from search.indexing import archived_models, is_archived
from search.models import ArchiveEntry, Face
from search.morphology import query_lemmas
from search.narrowing import with_filters, with_operators
from search.ordering import Order, Position
from search.page_passages import passage_of
from search.plan import make_plan
from search.plan_parts import Kind, Plan
from search.query_language import ParsedQuery, parse
from search.recheck import seen
from search.scope import Facet, Scope
from search.synonyms import synonym_rules
from search.unsettled import Unsettled, unsettled
from search.vocabulary import Vocabulary

logger = logging.getLogger("hub.search")

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


@dataclass(frozen=True)
class Hit:
    """Title and passage are safe HTML: <mark> around what was found, all else escaped."""

    entry: ArchiveEntry
    score: float
    title: SafeString
    passage: SafeString
    # Of a PDF, the page that the passage is from.
    page_number: int | None
    cursor: str

    @property
    def is_locked(self) -> bool:
        """Whether it has a text for members that its finder may not read."""
        return self.entry.face == Face.ANONYMOUS


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
    facets: Mapping[Facet, tuple[FacetValue, ...]] = field(default_factory=dict)


def search(request: ArchiveRequest, *, viewer: Viewer) -> ArchiveResults:
    """What of the archive this viewer finds now. Raises BadCursor; a backend that fails raises
    nothing."""
    lagging = unsettled()
    access = AccessClasses.of(viewer)
    vocabulary = Vocabulary(access, lagging)
    query = parse(request.text)
    plan = _plan(request, vocabulary)
    wanted = _search(request, plan, scope_of(request, query, access, lagging, viewer=viewer))
    if plan.groups or query.narrows or not request.text:
        ranking, degraded = ask(wanted)
    else:
        # Of punctuation alone there is nothing.
        ranking = Ranking((), 0, has_next=False, facets={each: {} for each in request.facets})
        degraded = False
    return ArchiveResults(
        hits=tuple(_hits(ranking, wanted, request, _marker(plan, vocabulary), viewer=viewer)),
        total=ranking.total,
        has_next=ranking.has_next,
        end_cursor=_cursor(ranking.entries[-1], wanted, request) if ranking.entries else None,
        did_you_mean=plan.corrected,
        degraded=degraded,
        facets=facet_values(ranking, wanted.scope, viewer=viewer),
    )


def scope_of(
    request: ArchiveRequest,
    query: ParsedQuery,
    access: AccessClasses,
    lagging: Unsettled,
    *,
    viewer: Viewer,
) -> Scope:
    scope = Scope(
        access=access.ids,
        year_from=request.year_from,
        year_to=request.year_to,
        unsettled=lagging,
    )
    scope = with_filters(scope, request.filters, viewer=viewer)
    return with_operators(scope, query, viewer=viewer)


def _search(request: ArchiveRequest, plan: Plan, scope: Scope) -> Search:
    order = request.order
    if order == Order.RELEVANCE and not plan.groups:
        # Without words nothing is more relevant than anything else.
        order = Order.NEWEST
    position = (
        Position.decode(request.after, order=order, search=request.fingerprint)
        if request.after
        else None
    )
    return Search(
        plan,
        scope,
        order,
        request.first,
        position,
        facets=request.facets,
        without_bodies=request.without_bodies,
    )


def _plan(request: ArchiveRequest, vocabulary: Vocabulary) -> Plan:
    if not request.text:
        return Plan(groups=(), required=0)
    return make_plan(
        request.text,
        vocabulary=vocabulary,
        synonyms=synonym_rules(),
        while_typing=request.while_typing,
        kind_names=kind_names(),
    )


@cache
def kind_names() -> dict[str, str]:
    """Kinds by each base form of their Polish name, of those with a name of one word."""
    names = {kind: kind_name(model) for kind, model in archived_models().items()}
    return {
        lemma: kind
        for kind, name in names.items()
        if " " not in name
        for lemma in query_lemmas(name)
    }


def _marker(plan: Plan, vocabulary: Vocabulary) -> Marker:
    if not plan.groups:
        return Marker()
    forms = vocabulary.forms_of(plan.words_of(Kind.LEMMA, Kind.NEAR))
    return Marker(forms | plan.words_of(Kind.FORM, Kind.PHRASE), tuple(plan.words_of(Kind.PREFIX)))


def _hits(
    ranking: Ranking, wanted: Search, request: ArchiveRequest, marker: Marker, *, viewer: Viewer
) -> Iterator[Hit]:
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
        passage, page_number = passage_of(entry, marker)
        yield Hit(
            entry=entry,
            score=float(ranked.key) if wanted.order == Order.RELEVANCE else 0.0,
            title=marker.mark(entry.title),
            passage=passage,
            page_number=page_number,
            cursor=_cursor(ranked, wanted, request),
        )


def _cursor(ranked: Ranked, wanted: Search, request: ArchiveRequest) -> str:
    return Position(wanted.order, ranked.key, ranked.entry_id, request.fingerprint).encode()
