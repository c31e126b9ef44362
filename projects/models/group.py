from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage


class WorkingGroupIndex(HubPage):
    content_kind = "WORKING_GROUP_INDEX"
    guarded = ()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.WorkingGroup"]
    max_count = 1
    page_description = _("Holds the pages of the working groups.")
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels]

    class Meta:
        verbose_name = _("index of working groups")
        verbose_name_plural = _("indexes of working groups")


class GroupStatus(models.TextChoices):
    """Whether a group still works."""

    ACTIVE = "ACTIVE", pgettext_lazy("working group", "active")
    CLOSED = "CLOSED", pgettext_lazy("working group", "closed")


class WorkingGroup(HubPage):
    """People of the network who work on one matter; the coordinators are its contributions."""

    content_kind = "WORKING_GROUP"

    status = models.CharField(
        _("status"), max_length=20, choices=GroupStatus.choices, default=GroupStatus.ACTIVE
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["projects.WorkingGroupIndex"]
    subpage_types: list[str] = []
    page_description = _("A group of the network, for example „Cyfrowy Świat”.")

    content_panels = [
        *HubPage.content_panels,
        *HubPage.lead_panels,
        FieldPanel("status"),
        HubPage.people_panel,
        FieldPanel("body"),
    ]
    search_fields = [*HubPage.search_fields, index.FilterField("status")]

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
