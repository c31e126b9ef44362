"""What time itself changes: publication and expiry on schedule, and states that a moment crosses,
such as a webinar going live.
"""

import datetime
import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from cms import journal, outbox
from cms.leases import lease
from cms.models import Change, ClockReading, HubPage

logger = logging.getLogger("hub.clock")

LEASE_SECONDS = 600

# Functions that name the pages whose state a moment between two readings changed.
Crossing = Callable[[datetime.datetime, datetime.datetime], Iterable[HubPage]]
CROSSINGS: list[Crossing] = []
# Slow work that nobody waits for, done at each tick; each sees to it that one process does it.
CHORES: list[Callable[[], None]] = []


def crossing(function: Crossing) -> Crossing:
    """Register a function (since, until) → pages whose state changed after `since` and not after
    `until`.
    """
    CROSSINGS.append(function)
    return function


def chore(function: Callable[[], None]) -> Callable[[], None]:
    """Register work to be done at each tick, for some seconds at most."""
    CHORES.append(function)
    return function


def crossed(
    queryset: "models.QuerySet[HubPage]", *fields: str
) -> Callable[..., "models.QuerySet[HubPage]"]:
    """Pages of the queryset one of whose date-times was passed."""

    def between(since: datetime.datetime, until: datetime.datetime) -> "models.QuerySet[HubPage]":
        condition = Q(pk__in=[])
        for field in fields:
            condition |= Q(**{f"{field}__gt": since, f"{field}__lte": until})
        return queryset.filter(condition, live=True)

    return between


def tick() -> bool:
    """Do all that is due; False when another process is at it."""
    with lease("clock", seconds=LEASE_SECONDS) as mine:
        was_free = bool(mine)
        if was_free:
            publish_scheduled()
            record_crossings(timezone.now())
    journal.deliver()
    for chore in CHORES:
        try:
            chore()
        except Exception:
            logger.exception("The clock could not do all its work; it tries again.")
    outbox.deliver()
    outbox.forget_sent()
    return was_free


def publish_scheduled() -> None:
    """As Wagtail's command, but each object in a transaction of its own, and a broken one stops no
    other.
    """
    draftable = [
        Page,
        *(
            m
            for m in apps.get_models()
            if issubclass(m, DraftStateMixin) and not issubclass(m, Page)
        ),
    ]
    for model in draftable:
        for thing in model._default_manager.filter(
            live=True, expire_at__lte=timezone.now()
        ).order_by("expire_at"):
            attempt(
                "expire",
                thing,
                lambda it: it.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled"),
            )
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by(
        "approved_go_live_at"
    )
    for revision in due:
        attempt("publish", revision, lambda it: it.publish(log_action="wagtail.publish.scheduled"))


def attempt(what: str, thing: models.Model, action: Callable[[Any], object]) -> None:
    try:
        with transaction.atomic():
            action(thing)
    except Exception:
        # For example a scheduled page that no longer validates; it is tried again at the next tick.
        logger.exception("Could not %s %s %s.", what, thing._meta.label, thing.pk)


def record_crossings(now: datetime.datetime) -> None:
    with transaction.atomic():
        reading, _created = ClockReading.objects.get_or_create(pk=1, defaults={"read_at": now})
        pages = {page.pk: page for find in CROSSINGS for page in find(reading.read_at, now)}
        journal.record_pages(
            [(page.pk, page.path, page.content_type_id) for page in pages.values()], Change.CHANGED
        )
        reading.read_at = now
        reading.save()


def run(stop: threading.Event) -> None:
    """Tick until told to stop."""
    while not stop.is_set():
        try:
            close_old_connections()
            tick()
        except Exception:
            # A database that is away for a minute must not end the clock.
            logger.exception("The clock could not do its work; it tries again.")
        finally:
            connection.close()
        stop.wait(settings.CLOCK_SECONDS)


def start_in_process() -> threading.Event | None:
    """A thread of the server, on the embedded default; None when a worker process has the clock."""
    if settings.BACKGROUND_WORKER:
        return None
    stop = threading.Event()
    threading.Thread(target=run, args=(stop,), name="clock", daemon=True).start()
    return stop
