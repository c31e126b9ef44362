"""Who may create which kind of page.

Wagtail's permissions are given by place alone. Where experts may add pages, they could also add a
month or a webinar; so whoever has no other right than `add` there creates only what the page type
opens to experts.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.models import HubPage

ADD = "add_page"


def grants(user: Any) -> list[Any]:
    return list(policy_registry.get_by_type(Page).get_cached_permissions_for_user(user))


def may_create_somewhere(user: Any, page_class: type[HubPage]) -> bool:
    if user.is_superuser or page_class.written_by_experts:
        return True
    return any(grant.permission.codename != ADD for grant in grants(user))


def only_writes(user: Any, parent: Page) -> bool:
    """Whether `add` is all that the user may do below the parent."""
    if user.is_superuser:
        return False
    return not any(
        grant.permission.codename != ADD
        and (parent.pk == grant.page_id or parent.is_descendant_of(grant.page))
        for grant in grants(user)
    )


def require_may_create(user: Any, parent: Page, page_class: type[HubPage]) -> None:
    if not page_class.written_by_experts and only_writes(user, parent):
        raise PermissionDenied
