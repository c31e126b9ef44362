"""What changed for readers since a moment: the journal, as far as this viewer could ever see it.

A frontend that keeps copies asks what changed after its cursor, fetches anew what is there, and
drops what is gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import Max
from graphql import GraphQLResolveInfo
from wagtail.models import Page

from cms.api.change_cursors import seal, unseal
from cms.api.connections import PageInfo, checked_first, paging_arguments
from cms.api.enums import enum_of
from cms.api.errors import BadUserInput
from cms.api.interfaces import PageInterface
from cms.api.kinds import ContentKind, content_kinds, page_kinds
from cms.api.loaders import load_page
from cms.models import Change as ChangeKind
from cms.models import JournalEntry
from cms.visibility import Viewer, visible

# Rows of the journal that one request looks through: most may be of what the viewer cannot see.
BATCH = 500
MOST_ROWS = 5_000


class Change(graphene.ObjectType):
    """A thing that changed. It may come more than once in a list; the last time counts."""

    id = graphene.ID(required=True, description="Identifier of the thing, unique in its kind.")
    kind = graphene.Field(ContentKind, required=True, description="What it is.")
    change = graphene.Field(
        enum_of(ChangeKind, "ChangeKind"), required=True, description="What happened to it."
    )
    changed_at = graphene.DateTime(required=True, description="When it happened.")
    is_gone = graphene.Boolean(
        required=True, description="Whether the viewer cannot see it any more: drop it."
    )
    page = graphene.Field(
        PageInterface,
        description="The page as it is now; null when it is gone, and for what is no page.",
    )

    @staticmethod
    def resolve_id(seen: "SeenChange", _info: GraphQLResolveInfo) -> int:
        return seen.entry.object_id

    @staticmethod
    def resolve_kind(seen: "SeenChange", _info: GraphQLResolveInfo) -> str:
        return seen.entry.kind

    @staticmethod
    def resolve_change(seen: "SeenChange", _info: GraphQLResolveInfo) -> str:
        return seen.entry.change

    @staticmethod
    def resolve_changed_at(seen: "SeenChange", _info: GraphQLResolveInfo) -> Any:
        return seen.entry.recorded_at

    @staticmethod
    def resolve_page(seen: "SeenChange", info: GraphQLResolveInfo) -> Any:
        is_page = seen.entry.kind in page_kinds() and not seen.is_gone
        return load_page(info, seen.entry.object_id) if is_page else None


class ChangeConnection(graphene.ObjectType):
    """Changes after a cursor, oldest first."""

    nodes = graphene.List(
        graphene.NonNull(Change), required=True, description="The changes, oldest first."
    )
    page_info = graphene.Field(
        PageInfo,
        required=True,
        description="Where this page stands. `endCursor` may move on although nothing is listed.",
    )
    latest_cursor = graphene.String(
        required=True,
        description=(
            "Cursor of the latest change of all: take it before everything is fetched, and ask for "
            "what comes after it."
        ),
    )

    @staticmethod
    def resolve_latest_cursor(_changes: "Changes", _info: GraphQLResolveInfo) -> str:
        return seal(JournalEntry.objects.aggregate(last=Max("number"))["last"] or 0)


@dataclass
class SeenChange:
    entry: JournalEntry
    is_gone: bool


@dataclass
class Changes:
    nodes: list[SeenChange]
    page_info: PageInfo


class Query:
    changes = graphene.Field(
        ChangeConnection,
        required=True,
        description=(
            "What changed for the viewer, withdrawals included; from the beginning without `after`."
        ),
        **paging_arguments(),
    )

    @staticmethod
    def resolve_changes(
        _root: None, info: GraphQLResolveInfo, first: int | None = None, after: str | None = None
    ) -> Changes:
        viewer: Viewer = info.context.viewer
        wanted = checked_first(first)
        end = 0 if after is None else position_after(after)
        found: list[JournalEntry] = []
        rows = entries_after(end)
        for entry in rows:
            end = entry.number
            if viewer.could_see(entry.restrictions):
                found.append(entry)
            if len(found) == wanted:
                break
        more = JournalEntry.objects.filter(number__gt=end).exists()
        gone = gone_for(viewer, found)
        return Changes(
            [SeenChange(entry, (entry.kind, entry.object_id) in gone) for entry in found],
            PageInfo(has_next_page=more, end_cursor=seal(end)),
        )


def entries_after(number: int) -> Iterator[Any]:
    """What is numbered is committed, so that nothing comes in before it later."""
    last = number + MOST_ROWS
    while rows := list(
        JournalEntry.objects.filter(number__gt=number, number__lte=last).order_by("number")[:BATCH]
    ):
        yield from rows
        number = rows[-1].number or number


def gone_for(viewer: Viewer, entries: Iterable[JournalEntry]) -> set[tuple[str, int]]:
    """Those of the things that the viewer cannot see now, in one query for each kind among them
    and one for all pages.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids["PAGE" if entry.kind in page_kinds() else entry.kind].add(entry.object_id)
    there = {
        group: set(
            visible(model_of(group)._default_manager.filter(pk__in=keys), viewer=viewer)
            .order_by()
            .values_list("pk", flat=True)
        )
        for group, keys in ids.items()
    }
    return {
        (entry.kind, entry.object_id)
        for entry in entries
        if entry.object_id not in there["PAGE" if entry.kind in page_kinds() else entry.kind]
    }


def model_of(group: str) -> Any:
    return Page if group == "PAGE" else content_kinds()[group]


def position_after(cursor: str) -> int:
    """The number in the journal. Raises BadUserInput for a cursor that `changes` did not give, or
    gave under a SECRET_KEY that is forgotten.
    """
    try:
        return unseal(cursor)
    except ValueError as error:
        raise BadUserInput(
            "`after` is not a cursor of this list, or the hub's keys changed since: pass an "
            "`endCursor` as it was, or fetch everything anew and begin with `latestCursor`."
        ) from error
