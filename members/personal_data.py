"""What the hub knows of a member, to be handed over and to be forgotten (docs/operators.md).

Rows of any model that points at a member are handed over by themselves, so that a new model cannot
be left out. What becomes of them when the account goes is the relation's `on_delete`; an app that
has to do more registers a function in its personal_data.py.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.models.signals import pre_delete
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from members.models import Member

# Whoever reads the file must not be able to log in with it.
SECRET = frozenset({"password", "session_key", "session_data", "digest", "key", "token", "secret"})

Forget = Callable[[Member, bool], None]
FORGETTERS: list[Forget] = []


def forgets(function: Forget) -> Forget:
    """Register a function (member, keep_name) that runs in the transaction of the deletion, before
    the account's row goes.
    """
    FORGETTERS.append(function)
    return function


def all_about(member: Member) -> dict[str, Any]:
    """Everything the hub has on the member, by table; values that JSON can hold by Django's
    encoder.
    """
    profile = {
        field.name: getattr(member, field.attname)
        for field in Member._meta.concrete_fields
        if field.name not in SECRET
    }
    roles = sorted(member.groups.values_list("name", flat=True))
    related = {
        f"{relation.related_model._meta.label}.{relation.field.name}": rows
        for relation in relations()
        if (rows := list(rows_of(relation, member)))
    }
    return {"account": {**profile, "roles": roles}, **related}


def relations() -> list[Any]:
    """Foreign keys and one-to-one relations to Member, those without a name there too."""
    return [
        field
        for field in Member._meta.get_fields(include_hidden=True)
        if (field.one_to_many or field.one_to_one)
        and field.auto_created
        # Of many-to-many relations; roles are in the profile.
        and not field.related_model._meta.auto_created  # type: ignore[union-attr]
    ]


def rows_of(relation: Any, member: Member) -> Iterator[dict[str, Any]]:
    model: type[models.Model] = relation.related_model
    for row in model._base_manager.filter(**{relation.field.name: member}).order_by("pk"):
        yield {
            field.name: value_of(row, field)
            for field in model._meta.concrete_fields
            if field.name not in SECRET
            # The inside of revisions, logs and second factors: content or secrets, not the person.
            and not isinstance(field, models.JSONField)
        }


def value_of(row: models.Model, field: models.Field) -> Any:
    if isinstance(field, models.ForeignKey) and field.related_model is not Member:
        thing = getattr(row, field.name)
        return None if thing is None else str(thing)
    value = field.value_from_object(row)
    return str(value) if isinstance(field, models.FileField) else value


def forget(sender: type[Member], instance: Member, **kwargs: object) -> None:
    """However the account is deleted: by its owner, in the admin, by a command."""
    keep_name = getattr(instance, "keeps_name", False)
    for function in FORGETTERS:
        function(instance, keep_name)
    profile = UserProfile.objects.filter(user=instance).first()
    if profile is not None and profile.avatar:
        profile.avatar.delete(save=False)
    # The admin's log of the account names it; of what the account did only the number stays.
    ModelLogEntry.objects.for_instance(instance).delete()


def connect() -> None:
    pre_delete.connect(forget, sender=Member, dispatch_uid="members.forget")
