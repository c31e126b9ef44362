"""What writes the journal. Rows are written by the signals of saving and deleting, which Wagtail
sends inside the transaction of its own save; its page_published and page_unpublished come after it,
and page_published also when something is only scheduled.
"""

from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils import timezone
from wagtail.models import Collection, Page
from wagtail.signals import post_page_move

from cms import journal, restriction_signals
from cms.models import Change, HubPage
from cms.restriction_signals import collection_bars
from cms.tree import TreeState

# What saving a draft, locking, a workflow or the first look at a file writes to a row; readers see
# nothing of it.
BOOKKEEPING = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "owner",
        "go_live_at",
        "file_size",
        "file_hash",
    }
)


def connect() -> None:
    for model in apps.get_models():
        if issubclass(model, HubPage):
            connect_page(model)
        elif hasattr(model, "content_kind"):
            connect_thing(model)
    # A move saves the moved page as a plain Page.
    connect_page(Page)
    post_page_move.connect(record_place_left, dispatch_uid="journal.place_left")
    restriction_signals.connect()


def connect_page(model: type[Page]) -> None:
    pre_save.connect(remember_page, sender=model, dispatch_uid="journal.before")
    post_save.connect(record_page, sender=model, dispatch_uid="journal.after")
    if model is not Page:
        # Before: the restrictions above the page are deleted with it.
        pre_delete.connect(record_deleted_page, sender=model, dispatch_uid="journal.deleted")


def connect_thing(model: type[models.Model]) -> None:
    pre_save.connect(remember_thing, sender=model, dispatch_uid="journal.before")
    post_save.connect(record_thing, sender=model, dispatch_uid="journal.after")
    # Before: what stands above it may be deleted with it.
    pre_delete.connect(record_deleted_thing, sender=model, dispatch_uid="journal.deleted")


def is_bookkeeping(update_fields: frozenset[str] | None) -> bool:
    return update_fields is not None and BOOKKEEPING.issuperset(update_fields)


def remember_page(
    sender: type[Page],
    instance: Page,
    *,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Keep, for record_page, whether readers saw the page so far, and where."""
    if not is_bookkeeping(update_fields):
        row = (
            Page.objects.filter(pk=instance.pk).values("live", "url_path").first()
            if instance.pk
            else None
        )
        instance._before = row or {"live": False, "url_path": instance.url_path}


def record_page(
    sender: type[Page],
    instance: Page,
    *,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    if raw or is_bookkeeping(update_fields) or not hasattr(instance, "_before"):
        return
    before = instance._before
    if before["live"] and not instance.live:
        journal.record_subtree(instance.path, Change.WITHDRAWN)
    elif instance.live and not before["live"]:
        journal.record_subtree(instance.path, Change.PUBLISHED)
    elif instance.live and before["url_path"] != instance.url_path:
        journal.record_subtree(instance.path, Change.MOVED)
    elif before["url_path"] != instance.url_path:
        # An unpublished page takes nothing with it that readers saw.
        return
    elif instance.live:
        record_page_itself(instance, Change.CHANGED)


def record_page_itself(page: Page, change: Change) -> None:
    journal.record_pages([(page.pk, page.path, page.content_type_id)], change)


def record_deleted_page(sender: type[HubPage], instance: HubPage, **kwargs: Any) -> None:
    if instance.live:
        with transaction.atomic():
            record_page_itself(instance, Change.DELETED)


def record_place_left(
    sender: type[Page], instance: Page, parent_page_before: Page, **kwargs: Any
) -> None:
    """Who could see the pages where they stood, but perhaps not where they stand now, learns that
    they went.
    """
    tree = TreeState(timezone.now())
    # The move may have shifted the former parent too.
    left = Page.objects.values_list("path", flat=True).get(pk=parent_page_before.pk)
    arrived = journal.parent_path(instance.path)
    same = set(tree.restrictions_above(left)) == set(tree.restrictions_above(arrived))
    if instance.live and (tree.unpublished.cover(arrived) or not same):
        with transaction.atomic():
            journal.record_subtree(instance.path, Change.MOVED, left=left)


def is_shown(thing: models.Model | None) -> bool:
    return thing is not None and getattr(thing, "shown_to_readers", True)


def remember_thing(
    sender: type[models.Model],
    instance: Any,
    *,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    """Keep, for record_thing, whether readers saw it so far."""
    if not is_bookkeeping(update_fields):
        existing = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
        instance._shown_before = is_shown(existing)
        instance._collection_before = getattr(existing, "collection", None)


def record_thing(
    sender: type[models.Model],
    instance: Any,
    *,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **kwargs: Any,
) -> None:
    before, after = getattr(instance, "_shown_before", False), is_shown(instance)
    if raw or is_bookkeeping(update_fields) or not (before or after):
        return
    change = Change.CHANGED if before and after else Change.PUBLISHED if after else Change.WITHDRAWN
    record_thing_itself(instance, change)


def record_deleted_thing(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    if is_shown(instance):
        record_thing_itself(instance, Change.DELETED)


def record_thing_itself(thing: Any, change: Change) -> None:
    """A thing that has a `page_above` is noticed only by those who see that page, a picture or
    document by those who see its collection, or the one that it was moved from.
    """
    page: Page | None = getattr(thing, "page_above", None)
    collection: Collection | None = getattr(thing, "collection", None)
    bars: list[journal.Bar] = []
    if page is not None:
        tree = TreeState(timezone.now())
        if not page.live or tree.unpublished.cover(page.path):
            return
        gone = change == Change.DELETED
        above = tree.restrictions_above(page.path)
        bars = journal.lasting(tree, page.path) if gone else list(above)
    elif collection is not None:
        bars = collection_bars(collection.path)
        before = getattr(thing, "_collection_before", None) or collection
        if before.pk != collection.pk:
            left = collection_bars(before.path)
            journal.record(thing.content_kind, [thing.pk], change, restrictions=left)
    journal.record(thing.content_kind, [thing.pk], change, restrictions=bars)
