"""Wagtail's own indexes, of references and for the admin's search, written once at the end.

Each save would update both, again and again for a page that is saved in parts: a third of a load.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    watched = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in watched:
            post_save.connect(post_save_signal_handler, sender=model)
    rebuild()


def rebuild() -> None:
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
