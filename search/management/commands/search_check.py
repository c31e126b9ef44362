import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from search.backends.elastic_index import ERRORS
from search.checking import findings


class Command(BaseCommand):
    help = (
        "Compares the archive with the things themselves: its entries, full text, vocabulary and "
        "search server. Ends with 1 when something differs and was not repaired."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *, repair: bool, **options: object) -> None:
        differs = False
        try:
            for finding in findings():
                self.stdout.write(
                    f"{finding.part}: {finding.missing} missing, {finding.surplus} surplus, "
                    f"{finding.outdated} outdated"
                )
                if finding.number and repair:
                    finding.mend()
                    self.stdout.write(f"{finding.part}: repaired")
                differs = differs or bool(finding.number and not repair)
        except ERRORS as error:
            raise CommandError(f"The search server failed: {error}") from error
        if differs:
            sys.exit(1)
