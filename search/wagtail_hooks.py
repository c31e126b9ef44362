from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search import reports
from search.models import Synonym


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "search"
    list_display = ["words"]
    list_per_page = 50
    ordering = ["words"]


register_snippet(SynonymViewSet)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [path("reports/searches/", reports.searches, name="searches_report")]


class SearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(reports.PERMISSION))


@hooks.register("register_reports_menu_item")
def searches_menu_item() -> MenuItem:
    url = reverse("searches_report")
    return SearchesMenuItem(
        _("What was searched"), url, name="searches", icon_name="search", order=610
    )


@hooks.register("construct_reports_menu")
def hide_report_of_nothing(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own counts searches of a view that the hub does not have."""
    items[:] = [item for item in items if item.name != "search-terms"]
