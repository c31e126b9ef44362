"""What a document contributes to the archive: the text of its PDF, beside the names of the page
that holds it.

Who finds it is who sees and reads a page that holds it, and its collection (docs/adr/0010).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wagtail.models import Page

from cms.holders import holder_ids
from cms.models import Audience, DocumentPage, HubDocument, HubPage
from cms.paths import path_of
from search.access import Way
from search.analysis import LONGEST_TEXT
from search.content import SEPARATOR, Content, Names, Reference, clean
from search.models import Face
from search.surroundings import Surroundings, date_of, experts_of, places_of

# Pages that admit different viewers; of a document on more of them some viewers do not learn.
MOST_WAYS = 8


@dataclass(frozen=True)
class HeldDocument:
    """A document with the pages that hold it, hidden ones too."""

    document: HubDocument
    holders: tuple[HubPage, ...]


def held(document_ids: Collection[int]) -> list[HeldDocument]:
    """Those that exist, in a constant number of queries."""
    if not document_ids:
        return []
    documents = HubDocument.objects.filter(pk__in=document_ids).order_by("pk")
    ids = holder_ids(document_ids)
    pages = pages_by_id({pk for page_ids in ids.values() for pk in page_ids})
    return [
        HeldDocument(each, tuple(pages[pk] for pk in sorted(ids[each.pk]) if pk in pages))
        for each in documents
    ]


def pages_by_id(page_ids: Collection[int]) -> dict[int, HubPage]:
    pages = Page.objects.filter(pk__in=page_ids).specific() if page_ids else ()
    return {page.pk: page for page in pages if isinstance(page, HubPage)}


def contents_of_document(
    held_document: HeldDocument, surroundings: Surroundings
) -> Iterator[Content]:
    """One for each way that is open to viewers to whom no way before it is; none for a document
    that nobody finds on a page."""
    document, holders = held_document.document, held_document.holders
    body, page_starts = text_of(document) if ways_to(held_document, surroundings) else ("", ())
    before: tuple[Way, ...] = ()
    # Hidden ones too: it comes in when one of them is published.
    referred = {Reference(page.content_kind, page.pk) for page in holders}
    for way, page in ways_to(held_document, surroundings):
        names = names_beside(document, page, surroundings)
        yield Content(
            kind=HubDocument.content_kind,
            object_id=document.pk,
            way=way,
            title=clean(document.title),
            lead="",
            body=body,
            topics_text=clean(SEPARATOR.join(dict.fromkeys(names.texts))),
            path=path_of(page),
            date=date_of(page),
            series_id=names.series_id,
            references=frozenset(names.references | referred),
            holder_id=page.pk,
            collection_id=document.collection_id,
            ways_before=before,
            page_starts=page_starts,
        )
        before = (*before, way)


def ways_to(held_document: HeldDocument, surroundings: Surroundings) -> list[tuple[Way, HubPage]]:
    """The widest first; none that leads nobody who had not come already."""
    candidates = []
    for page in held_document.holders:
        placement = surroundings.placement(page)
        if placement.shown:
            # Files of a page for members are for members, with all that names them.
            face = Face.MEMBER if page.audience == Audience.MEMBERS else Face.EVERYONE
            candidates.append((Way(face, placement.restrictions, placement.until), page))
    document = held_document.document

    def rank(candidate: tuple[Way, HubPage]) -> tuple[object, ...]:
        way, page = candidate
        # Of two that are as open, the publication whose file it is.
        is_another = getattr(page, "file_id", None) != document.pk
        return *width(way), is_another, page.pk

    candidates.sort(key=rank)
    chosen: list[tuple[Way, HubPage]] = []
    for way, page in candidates:
        if len(chosen) < MOST_WAYS and not any(each.is_as_open_as(way) for each, _page in chosen):
            chosen.append((way, page))
    return chosen


def width(way: Way) -> tuple[object, ...]:
    until = way.until.timestamp() if way.until else float("inf")
    return way.face != Face.EVERYONE, len(way.restrictions), -until


def names_beside(document: HubDocument, page: HubPage, surroundings: Surroundings) -> Names:
    names = Names(surroundings, surroundings.placement(page))
    names.texts += [document.file_extension.lower(), page.title]
    names.add_topics(page)
    names.add_ancestors(page)
    names.add_experts(experts_of(page))
    names.texts += [row.name for row in page.contributions.all() if row.expert_id is None]
    names.add_places(places_of(page))
    return names


def text_of(document: HubDocument) -> tuple[str, tuple[int, ...]]:
    """The text of its pages, one after the other, and where each begins."""
    texts: list[str] = []
    starts: list[int] = []
    length = 0
    for number, text in DocumentPage.objects.filter(document=document).values_list(
        "number", "text"
    ):
        if length > LONGEST_TEXT or number != len(starts) + 1:
            break
        starts.append(length)
        texts.append(text.replace("\x00", ""))
        length += len(texts[-1]) + 1
    return "\n".join(texts), tuple(starts)
