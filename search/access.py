"""Which entries a viewer may find at all."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from cms.visibility import Viewer
from search.models import AccessClass, Face


@dataclass(frozen=True)
class Way:
    """How to come to a thing: whom it is for, which restrictions stand before it, until when."""

    face: str
    restrictions: tuple[int, ...]
    until: datetime.datetime | None

    @classmethod
    def from_json(cls, value: list[Any]) -> Self:
        face, restrictions, until = value
        moment = datetime.datetime.fromisoformat(until) if until else None
        return cls(face, tuple(restrictions), moment)

    def to_json(self) -> list[Any]:
        until = self.until.astimezone(datetime.UTC).isoformat() if self.until else ""
        return [self.face, list(self.restrictions), until]

    @property
    def key(self) -> str:
        face, restrictions, until = self.to_json()
        return f"{face}|{','.join(map(str, restrictions))}|{until}"

    def is_open(self, viewer: Viewer) -> bool:
        faces = (Face.EVERYONE, Face.MEMBER if viewer.is_member else Face.ANONYMOUS)
        return (
            self.face in faces
            and viewer.unmet_restrictions.isdisjoint(self.restrictions)
            and (self.until is None or self.until > viewer.now)
        )

    def is_as_open_as(self, other: "Way") -> bool:
        """Whether whoever may go the other way may go this one."""
        return (
            self.face in (Face.EVERYONE, other.face)
            and set(self.restrictions) <= set(other.restrictions)
            and (self.until is None or (other.until is not None and other.until <= self.until))
        )


@dataclass(frozen=True)
class AccessClasses:
    """The classes of the entries that somebody may find, and how fresh their words are."""

    ids: tuple[int, ...]
    revisions: tuple[int, ...]

    @classmethod
    def of(cls, viewer: Viewer) -> Self:
        rows = [row for row in AccessClass.objects.order_by("pk") if admits(row, viewer)]
        return cls(tuple(row.pk for row in rows), tuple(row.revision for row in rows))


def admits(access: AccessClass, viewer: Viewer) -> bool:
    if not Way(access.face, tuple(access.restrictions), access.visible_until).is_open(viewer):
        return False
    if access.collection_id is None:
        return True
    others: Iterable[Way] = map(Way.from_json, access.unless)
    return access.collection_id not in viewer.closed_collections and not any(
        way.is_open(viewer) for way in others
    )
