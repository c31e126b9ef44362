"""What writes the journal when a view restriction on pages or on a collection comes, changes or
goes.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms import journal
from cms.models import Change, HubDocument, HubImage
from cms.tree import MEMBERS, Restriction
from cms.visibility import collection_tree


def connect() -> None:
    for restriction in (PageViewRestriction, CollectionViewRestriction):
        uid = f"journal.{restriction.__name__}"
        pre_save.connect(remember_restriction, sender=restriction, dispatch_uid=uid)
        post_save.connect(record_restriction, sender=restriction, dispatch_uid=uid)
        pre_delete.connect(record_restriction, sender=restriction, dispatch_uid=uid)
        m2m_changed.connect(record_restriction, sender=restriction.groups.through, dispatch_uid=uid)
    pre_delete.connect(record_group_gone, sender=Group, dispatch_uid="journal.group")


def remember_restriction(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Keep, for record_restriction, whom it let in so far."""
    before = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    instance._admitted_before = None if before is None else admitted_by(before)


def admitted_by(restriction: Any) -> journal.Bar | None:
    """Whom it lets in; None for everybody."""
    if restriction.restriction_type == restriction.NONE:
        return None
    groups = frozenset(restriction.groups.values_list("pk", flat=True))
    return Restriction(restriction.pk, "", restriction.restriction_type, groups).admitted


def record_restriction(
    sender: type[models.Model], instance: Any, *, signal: Any = None, **kwargs: Any
) -> None:
    """A restriction came, changed or went: all below is told of to those who saw it so far and to
    those who see it from now on, if they meet the others above.
    """
    action = kwargs.get("action")
    if action in ("pre_add", "pre_remove", "post_clear") or goes_with_another(
        instance, kwargs.get("origin")
    ):
        return
    bar: journal.Bar | None = None
    if action is not None:
        bar = groups_before_or_after(instance, kwargs.get("pk_set") or ())
    elif signal is post_save:
        bar = either(instance._admitted_before, admitted_by(instance))
    record_below(instance, bar)


def record_below(instance: Any, bar: journal.Bar | None) -> None:
    if isinstance(instance, PageViewRestriction) and instance.page.live:
        journal.record_subtree(instance.page.path, Change.CHANGED, without=instance.pk, instead=bar)
    elif isinstance(instance, CollectionViewRestriction):
        record_collection(instance.collection, without=instance.pk, instead=bar)


def groups_before_or_after(restriction: Any, changed: Iterable[int]) -> journal.Bar | None:
    now = admitted_by(restriction)
    return sorted({*now, *changed}) if isinstance(now, list) else now


def either(before: journal.Bar | None, after: journal.Bar | None) -> journal.Bar | None:
    """Whom one of the two lets in; None for everybody."""
    if before is None or after is None:
        return None
    if isinstance(before, list) and isinstance(after, list):
        return sorted({*before, *after})
    return MEMBERS


def goes_with_another(
    instance: Any, origin: models.Model | models.QuerySet[models.Model] | None
) -> bool:
    """Whether it is deleted because its page is: then the page's own row says so, to those alone
    who saw it.
    """
    deleted = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    return origin is not None and not issubclass(deleted, type(instance))


def record_group_gone(sender: type[Group], instance: Group, **kwargs: Any) -> None:
    for model in (PageViewRestriction, CollectionViewRestriction):
        for restriction in model.objects.filter(groups=instance):
            record_below(restriction, admitted_by(restriction))


def record_collection(collection: Collection, *, without: int, instead: journal.Bar | None) -> None:
    inside = Collection.objects.filter(path__startswith=collection.path)
    models_inside: tuple[type[AbstractImage] | type[AbstractDocument], ...] = (
        HubImage,
        HubDocument,
    )
    for each in inside.order_by("path"):
        bars = [bar for bar in collection_bars(each.path) if bar != -without]
        for model in models_inside:
            things = model._default_manager.filter(collection=each).order_by("pk")
            journal.record(
                model.content_kind,
                things.values_list("pk", flat=True),
                Change.CHANGED,
                restrictions=bars if instead is None else [*bars, instead],
            )


def collection_bars(path: str) -> list[journal.Bar]:
    _paths, restrictions = collection_tree()
    return [-each.id for each in restrictions if path.startswith(each.path)]
