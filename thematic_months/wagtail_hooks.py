from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.page_rights import only_writes
from thematic_months.attention_panel import AttentionPanel
from thematic_months.models import Series, ThematicMonth
from thematic_months.viewsets import MonthsGroup

register_snippet(MonthsGroup)


class AddArticleOrOtherView(AddSubpageView):
    """Experts, who write only articles, are not asked which kind of page they want."""

    def dispatch(
        self, request: HttpRequest, parent_page_id: int, *args: object, **kwargs: object
    ) -> TemplateResponse:
        parent = get_object_or_404(Page, pk=parent_page_id)
        if only_writes(request.user, parent):
            return redirect("wagtailadmin_pages:add", "thematic_months", "article", parent.pk)
        return super().dispatch(request, parent_page_id, *args, **kwargs)


class SeriesPageViewSet(PageViewSet):
    model = Series
    add_subpage_view_class = AddArticleOrOtherView


class MonthPageViewSet(PageViewSet):
    model = ThematicMonth
    add_subpage_view_class = AddArticleOrOtherView


@hooks.register("register_admin_viewset")
def page_viewsets() -> list[PageViewSet]:
    return [SeriesPageViewSet("series_pages"), MonthPageViewSet("month_pages")]


@hooks.register("construct_homepage_panels")
def add_attention_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(AttentionPanel(request.user))
