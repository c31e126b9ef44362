from typing import ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column
from wagtail.users.views.users import IndexView, UserViewSet

from members.forms import MemberCreationForm, MemberEditForm
from members.models import Member


class MemberIndexView(IndexView):
    search_fields: ClassVar[set[str]] = {"email", "first_name", "last_name"}

    @cached_property
    def columns(self) -> list[BaseColumn]:
        columns: list[BaseColumn] = list(super().columns)
        for column in columns:
            if column.name == Member.USERNAME_FIELD:
                column.label = _("E-mail address")
        roles = Column(
            "roles",
            label=_("Roles"),
            accessor=lambda member: ", ".join(group.name for group in member.groups.all()),
            width="20%",
        )
        return [*columns[:3], roles, *columns[3:]]

    def get_base_queryset(self) -> QuerySet[Member]:
        return super().get_base_queryset().prefetch_related("groups")


class MemberViewSet(UserViewSet):
    index_view_class = MemberIndexView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:  # noqa: FBT001, FBT002  (Wagtail's)
        return MemberEditForm if for_update else MemberCreationForm
