"""Partners, menus, and the group of the admin's menu for what pages share."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.listings import HubMenuGroup
from cms.viewsets import PlaceViewSet, TopicViewSet
from home.models import Menu, Partner


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    menu_label = _("Partners")
    list_display = [
        "name",
        Column("url", label=_("Address")),
        LiveStatusTagColumn(label=_("Status")),
    ]
    list_filter = ["live"]
    search_fields = ["name", "description"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False


class MenuViewSet(SnippetViewSet):
    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    list_display = ["title", "key"]
    search_fields = ["title", "key"]
    search_backend_name = None
    copy_view_enabled = False


class VocabularyGroup(HubMenuGroup):
    menu_label = _("Topics, places, partners")
    menu_name = "vocabulary"
    menu_icon = "tag"
    menu_order = 130
    items = (TopicViewSet, PlaceViewSet, PartnerViewSet, MenuViewSet)
