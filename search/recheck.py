"""Asks the things themselves whether a viewer may see them: an index may lag behind, the database
does not."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from cms.models import Audience
from cms.visibility import Viewer, visible
from search.indexing import page_models
from search.models import ArchiveEntry, Face
from thematic_months.models import Question


def seen(entries: Collection[ArchiveEntry], *, viewer: Viewer) -> frozenset[int]:
    """Keys of the entries whose things this viewer may see, in a constant number of queries."""
    by_kind = defaultdict(set)
    for entry in entries:
        by_kind[entry.kind].add(entry.object_id)
    question_ids = by_kind.pop(Question.content_kind, set())
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
    return frozenset(
        entry.pk
        for entry in entries
        if entry.object_id in (questions if entry.kind == Question.content_kind else pages)
    )


def guarded_since(entries: Collection[ArchiveEntry]) -> set[int]:
    """Pages whose entry is for everyone, text and all, although they are for members by now."""
    ids_by_kind = defaultdict(set)
    for entry in entries:
        if entry.face == Face.EVERYONE and entry.kind != Question.content_kind:
            ids_by_kind[entry.kind].add(entry.object_id)
    models = page_models()
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
