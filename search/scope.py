"""Among which entries is searched: what the viewer may find, and what the viewer has chosen."""

import datetime
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.db.models import QuerySet

from search.models import ArchiveEntry, EntryReference

TOPIC = "TOPIC"


@dataclass(frozen=True)
class Scope:
    access: tuple[int, ...]
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    series_id: int | None = None
    year_from: int | None = None
    year_to: int | None = None

    def without(self, *facets: str) -> Self:
        """The same scope with these choices undone, for counts that leave out a facet's own
        selection."""
        everything: dict[str, Any] = asdict(Scope(self.access))
        return replace(self, **{name: everything[name] for name in facets})

    @property
    def first_day(self) -> datetime.date | None:
        return datetime.date(self.year_from, 1, 1) if self.year_from else None

    @property
    def last_day(self) -> datetime.date | None:
        return datetime.date(self.year_to, 12, 31) if self.year_to else None

    def entries(self) -> QuerySet[ArchiveEntry]:
        entries = ArchiveEntry.objects.filter(access__in=self.access)
        if self.kinds:
            entries = entries.filter(kind__in=self.kinds)
        if self.topics:
            tagged = EntryReference.objects.filter(kind=TOPIC, slug__in=self.topics)
            entries = entries.filter(pk__in=tagged.values("entry_id"))
        if self.series_id is not None:
            entries = entries.filter(series_id=self.series_id)
        if self.first_day:
            entries = entries.filter(date__gte=self.first_day)
        if self.last_day:
            entries = entries.filter(date__lte=self.last_day)
        return entries
