"""Flat lists of all pages of one kind, so that editors need not know where a page lies."""

import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.ui.tables.pages import (
    BulkActionsColumn,
    PageStatusColumn,
    PageTitleColumn,
    ParentPageColumn,
)
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import policy_registry

from cms.page_rights import may_create_somewhere

# The class of columns that a telephone has no room for (cms/static/cms/admin.css).
WIDE_ONLY = "wide-only"


def may_list(user: Any, model: type[Model], actions: set[str]) -> bool:
    """Whoever works on such pages, or may view them all (moderators: the months)."""
    return policy_registry.get_by_type(model).user_has_any_permission(
        user, actions
    ) or may_view_all(user, model)


def may_view_all(user: Any, model: type[Model]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


class HubIndexView(IndexView):
    def user_has_any_permission(self, permissions: set[str]) -> bool:
        return may_list(self.request.user, self.model, set(permissions))

    def get_base_queryset(self) -> QuerySet:
        if may_view_all(self.request.user, self.model):
            return self.annotate_queryset(self.model.objects.all())
        return super().get_base_queryset()

    def get_add_url(self) -> str | None:
        # Wagtail asks only whether the user may add pages of some kind at all.
        return (
            super().get_add_url() if may_create_somewhere(self.request.user, self.model) else None
        )

    @cached_property
    def is_explicitly_ordered(self) -> bool:
        """Wagtail counts an invalid order too, and then sorts by what the search cannot sort by."""
        return self.request.GET.get("ordering") in self.get_valid_orderings()

    def get_valid_orderings(self) -> list[str]:
        """While searching, only by what the search has indexed: another column is an error."""
        orderings = super().get_valid_orderings()
        if not self.is_searching:
            return orderings
        sortable = {field.field_name for field in self.model.get_filterable_search_fields()}
        return [name for name in orderings if name.removeprefix("-") in sortable]


class HubFilterSet(WagtailFilterSet):
    """Filters of one kind of page, without Wagtail's own for owners, sites and child pages."""


class HubPageListing(PageListingViewSet):
    index_view_class = HubIndexView
    # Polish inflects the noun that Wagtail would put after its own “Add”.
    add_label: str | Promise

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(add_item_label=self.add_label, **kwargs)

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """Wagtail would show the item to everyone, also to those who have nothing to do there."""

        def is_shown(_item: MenuItem, request: HttpRequest) -> bool:
            user = request.user
            return may_view_all(user, self.model) or (
                may_list(user, self.model, self.index_view_class.any_permission_required)
                and may_create_somewhere(user, self.model)
            )

        return type(f"{self.model.__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})


class HubMenuGroup(ViewSetGroup):
    """Lists of pages and snippets below one item of the menu. Register it with register_snippet."""

    def __init__(self) -> None:
        for item in self.items:
            item.menu_item_is_registered = True
        super().__init__()


def moment_column(name: str, *, label: Any) -> Column:
    """A date, with its time. Wagtail's own column says “just now” of all that is to come."""

    def shown(page: Any) -> str:
        value = getattr(page, name)
        if isinstance(value, datetime.datetime):
            return format_date(timezone.localtime(value), "j.m.Y, H:i")
        return format_date(value, "j.m.Y")

    return Column(name, label=label, accessor=shown, sort_key=name, width="13%")


def page_columns(*own: BaseColumn, parent: Any = None) -> list[BaseColumn]:
    """What is common to all lists of pages, with the list's own columns after the title."""
    columns: list[BaseColumn] = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        *own,
    ]
    if parent:
        columns.append(ParentPageColumn("parent", label=parent, classname=WIDE_ONLY))
    return [
        *columns,
        DateColumn(
            "latest_revision_created_at",
            label=_("Edited"),
            sort_key="latest_revision_created_at",
            width="10%",
            classname=WIDE_ONLY,
        ),
        PageStatusColumn("status", label=_("Status"), sort_key="live", width="10%"),
    ]
