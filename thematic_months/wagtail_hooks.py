from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.pages.create import AddSubpageView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.page_rights import only_writes
from thematic_months.attention_panel import AttentionPanel
from thematic_months.models import Article
from thematic_months.questions import assigning
from thematic_months.viewsets import MonthsGroup

register_snippet(MonthsGroup)


class AddArticleOrOtherView(AddSubpageView):
    """Experts, who write only articles, are not asked which kind of page they want."""

    def dispatch(
        self, request: HttpRequest, parent_page_id: int, *args: object, **kwargs: object
    ) -> HttpResponseBase:
        parent = get_object_or_404(Page, pk=parent_page_id)
        if (
            only_writes(request.user, parent)
            and Article in parent.specific_class.creatable_subpage_models()
        ):
            return redirect("wagtailadmin_pages:add", "thematic_months", "article", parent.pk)
        return super().dispatch(request, parent_page_id, *args, **kwargs)


class HubPageViewSet(PageViewSet):
    model = Page
    add_subpage_view_class = AddArticleOrOtherView


# After Wagtail's own, whose place it takes.
@hooks.register("register_admin_viewset", order=1)
def page_viewset() -> PageViewSet:
    return HubPageViewSet()


@hooks.register("register_admin_urls")
def assigning_urls() -> list[URLPattern]:
    return assigning.urls()


@hooks.register("construct_homepage_panels")
def add_attention_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(AttentionPanel(request.user))
