from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.api.operations import FOLDER, manifest


class Command(BaseCommand):
    help = "Writes graphql/operations.json: the hashes by which frontends ask for the operations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=FOLDER / "operations.json")

    def handle(self, *args: Any, **options: Any) -> None:
        options["out"].write_text(manifest())
