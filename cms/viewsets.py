"""Words that pages share, as editors keep them."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.listings import WIDE_ONLY
from cms.models import Place, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["title", "slug", "description"]
    # By the database: the lists are short, and a filter may stand beside the search.
    search_fields = ["title", "description"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False


class PlaceIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Place]:
        return Place.objects.annotate(
            experts_count=Count("experts", distinct=True),
            events_count=Count("events", distinct=True),
        )


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "site"
    menu_label = _("Libraries and places")
    list_display = [
        "name",
        "town",
        "voivodeship",
        "kind",
        Column("experts_count", label=_("Experts"), width="8%", classname=WIDE_ONLY),
        Column("events_count", label=_("Events"), width="8%", classname=WIDE_ONLY),
    ]
    list_filter = ["voivodeship", "kind"]
    search_fields = ["name", "town"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    index_view_class = PlaceIndexView
    ordering = ["town", "name"]
