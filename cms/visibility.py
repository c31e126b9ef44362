"""The one rule of who may see what, denied by default (docs/adr/0002).

`visible()` filters a queryset, `can_see()` judges an object in memory without SQL of its own,
`can_read()` opens the door of members-only bodies. A property test holds the first two equal.
Whatever hands content out calls them; a model without a rule is refused.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, DraftStateMixin, Page

from cms.models import Audience, HubPage
from cms.tree import (
    MEMBERS,
    Placement,
    Restriction,
    Subtrees,
    TreeState,
    restrictions_of,
)

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class PreviewScope:
    """What the bearer of a preview token sees whatever its state: one page, or it and all below.

    `content` is what the page itself shows in place of its newest draft, in the shape of a
    revision's content. `address` is where the hub's own pages of the scope are shown, "" for where
    they always are.
    """

    path: str
    with_descendants: bool
    content: dict[str, Any] | None = field(default=None, compare=False)
    address: str = ""

    def covers(self, path: str) -> bool:
        return path.startswith(self.path) if self.with_descendants else path == self.path

    def q(self, field: str = "path") -> Q:
        return Q(**{f"{field}__startswith" if self.with_descendants else field: self.path})


class Viewer:
    """Who is asking, at one moment. What it knows of the tree is loaded once and kept for the
    request.
    """

    def __init__(
        self,
        *,
        member: Any = None,
        preview: PreviewScope | None = None,
        now: datetime.datetime | None = None,
    ) -> None:
        self.member = member if member is not None and member.is_active else None
        self.preview = preview
        self.now = now or timezone.now()
        self.tree = TreeState(self.now)

    @property
    def is_member(self) -> bool:
        return self.member is not None

    @property
    def local_date(self) -> datetime.date:
        """The day that it is in Warsaw."""
        return timezone.localdate(self.now)

    @cached_property
    def group_ids(self) -> frozenset[int]:
        if self.member is None:
            return frozenset()
        return frozenset(self.member.groups.order_by().values_list("pk", flat=True))

    def passes(self, restriction: Restriction) -> bool:
        return restriction.admits(
            is_member=self.is_member,
            is_superuser=self.member is not None and self.member.is_superuser,
            group_ids=self.group_ids,
        )

    @cached_property
    def unmet_restrictions(self) -> frozenset[int]:
        return frozenset(each.id for each in self.tree.restrictions if not self.passes(each))

    @cached_property
    def met_restrictions(self) -> frozenset[int]:
        """Ids as in JournalEntry.restrictions: those of collections are negative."""
        pages = {each.id for each in self.tree.restrictions} - self.unmet_restrictions
        _paths, restrictions = self.collections
        collections = {-each.id for each in restrictions if self.passes(each)}
        return frozenset(pages | collections)

    def could_see(self, restrictions: Iterable[int | list[int]]) -> bool:
        """Whether a row of the journal with these restrictions is for this viewer."""
        return all(map(self.meets, restrictions))

    def meets(self, bar: int | list[int]) -> bool:
        if isinstance(bar, list):
            superuser = self.member is not None and self.member.is_superuser
            return superuser or not self.group_ids.isdisjoint(bar)
        return self.is_member if bar == MEMBERS else bar in self.met_restrictions

    @cached_property
    def barred(self) -> Subtrees:
        """Subtrees behind a restriction that this viewer does not meet."""
        return Subtrees(
            each.path for each in self.tree.restrictions if each.id in self.unmet_restrictions
        )

    @cached_property
    def collections(self) -> tuple[dict[int, str], list[Restriction]]:
        return collection_tree()

    @cached_property
    def closed_collections(self) -> frozenset[int]:
        """Collections that are private to others, directly or through one above them."""
        paths, restrictions = self.collections
        unmet = Subtrees(each.path for each in restrictions if not self.passes(each))
        if not unmet.by_length:
            return frozenset()
        return frozenset(pk for pk, path in paths.items() if unmet.cover(path))

    def previews(self, path: str) -> bool:
        return self.preview is not None and self.preview.covers(path)


def collection_tree() -> tuple[dict[int, str], list[Restriction]]:
    """The paths of all collections by primary key, and their restrictions, in one query."""
    rows = Collection.objects.order_by().values_list(
        "pk",
        "path",
        "view_restrictions__pk",
        "view_restrictions__restriction_type",
        "view_restrictions__groups",
    )
    paths = {}
    restricted = []
    for collection_id, path, pk, restriction_type, group_id in rows:
        paths[collection_id] = path
        if pk is not None:
            restricted.append((pk, path, restriction_type, group_id))
    return paths, restrictions_of(restricted)


def anonymous_viewer() -> Viewer:
    return Viewer()


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of a request, the same object for as long as the request lives."""
    viewer: Viewer | None = getattr(request, "_hub_viewer", None)
    if viewer is None:
        user = getattr(request, "user", None)
        viewer = Viewer(member=user if user is not None and user.is_authenticated else None)
        request._hub_viewer = viewer  # type: ignore[attr-defined]
    return viewer


