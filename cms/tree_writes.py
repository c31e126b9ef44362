"""What keeps the page tree right when several people change it at once. (SQLite has one writer at a
time.)
"""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.signals import pre_save
from wagtail.models import Page
from wagtail.signals import pre_page_move

from cms.models import HubPage, Lease

MOVES = "moves"
PLACE = ("path", "depth", "numchild")


def connect() -> None:
    pre_page_move.connect(wait_for_other_moves, dispatch_uid="tree.moves")
    for model in apps.get_models():
        if model is Page or issubclass(model, HubPage):
            pre_save.connect(keep_place, sender=model, dispatch_uid="tree.place")


def wait_for_other_moves(
    sender: type[Page], instance: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Moves in opposite directions would deadlock over the two parents' numbers of children."""
    if not transaction.get_connection().in_atomic_block:
        return
    Lease.objects.get_or_create(name=MOVES)
    Lease.objects.select_for_update().get(name=MOVES)
    # The move that was waited for may have shifted both.
    for page in (instance, parent_page_after):
        page.refresh_from_db(fields=[*PLACE, "url_path"])


def keep_place(
    sender: type[Page],
    instance: Page,
    *,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """A page is saved whole, with its place as it was when it was loaded; meanwhile it may have
    moved or got a child.

    cms/tree.py trusts `numchild`: a lost one would leave open what is below an unpublished page.
    """
    if raw or update_fields is not None or instance.pk is None:
        return
    rows = Page.objects.select_for_update(no_key=True).filter(pk=instance.pk)
    place = rows.order_by().values(*PLACE).first()
    if place is None:
        return
    has_moved = place["path"] != instance.path
    for name, value in place.items():
        setattr(instance, name, value)
    if has_moved:
        instance.set_url_path(instance.get_parent(update=True))
