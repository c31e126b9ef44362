from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import BodyBlock
from cms.models import HubPage


class HomePage(HubPage):
    """The root of the one site; its motto is in SiteSettings."""

    content_kind = "HOME"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "thematic_months.Series",
        "thematic_months.ArticleIndex",
        "thematic_months.ExpertIndex",
        "projects.ProjectIndex",
        "projects.PublicationIndex",
        "projects.WorkingGroupIndex",
        "home.StandardPage",
    ]
    max_count = 1
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class StandardPage(HubPage):
    content_kind = "STANDARD_PAGE"

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("A plain page, for example “About us”.")
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
