from typing import Any

from django.core.management.base import BaseCommand

from cms.document_texts import read_due
from cms.models import TextState


class Command(BaseCommand):
    help = "Read the text of the documents that were not read yet, without waiting for the clock."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        for document in read_due():
            done += 1
            document.refresh_from_db(fields=["text_state"])
            if document.text_state in (TextState.UNREADABLE, TextState.LOCKED):
                self.stderr.write(f"{document.title}: {document.get_text_state_display()}")
        self.stdout.write(f"{done} documents")
