"""Among which entries is searched: what the viewer may find, and what the viewer has chosen."""

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from django.db.models import QuerySet

from search.models import ArchiveEntry, EntryReference
from search.unsettled import SETTLED, Unsettled, unsettled_entries

TOPIC, EXPERT, PLACE = "TOPIC", "EXPERT", "PLACE"


class Facet(StrEnum):
    """By what the archive can be narrowed, and counted."""

    KINDS = "kinds"
    TOPICS = "topics"
    SERIES = "series"
    YEARS = "years"
    EXPERTS = "experts"
    PLACES = "places"


# Of which things a facet's values are the references, and by what they are named there.
REFERENCES = {
    Facet.TOPICS: (TOPIC, "slug"),
    Facet.EXPERTS: (EXPERT, "object_id"),
    Facet.PLACES: (PLACE, "object_id"),
}

# Any of these values; several choices hold together. No choice is everything, a choice of no value
# nothing.
Choice = tuple[str | int, ...]
Choices = tuple[Choice, ...]


@dataclass(frozen=True)
class Scope:
    """Kinds by name, topics by slug, the others by primary key."""

    access: tuple[int, ...]
    kinds: Choices = ()
    topics: Choices = ()
    series: Choices = ()
    experts: Choices = ()
    places: Choices = ()
    year_from: int | None = None
    year_to: int | None = None
    # Entries that may say what is hidden by now.
    unsettled: Unsettled = SETTLED

    def choices(self, facet: Facet) -> Choices:
        found: Choices = () if facet == Facet.YEARS else getattr(self, facet.value)
        return found

    def narrowed(self, facet: Facet, *choices: Choice) -> Self:
        """The same scope with more choices beside those that it has."""
        more: dict[str, Any] = {facet.value: self.choices(facet) + choices}
        return replace(self, **more)

    def within(self, first: int | None, last: int | None) -> Self:
        """The same scope in these years alone."""
        firsts = [year for year in (self.year_from, first) if year is not None]
        lasts = [year for year in (self.year_to, last) if year is not None]
        return replace(self, year_from=max(firsts, default=None), year_to=min(lasts, default=None))

    @property
    def chosen(self) -> list[Facet]:
        years = self.year_from is not None or self.year_to is not None
        return [
            facet
            for facet in Facet
            if (years if facet == Facet.YEARS else bool(self.choices(facet)))
        ]

    @property
    def first_day(self) -> datetime.date | None:
        return datetime.date(self.year_from, 1, 1) if self.year_from else None

    @property
    def last_day(self) -> datetime.date | None:
        return datetime.date(self.year_to, 12, 31) if self.year_to else None

    def entries(self) -> QuerySet[ArchiveEntry]:
        entries = ArchiveEntry.objects.filter(access__in=self.access)
        if self.unsettled.is_too_much:
            entries = entries.exclude(pk__in=unsettled_entries().values("pk"))
        elif self.unsettled.entry_ids:
            entries = entries.exclude(pk__in=self.unsettled.entry_ids)
        for facet, column in ((Facet.KINDS, "kind"), (Facet.SERIES, "series_id")):
            for choice in self.choices(facet):
                entries = entries.filter(**{f"{column}__in": choice})
        for facet, (kind, name) in REFERENCES.items():
            for choice in self.choices(facet):
                named = EntryReference.objects.filter(kind=kind, **{f"{name}__in": choice})
                entries = entries.filter(pk__in=named.values("entry_id"))
        if self.first_day:
            entries = entries.filter(date__gte=self.first_day)
        if self.last_day:
            entries = entries.filter(date__lte=self.last_day)
        return entries
