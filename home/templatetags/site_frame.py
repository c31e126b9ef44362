"""What stands around every page of the hub: its menus."""

from dataclasses import dataclass

from django import template
from django.template.context import RequestContext

from cms.paths import path_of
from cms.visibility import can_see, viewer_of
from home.models import MenuItem

register = template.Library()


@dataclass(frozen=True)
class MenuLink:
    label: str
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def menu(context: RequestContext, key: str) -> list[MenuLink]:
    """Entries of the menu, without those whose page the viewer may not see; none when there is no
    such menu.
    """
    request = context.get("request")
    if request is None:
        return []
    items = (
        MenuItem.objects.filter(menu__key=key).select_related("page").order_by("sort_order", "pk")
    )
    links = []
    for item in items:
        if item.page is None:
            is_current = item.url.startswith("/") and request.path.startswith(item.url)
            links.append(MenuLink(item.label, item.url, is_current=is_current))
        elif can_see(item.page, viewer=viewer_of(request)):
            path = path_of(item.page)
            is_current = request.path == path or (path != "/" and request.path.startswith(path))
            links.append(MenuLink(item.label or item.page.title, path, is_current=is_current))
    return links
