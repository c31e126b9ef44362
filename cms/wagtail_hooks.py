"""Rights that Wagtail's permissions cannot express, and what must not be deleted."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms import document_admin, preview_admin
from cms.page_rights import require_may_create


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("register_admin_urls")
def preview_urls() -> list[URLPattern]:
    return preview_admin.urls()


@hooks.register("register_admin_urls", order=-10)
def document_urls() -> list[URLPattern]:
    return document_admin.urls()


@hooks.register("register_page_header_buttons")
def share_draft_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if not page.is_root() and page.permissions_for_user(user).can_edit():
        url = reverse("share_draft", args=[page.pk])
        yield Button(_("Share the draft"), url=url, icon_name="link", priority=25)


class SharedDraftsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(preview_admin.editable_pages(request.user).exists())


@hooks.register("register_reports_menu_item")
def shared_drafts_menu_item() -> MenuItem:
    url = reverse("shared_drafts")
    return SharedDraftsMenuItem(
        _("Shared drafts"), url, name="shared-drafts", icon_name="link", order=600
    )


@hooks.register("before_create_page")
def experts_create_only_articles(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> None:
    require_may_create(request.user, parent, page_class)


@hooks.register("before_copy_page")
def experts_copy_only_articles(request: HttpRequest, page: Page) -> None:
    require_may_create(request.user, page.get_parent(), page.specific_class)


@hooks.register("before_delete_page")
def keep_site_root(request: HttpRequest, page: Page) -> HttpResponse | None:
    """With the home page the whole site would go."""
    if not page.is_site_root():
        return None
    messages.error(request, _("The home page cannot be deleted: the whole site lies below it."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_site_root_in_bulk(
    request: HttpRequest, action_type: str, objects: list[object], action: object
) -> HttpResponse | None:
    if action_type == "delete":
        for thing in objects:
            if isinstance(thing, Page) and (response := keep_site_root(request, thing)):
                return response
    return None