class Rule(Protocol):
    """The two forms of one rule, for a model and its subclasses. They must agree."""

    def q(self, viewer: Viewer, *, prefix: str = "") -> Q: ...

    def sees(self, thing: Any, viewer: Viewer) -> bool: ...


class PageRule:
    def q(self, viewer: Viewer, *, prefix: str = "") -> Q:
        in_time = Q(**{f"{prefix}expire_at__isnull": True}) | Q(
            **{f"{prefix}expire_at__gt": viewer.now}
        )
        condition = Q(**{f"{prefix}depth__gt": 1, f"{prefix}live": True}) & in_time
        path = f"{prefix}path"
        for hidden in (viewer.tree.closed, viewer.barred):
            if hidden.by_length:
                condition &= ~hidden.cover_q(path)
        return condition | viewer.preview.q(path) if viewer.preview else condition

    def sees(self, thing: Page, viewer: Viewer) -> bool:
        if viewer.previews(thing.path):
            return True
        return viewer.tree.shows(thing) and not viewer.barred.cover(thing.path)


class CollectionMemberRule:
    """Images and documents: the privacy of their collection, inherited."""

    def q(self, viewer: Viewer, *, prefix: str = "") -> Q:
        return ~Q(**{f"{prefix}collection_id__in": viewer.closed_collections})

    def sees(self, thing: AbstractImage | AbstractDocument, viewer: Viewer) -> bool:
        return thing.collection_id not in viewer.closed_collections


class DraftableRule:
    """Snippets with drafts: what is published and not expired by the clock."""

    def q(self, viewer: Viewer, *, prefix: str = "") -> Q:
        in_time = Q(**{f"{prefix}expire_at__isnull": True}) | Q(
            **{f"{prefix}expire_at__gt": viewer.now}
        )
        return Q(**{f"{prefix}live": True}) & in_time

    def sees(self, thing: DraftStateMixin, viewer: Viewer) -> bool:
        return thing.live and (thing.expire_at is None or thing.expire_at > viewer.now)


class OpenRule:
    """Things that everyone may see whenever they exist, for example topics."""

    def q(self, viewer: Viewer, *, prefix: str = "") -> Q:
        return Q()

    def sees(self, thing: models.Model, viewer: Viewer) -> bool:
        return True


RULES: dict[type, Rule] = {
    Page: PageRule(),
    AbstractImage: CollectionMemberRule(),
    AbstractDocument: CollectionMemberRule(),
    DraftStateMixin: DraftableRule(),
}


def register(model: type[models.Model], rule: Rule) -> None:
    """Give a model its rule; an app calls this in its AppConfig.ready()."""
    RULES[model] = rule


def rule_for(model: type) -> Rule:
    """The rule of the model or of its nearest base. Without one nothing of it may be handed out."""
    for base in model.__mro__:
        if base in RULES:
            return RULES[base]
    raise LookupError(
        f"{model.__name__} has no visibility rule: register one with cms.visibility.register()."
    )


def visible(queryset: QuerySet[M], *, viewer: Viewer) -> QuerySet[M]:
    """Things of the queryset that this viewer may see now."""
    return queryset.filter(rule_for(queryset.model).q(viewer))


def can_see(thing: models.Model | None, *, viewer: Viewer) -> bool:
    """Whether this viewer may see the thing now; no SQL beyond what the viewer loads once."""
    return thing is not None and rule_for(type(thing)).sees(thing, viewer)


def can_read(page: HubPage, *, viewer: Viewer) -> bool:
    """Whether this viewer, who may see the page, may also read what its `guarded` names."""
    return page.audience != Audience.MEMBERS or viewer.is_member or viewer.previews(page.path)


def placement(page: Page, *, tree: TreeState | None = None) -> Placement:
    """Where the page stands, whoever asks; pass a tree to place many pages with the same three
    queries.
    """
    return (tree or TreeState(timezone.now())).placement(page)


def placements(pages: Iterable[Page]) -> dict[int, Placement]:
    """Placements by primary key, in a constant number of queries."""
    tree = TreeState(timezone.now())
    return {page.pk: tree.placement(page) for page in pages}
