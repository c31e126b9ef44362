"""The search of the archive: what a viewer looks for, and what of it this viewer may find."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from django.utils.safestring import SafeString

from cms.visibility import Viewer
from search.access import AccessClasses
from search.archive_request import ArchiveRequest
from search.asking import ask
from search.backends.interface import Ranked, Ranking, Search
from search.content import kind_name
from search.facets import FacetValue, facet_values
from search.highlight import Marker
from search.indexing import archived_models
from search.models import ArchiveEntry, Face
from search.morphology import query_lemmas
from search.narrowing import with_filters, with_operators
from search.ordering import Order, Position
from search.page_passages import passage_of
from search.plan import make_plan
from search.plan_parts import Kind, Plan
from search.promotions import BEFORE_ALL, behind, counted_with, others, promoted
from search.query_language import ParsedQuery, parse
from search.recheck import seen
from search.scope import Facet, Scope
from search.synonyms import synonym_rules
from search.unsettled import Unsettled, unsettled
from search.vocabulary import Vocabulary

logger = logging.getLogger("hub.search")


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
    # Put first by editors.
    promoted: bool = False

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
    scope = scope_of(request, query, access, lagging, viewer=viewer)
    wanted = _search(request, plan, scope)
    first = promoted(request, wanted, viewer=viewer)
    left = behind(first, wanted.after)
    shown_first = left[: request.first]
    if first:
        wanted = others(wanted, first, first=request.first - len(shown_first))
    if plan.groups or query.narrows or not request.text:
        ranking, degraded = ask(wanted)
    else:
        # Of punctuation alone there is nothing.
        ranking = Ranking((), 0, has_next=False, facets={each: {} for each in request.facets})
        degraded = False
    marker = _marker(plan, vocabulary)
    ranked = [*(Ranked(entry.pk, BEFORE_ALL) for entry in shown_first), *ranking.entries]
    hits = [
        *_promoted_hits(shown_first, wanted, request, marker),
        *_hits(ranking, wanted, request, marker, viewer=viewer),
    ]
    counts = counted_with(ranking.facets, first) if first else ranking.facets
    return ArchiveResults(
        hits=tuple(hits),
        total=ranking.total + len(first),
        has_next=len(left) > len(shown_first)
        or ranking.has_next
        or (wanted.first == 0 and ranking.total > 0),
        end_cursor=_cursor(ranked[-1], wanted, request) if ranked else None,
        did_you_mean=plan.corrected,
        degraded=degraded,
        facets=facet_values(counts, wanted.scope, viewer=viewer),
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


def _promoted_hits(
    entries: list[ArchiveEntry], wanted: Search, request: ArchiveRequest, marker: Marker
) -> Iterator[Hit]:
    for entry in entries:
        first = _hit(entry, Ranked(entry.pk, BEFORE_ALL), wanted, request, marker)
        yield replace(first, score=0.0, promoted=True)


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


def marker_of(text: str, *, viewer: Viewer) -> Marker:
    """Marks what a search for this text would have found."""
    vocabulary = Vocabulary(AccessClasses.of(viewer), unsettled())
    return _marker(_plan(ArchiveRequest(text=text), vocabulary), vocabulary)


@cache
def kind_names() -> dict[str, list[frozenset[str]]]:
    """Of each kind the base forms of each word of its Polish name."""
    return {
        kind: [frozenset(query_lemmas(word)) for word in kind_name(model).split()]
        for kind, model in archived_models().items()
    }


def _marker(plan: Plan, vocabulary: Vocabulary) -> Marker:
    if not plan.groups:
        return Marker()
    forms = vocabulary.forms_of(plan.words_of(Kind.LEMMA, Kind.NEAR))
    lemmas = plan.words_of(Kind.LEMMA)
    near = {
        tuple(forms[word] for word in alternative.words)
        for alternative in plan.alternatives(Kind.NEAR)
        if not lemmas.issuperset(alternative.words)
    }
    return Marker(
        plan.words_of(Kind.FORM, Kind.PHRASE).union(*(forms[lemma] for lemma in lemmas)),
        tuple(plan.words_of(Kind.PREFIX)),
        tuple(near),
    )


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
        yield _hit(entry, ranked, wanted, request, marker)


def _hit(
    entry: ArchiveEntry, ranked: Ranked, wanted: Search, request: ArchiveRequest, marker: Marker
) -> Hit:
    passage, page_number = SafeString(), None
    if not request.without_bodies:
        passage, page_number = passage_of(entry, marker)
    return Hit(
        entry=entry,
        score=float(ranked.key) if wanted.order == Order.RELEVANCE else 0.0,
        title=marker.mark(entry.title),
        passage=passage,
        page_number=page_number,
        cursor=_cursor(ranked, wanted, request),
    )


def _cursor(ranked: Ranked, wanted: Search, request: ArchiveRequest) -> str:
    return Position(wanted.order, ranked.key, ranked.entry_id, request.fingerprint).encode()
