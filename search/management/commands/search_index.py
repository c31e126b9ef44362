from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from search import server
from search.analysis import ANALYSER
from search.backends import database_backend, search_server
from search.backends.elastic import ERRORS
from search.models import ArchiveEntry, SearchServerChange, VocabularyWord
from search.rebuilding import rebuild


class Command(BaseCommand):
    help = "Shows the state of the archive's index, or makes it anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["status", "rebuild"])

    def handle(self, *, action: str, **options: object) -> None:
        if action == "rebuild":
            self.rebuild()
        self.report()

    def rebuild(self) -> None:
        for done in rebuild():
            self.stdout.write(f"\r{done} things", ending="")
            self.stdout.flush()
        self.stdout.write("")
        elastic = search_server()
        if elastic is not None:
            self.stdout.write(f"Elasticsearch: {server.rebuild(elastic)} entries")
            server.push()

    def report(self) -> None:
        entries = ArchiveEntry.objects.count()
        outdated = ArchiveEntry.objects.exclude(analyser=ANALYSER).count()
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
            state = "searched" if elastic.exists() else "without an index"
        except ERRORS as error:
            state = f"out of reach ({type(error).__name__})"
        waiting = SearchServerChange.objects.count()
        self.stdout.write(f"elasticsearch: {state}, {waiting} changes wait")
