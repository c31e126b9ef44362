"""A new series is opened to experts: they may write articles below it, which editors review."""

from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_save
from wagtail.models import GroupPagePermission

from members.roles import Role
from thematic_months.models import Series


def open_series_to_experts(
    sender: type[Series], instance: Series, *, created: bool, raw: bool = False, **kwargs: object
) -> None:
    if raw or not created:
        return
    group = Group.objects.filter(name=Role.EXPERT).first()
    if group is None:
        return
    add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
    GroupPagePermission.objects.get_or_create(group=group, page_id=instance.pk, permission=add)


def connect() -> None:
    post_save.connect(
        open_series_to_experts, sender=Series, dispatch_uid="thematic_months.open_series_to_experts"
    )
