"""Asks the things themselves whether a viewer may see them: an index may lag behind, the database
does not."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from cms.holders import holder_ids, opens
from cms.models import Audience, HubDocument
from cms.visibility import Viewer, visible
from search.document_content import pages_by_id
from search.indexing import page_models
from search.models import ArchiveEntry, Face
from thematic_months.models import Question

DOCUMENT = HubDocument.content_kind


def seen(entries: Collection[ArchiveEntry], *, viewer: Viewer) -> frozenset[int]:
    """Keys of the entries whose things this viewer may see, in a constant number of queries."""
    by_kind = defaultdict(set)
    for entry in entries:
        by_kind[entry.kind].add(entry.object_id)
    question_ids = by_kind.pop(Question.content_kind, set())
    by_kind.pop(DOCUMENT, None)
    documents = {entry for entry in entries if entry.kind == DOCUMENT}
    page_ids = set().union(*by_kind.values())
    pages = (
        _ids(visible(Page.objects.filter(pk__in=page_ids), viewer=viewer)) if page_ids else set()
    )
    questions = (
        _ids(visible(Question.objects.filter(pk__in=question_ids), viewer=viewer))
        if question_ids
        else set()
    )
    if not viewer.is_member:
        pages -= guarded_since(entries)
    return held_documents(documents, viewer=viewer) | frozenset(
        entry.pk
        for entry in entries
        if entry not in documents
        and entry.object_id in (questions if entry.kind == Question.content_kind else pages)
    )


def held_documents(entries: Collection[ArchiveEntry], *, viewer: Viewer) -> frozenset[int]:
    """Those whose page still holds the document, and gives it to this viewer."""
    if not entries:
        return frozenset()
    ids = {entry.object_id for entry in entries}
    visible_ids = _ids(visible(HubDocument.objects.filter(pk__in=ids), viewer=viewer))
    holders = holder_ids(ids)
    pages = pages_by_id({entry.holder_id for entry in entries if entry.holder_id})
    return frozenset(
        entry.pk
        for entry in entries
        if entry.object_id in visible_ids
        and entry.holder_id in holders[entry.object_id]
        and entry.holder_id in pages
        and opens(pages[entry.holder_id], viewer)
    )


def guarded_since(entries: Collection[ArchiveEntry]) -> set[int]:
    """Pages whose entry is for everyone, text and all, although they are for members by now."""
    models = page_models()
    ids_by_kind = defaultdict(set)
    for entry in entries:
        if entry.face == Face.EVERYONE and entry.kind in models:
            ids_by_kind[entry.kind].add(entry.object_id)
    guarded = [
        models[kind]
        .objects.filter(pk__in=ids, audience=Audience.MEMBERS)
        .order_by()
        .values_list("pk")
        for kind, ids in ids_by_kind.items()
    ]
    if not guarded:
        return set()
    first, *others = guarded
    return {pk for (pk,) in (first.union(*others) if others else first)}


def _ids(things: QuerySet[Any]) -> set[int]:
    return set(things.order_by().values_list("pk", flat=True))
