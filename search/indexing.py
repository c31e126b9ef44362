"""Brings entries to what things are now: written, written anew or removed, with their words and
their full text."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page

from cms.models import HubDocument, HubPage
from search import word_counts
from search.analysis import ANALYSER
from search.backends import database_backend
from search.content import Content, contents_of_page, contents_of_question
from search.document_content import contents_of_document, held
from search.models import AccessClass, ArchiveEntry, EntryReference, SearchServerChange
from search.ordering import title_key
from search.surroundings import Surroundings
from thematic_months.models import Question

# A kind and a primary key.
Thing = tuple[str, int]
BATCH = 50


def is_archived(kind: str) -> bool:
    """Whether things of this kind belong to the archive; what only holds others together does
    not."""
    return kind in archived_models()


def archived_models() -> dict[str, type[Model]]:
    """Models of everything in the archive, by their kind."""
    others: dict[str, type[Model]] = {
        model.content_kind: model for model in (Question, HubDocument)
    }
    return {**page_models(), **others}


def page_models() -> dict[str, type[HubPage]]:
    """Models of the pages in the archive, by their kind."""
    return {
        model.content_kind: model
        for model in apps.get_models()
        if issubclass(model, HubPage)
        and model.content_kind != "HOME"
        and not model.content_kind.endswith("_INDEX")
    }


def refresh(things: Iterable[Thing], *, anew: bool = False) -> int:
    """Bring the entries of these things up to date, and write those that already are once more if
    all is to be indexed anew; the number of things looked at."""
    remaining = iter(things)
    done = 0
    while batch := list(islice(remaining, BATCH)):
        with transaction.atomic():
            refresh_batch(batch, anew=anew)
        done += len(batch)
    return done


def refresh_batch(things: Collection[Thing], *, anew: bool = False) -> None:
    contents = {content.key: content for content in contents_of(things)}
    existing = {key_of(entry): entry for entry in entries_of(things).select_for_update()}
    removed = [entry for key, entry in existing.items() if key not in contents]
    changed = [
        (content, existing.get(key))
        for key, content in contents.items()
        if anew or key not in existing or existing[key].digest != content.digest
    ]
    if not removed and not changed:
        return
    # As the search server has them already.
    same = {key_of(entry) for content, entry in changed if entry and entry.digest == content.digest}
    counts = word_counts.Changes()
    for entry in [*removed, *(entry for _content, entry in changed if entry)]:
        # What another analyser counted otherwise, search_index rebuild counts anew at its end.
        word_counts.count(counts, entry, times=-1)
    written = [_write(content, entry) for content, entry in changed]
    for entry in written:
        word_counts.count(counts, entry, times=1)
    word_counts.write(counts)
    _index(written, removed)
    if settings.ELASTICSEARCH_URL:
        # All of it at once follows a rebuild: until then readers search what the server has.
        changed_there = [entry for entry in written if key_of(entry) not in same]
        SearchServerChange.objects.bulk_create(
            SearchServerChange(entry_id=entry.pk) for entry in [*removed, *changed_there]
        )


def contents_of(things: Iterable[Thing]) -> Iterator[Content]:
    """What the archive is to have of these things now; nothing of what is gone."""
    ids = defaultdict(set)
    for kind, object_id in things:
        ids[kind].add(object_id)
    question_ids = ids.pop(Question.content_kind, set())
    documents = held(ids.pop(HubDocument.content_kind, set()))
    questions = list(Question.objects.filter(pk__in=question_ids).select_related("month"))
    page_ids = set().union(*ids.values())
    pages = [
        page
        for page in Page.objects.filter(pk__in=page_ids).specific()
        if getattr(page, "content_kind", "") in ids and page.content_kind in page_models()
    ]
    holders = (page for each in documents for page in each.holders)
    surroundings = Surroundings([*pages, *holders, *(question.month for question in questions)])
    for page in pages:
        yield from contents_of_page(page, surroundings)
    for question in questions:
        yield from contents_of_question(question, surroundings)
    for document in documents:
        yield from contents_of_document(document, surroundings)


def key_of(entry: ArchiveEntry) -> tuple[str, int, str, int]:
    """As Content.key."""
    return entry.kind, entry.object_id, entry.face, entry.way


def entries_of(things: Iterable[Thing]) -> QuerySet[ArchiveEntry]:
    ids = defaultdict(list)
    for kind, object_id in things:
        ids[kind].append(object_id)
    condition = Q(pk__in=[])
    for kind, object_ids in ids.items():
        condition |= Q(kind=kind, object_id__in=object_ids)
    return ArchiveEntry.objects.filter(condition)


def _write(content: Content, entry: ArchiveEntry | None) -> ArchiveEntry:
    if entry is None:
        kind, object_id, face, way = content.key
        entry = ArchiveEntry(kind=kind, object_id=object_id, face=face, way=way)
    entry.access = _access_class(content)
    entry.title = content.title
    entry.lead = content.lead
    entry.body = content.body
    entry.page_starts = list(content.page_starts)
    entry.holder_id = content.holder_id
    entry.topics_text = content.topics_text
    entry.path = content.path
    entry.date = content.date
    entry.title_key = title_key(content.title)
    entry.series_id = content.series_id
    entry.digest = content.digest
    entry.analyser = ANALYSER
    entry.save()
    EntryReference.objects.filter(entry=entry).delete()
    EntryReference.objects.bulk_create(
        EntryReference(entry=entry, kind=each.kind, object_id=each.object_id, slug=each.slug)
        for each in sorted(content.references)
    )
    return entry


def _access_class(content: Content) -> AccessClass:
    access, _created = AccessClass.objects.get_or_create(
        key=content.access_key,
        defaults={
            "face": content.way.face,
            "restrictions": list(content.way.restrictions),
            "visible_until": content.way.until,
            "collection_id": content.collection_id,
            "unless": [way.to_json() for way in content.ways_before],
        },
    )
    return access


def _index(written: list[ArchiveEntry], removed: list[ArchiveEntry]) -> None:
    removed_ids = [entry.pk for entry in removed]
    backend = database_backend()
    backend.remove(removed_ids)
    backend.index(written)
    ArchiveEntry.objects.filter(pk__in=removed_ids).delete()
