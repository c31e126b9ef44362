from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from search.analysis import ANALYSER
from search.backends import database_backend, search_server
from search.backends.elastic_index import ERRORS
from search.management import progress
from search.models import ArchiveEntry, SearchServerChange, VocabularyWord
from search.rebuilding import RebuildRunning, rebuild


class Command(BaseCommand):
    help = (
        "Shows the state of the archive's index, or makes it anew while it is searched and written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["status", "rebuild"])
        parser.add_argument(
            "--if-outdated",
            action="store_true",
            help="rebuild only when entries are of another analyser than this version has",
        )

    def handle(self, *, action: str, if_outdated: bool, **options: object) -> None:
        if action == "rebuild" and (not if_outdated or self.outdated()):
            try:
                progress.show(rebuild())
            except RebuildRunning:
                raise CommandError(
                    "Another process rebuilds the archive. If it was killed, wait two minutes."
                ) from None
            except ERRORS as error:
                failure = f"The database is done; the search server failed: {error}"
                if not if_outdated:
                    raise CommandError(failure) from error
                # The start of a new version goes on: the worker makes the server's index anew.
                self.stderr.write(failure)
        self.report()

    def outdated(self) -> int:
        return ArchiveEntry.objects.exclude(analyser=ANALYSER).count()

    def report(self) -> None:
        entries, outdated = ArchiveEntry.objects.count(), self.outdated()
        self.stdout.write(f"{database_backend().name}: {entries} entries")
        self.stdout.write(f"vocabulary: {VocabularyWord.objects.count()} words")
        self.stdout.write(f"analyser: {ANALYSER}")
        if outdated:
            self.stdout.write(
                f"{outdated} entries are of another analyser: run search_index rebuild."
            )
        self.report_server()

    def report_server(self) -> None:
        elastic = search_server()
        if elastic is None:
            return
        try:
            state = f"its index is {elastic.state().value}"
        except ERRORS as error:
            state = f"out of reach ({type(error).__name__})"
        waiting = SearchServerChange.objects.count()
        self.stdout.write(f"elasticsearch: {state}, {waiting} changes wait")
