import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections, connection

from cms import clock, journal, outbox

JOURNAL_SECONDS = 1


class Command(BaseCommand):
    help = "Do the work that web processes leave: queued tasks, the journal's readers, the clock."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BACKGROUND_WORKER:
            raise CommandError(
                "Set BACKGROUND_WORKER=true: without it the web process does this work itself."
            )
        stop = threading.Event()
        for target in (clock.run, follow_journal):
            threading.Thread(
                target=target, args=(stop,), name=target.__module__, daemon=True
            ).start()
        try:
            # It handles signals, so it has the main thread.
            call_command("db_worker", interval=1, verbosity=options["verbosity"])
        finally:
            stop.set()


def follow_journal(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            close_old_connections()
            journal.deliver()
            outbox.deliver()
        except Exception:  # noqa: BLE001  (logged below)
            # The database may be away for a moment.
            journal.logger.exception("The journal could not be delivered; it is tried again.")
            connection.close()
        stop.wait(JOURNAL_SECONDS)
