"""Which entries a viewer may find at all."""

from dataclasses import dataclass
from typing import Self

from cms.visibility import Viewer
from search.models import AccessClass, Face


@dataclass(frozen=True)
class AccessClasses:
    """The classes of the entries that somebody may find, and how fresh their words are."""

    ids: tuple[int, ...]
    revisions: tuple[int, ...]

    @classmethod
    def of(cls, viewer: Viewer) -> Self:
        faces = (Face.EVERYONE, Face.MEMBER if viewer.is_member else Face.ANONYMOUS)
        rows = [
            row
            for row in AccessClass.objects.filter(face__in=faces).order_by("pk")
            if viewer.unmet_restrictions.isdisjoint(row.restrictions)
            and (row.visible_until is None or row.visible_until > viewer.now)
        ]
        return cls(tuple(row.pk for row in rows), tuple(row.revision for row in rows))
