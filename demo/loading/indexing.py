"""Wagtail's own indexes, of references and for the admin's search, written once at the end.

Each save would update both, again and again for a page that is saved in parts: a third of a load.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexes_left_alone() -> Iterator[None]:
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


def index(referring: Iterable[Model]) -> None:
    """Bring both up to date; `referring` are the things that refer to others."""
    for thing in referring:
        ReferenceIndex.create_or_update_for_object(thing)
    call_command("update_index", verbosity=0)
