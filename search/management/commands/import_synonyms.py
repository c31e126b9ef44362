from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from search.models import Synonym
from search.synonyms import read_synonym_lines


class Command(BaseCommand):
    help = (
        "Adds lines of synonyms from a text file: “a, b, c” or “a => b”; # begins a comment. Lines "
        "that are there already stay; when a line is wrong, none is added."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            lines = list(dict.fromkeys(read_synonym_lines(file)))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        known = set(Synonym.objects.values_list("words", flat=True))
        new = [Synonym(words=line) for line in lines if line not in known]
        for synonym in new:
            try:
                synonym.full_clean()
            except ValidationError as error:
                problem = " ".join(error.messages)
                raise CommandError(f"“{synonym.words}”: {problem}") from error
        with transaction.atomic():
            Synonym.objects.bulk_create(new)
        self.stdout.write(f"{len(new)} lines added, {len(lines) - len(new)} were there already.")
