"""Work that one process at a time may do, without a lock held in the database while it lasts."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Q
from django.utils import timezone

from cms.models import Lease


@contextmanager
def lease(name: str, *, seconds: int) -> Iterator[bool]:
    """True for the one who got it; a holder that died keeps the others waiting for no longer than
    `seconds`.
    """
    Lease.objects.get_or_create(name=name)
    now = timezone.now()
    free = Lease.objects.filter(Q(until__isnull=True) | Q(until__lte=now), name=name)
    until = now + datetime.timedelta(seconds=seconds)
    # One UPDATE decides: of two who try at once, the second finds no free row.
    got = free.update(until=until) == 1
    try:
        yield got
    finally:
        if got:
            Lease.objects.filter(name=name, until=until).update(until=None)
