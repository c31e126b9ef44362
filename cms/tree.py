"""The state of the page tree that decides what may be seen: which subtrees are closed, by whom, and
until when.

It is viewer-independent and loaded once a request, in three queries however large the archive is.
Paths are treebeard's: a descendant's path begins with its ancestor's, so "below" is a comparison of
prefixes, in memory and in SQL alike.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Expression, F, Q
from django.db.models.functions import Left
from django.db.models.lookups import In
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction

# Stands for a restriction to members in the journal.
MEMBERS = 0


class Subtrees:
    """A set of subtrees, given by the paths of their roots."""

    def __init__(self, roots: Iterable[str]) -> None:
        by_length: dict[int, set[str]] = defaultdict(set)
        for root in roots:
            by_length[len(root)].add(root)
        self.by_length = dict(by_length)

    def within(self, root: str) -> "Subtrees":
        """Those whose roots lie below another one."""
        paths = (path for paths in self.by_length.values() for path in paths)
        return Subtrees(path for path in paths if path != root and path.startswith(root))

    def cover(self, path: str) -> bool:
        return any(path[:length] in roots for length, roots in self.by_length.items())

    def cover_q(self, field: str = "path") -> Q:
        """The same as a condition; one IN per depth, so that SQL stays flat whatever the number of
        subtrees.
        """
        condition = Q(pk__in=[])
        for length, roots in sorted(self.by_length.items()):
            prefix: Expression = Left(F(field), length)
            condition |= Q(In(prefix, sorted(roots)))
        return condition


@dataclass(frozen=True)
class Restriction:
    """One of Wagtail's view restrictions; `path` is that of the page at its root."""

    id: int
    path: str
    type: str
    group_ids: frozenset[int]

    @property
    def admitted(self) -> int | list[int]:
        """Whom it lets in, in the journal's terms: 0 for members, a list for members of these
        groups.
        """
        if self.type == PageViewRestriction.LOGIN:
            return MEMBERS
        return sorted(self.group_ids) if self.type == PageViewRestriction.GROUPS else []

    def admits(self, *, is_member: bool, is_superuser: bool, group_ids: frozenset[int]) -> bool:
        """Whether somebody may pass. Shared passwords are switched off: one that exists admits
        nobody.
        """
        if self.type == PageViewRestriction.NONE:
            return True
        if self.type == PageViewRestriction.LOGIN:
            return is_member
        if self.type == PageViewRestriction.GROUPS:
            return is_superuser or bool(self.group_ids & group_ids)
        return False


def restrictions_of(
    rows: Iterable[tuple[int, str, str, int | None]],
) -> list[Restriction]:
    """Restrictions by primary key, from a row (primary key, path, type, group or None) for each
    group.
    """
    groups: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for pk, path, restriction_type, group_id in rows:
        admitted = groups[pk, path, restriction_type]
        if group_id is not None:
            admitted.add(group_id)
    return [Restriction(*key, frozenset(groups[key])) for key in sorted(groups)]


@dataclass(frozen=True)
class Placement:
    """Where a page stands: whether tree and clock show it to anybody, behind which restrictions,
    and until when.
    """

    shown: bool
    restrictions: tuple[int, ...]
    until: datetime.datetime | None


class TreeState:
    """The tree at one moment."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.moment = moment

    @cached_property
    def closed(self) -> Subtrees:
        """Subtrees below a page that is unpublished or has expired by the clock."""
        passed = Q(live=False) | Q(expire_at__lte=self.moment)
        return Subtrees(
            Page.objects.filter(passed, numchild__gt=0).order_by().values_list("path", flat=True)
        )

    @cached_property
    def unpublished(self) -> Subtrees:
        """Subtrees below an unpublished page: what happens there no reader notices, nor ever did
        since.
        """
        return Subtrees(
            Page.objects.filter(live=False, numchild__gt=0)
            .order_by()
            .values_list("path", flat=True)
        )

    @cached_property
    def restrictions(self) -> list[Restriction]:
        rows = PageViewRestriction.objects.order_by().values_list(
            "pk", "page__path", "restriction_type", "groups"
        )
        return restrictions_of(rows)

    @cached_property
    def expiring(self) -> list[tuple[str, datetime.datetime]]:
        rows = Page.objects.filter(live=True, expire_at__gt=self.moment, numchild__gt=0)
        return list(rows.order_by().values_list("path", "expire_at"))

    def shows(self, page: Page) -> bool:
        """Whether the page is published and not expired, and so is all above it."""
        return (
            page.depth > 1
            and page.live
            and (page.expire_at is None or page.expire_at > self.moment)
            and not self.closed.cover(page.path)
        )

    def restrictions_above(self, path: str) -> tuple[int, ...]:
        return tuple(each.id for each in self.restrictions if path.startswith(each.path))

    def placement(self, page: Page) -> Placement:
        ends = [end for path, end in self.expiring if page.path.startswith(path)]
        if page.expire_at is not None:
            ends.append(page.expire_at)
        return Placement(
            shown=self.shows(page),
            restrictions=self.restrictions_above(page.path),
            until=min(ends, default=None),
        )
