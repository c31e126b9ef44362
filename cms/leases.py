"""Work that one process at a time may do, without a lock held in the database while it lasts."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Q
from django.utils import timezone

from cms.models import Lease


class Held:
    """True for the one who got the lease."""

    def __init__(self, name: str, seconds: int) -> None:
        self.name = name
        self.seconds = seconds
        self.until: datetime.datetime | None = None

    def __bool__(self) -> bool:
        return self.until is not None

    def take(self) -> None:
        Lease.objects.get_or_create(name=self.name)
        now = timezone.now()
        # One UPDATE decides: of two who try at once, the second finds no free row.
        self._move(Q(until__isnull=True) | Q(until__lte=now), self._end_from(now))

    def prolong(self) -> None:
        """Keep it for as long again from now. False afterwards when it was lost meanwhile."""
        self._move(Q(until=self.until), self._end_from(timezone.now()))

    def give_back(self) -> None:
        self._move(Q(until=self.until), None)

    def _end_from(self, now: datetime.datetime) -> datetime.datetime:
        return now + datetime.timedelta(seconds=self.seconds)

    def _move(self, condition: Q, until: datetime.datetime | None) -> None:
        rows = Lease.objects.filter(condition, name=self.name)
        self.until = until if rows.update(until=until) == 1 else None


@contextmanager
def lease(name: str, *, seconds: int) -> Iterator[Held]:
    """A holder that died keeps the others waiting for no longer than `seconds`; who works longer
    prolongs the lease.
    """
    held = Held(name, seconds)
    held.take()
    try:
        yield held
    finally:
        if held:
            held.give_back()
