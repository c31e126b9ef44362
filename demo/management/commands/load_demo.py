import argparse
import signal
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.document_texts import read_due
from cms.models import Topic
from demo import copies
from demo.content import Content, ContentError
from demo.words import Words
from thematic_months.models import Expert, Series

# The mark of a loaded demo: this series comes and goes with all the rest.

HINT = """
Site     {base}/
Admin    {base}/admin/
GraphQL  {base}/graphql/

Log in with an address of {accounts}; the passwords are in that file and nowhere else."""


class Command(BaseCommand):
    help = "Load the demo content: once; a second run changes nothing."
    # A second run must be quick, and `migrate`, which comes before, has run the checks.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--scale",
            type=int,
            default=1,
            metavar="N",
            help="for benchmarks: N times as many months, articles and webinars (1 to 1000)",
        )
        parser.add_argument(
            "--accounts-file",
            type=Path,
            default=settings.VAR_DIR / "demo-accounts.txt",
            help="where the passwords are written (default: %(default)s)",
        )
        parser.add_argument(
            "--skip-renditions",
            action="store_true",
            help="leave the sizes of pictures to the worker: quicker, and enough for tests",
        )

    def handle(
        self,
        *args: object,
        scale: int,
        accounts_file: Path,
        skip_renditions: bool,
        verbosity: int,
        **options: object,
    ) -> None:
        if not 1 <= scale <= 1000:
            raise CommandError("--scale takes a number from 1 to 1000.")
        self.verbosity = verbosity
        if threading.current_thread() is threading.main_thread():
            # Ends as an exception, so that a load that is stopped takes its files back.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        try:
            self.load_content(accounts_file, with_renditions=not skip_renditions)
            self.add_copies(scale)
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.say(HINT.format(base=settings.WAGTAILADMIN_BASE_URL, accounts=accounts_file))

    def load_content(self, accounts_file: Path, *, with_renditions: bool) -> None:
        # The demo is for an empty hub: whatever became of its names, and whoever wrote what is
        # there, nothing is loaded beside it.
        if Series.objects.exists() or Expert.objects.exists():
            self.say("There is content already; nothing is loaded.")
            return
        # Not above: the libraries that draw pictures and PDF files would slow a second run.
        from demo.loading.load import load

        self.say("Loading the demo content; this takes less than a minute…")
        start = time.monotonic()
        desk = load(Content(), accounts_file=accounts_file, with_renditions=with_renditions)
        # The clock would do it, but only once a server runs.
        for _document in read_due():
            pass
        count = len(desk.pages), len(desk.library.images), time.monotonic() - start
        self.say("{} pages and {} pictures in {:.0f} s.".format(*count))

    def add_copies(self, scale: int) -> None:
        numbers = copies.missing(scale)
        if not numbers:
            return
        content = Content()
        topics = dict(Topic.objects.values_list("slug", "pk"))
        known = {entry["slug"]: topics[entry["slug"]] for entry in content.topics}
        stock = copies.Stock.read(Words(content), known)
        start = time.monotonic()
        for done, number in enumerate(numbers, start=1):
            copies.add_copy(number, stock)
            if done % 10 == 0 or done == len(numbers):
                self.say(f"{done} of {len(numbers)} copies in {time.monotonic() - start:.0f} s.")
        self.say("For the admin's own search: manage.py update_index.")

    def say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)
