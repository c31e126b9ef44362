from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField

from cms.blocks import BodyBlock
from cms.models import HubPage, Organiser


class Series(HubPage):
    """A cycle of thematic months."""

    content_kind = "SERIES"

    organiser = models.CharField(
        _("organiser"), max_length=20, choices=Organiser.choices, default=Organiser.NETWORK
    )
    continues = models.ForeignKey(
        "self",
        verbose_name=_("continues"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        help_text=_("The older series that this one carries on. Readers see a link to it."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["thematic_months.ThematicMonth", "thematic_months.Article"]
    page_description = _(
        "A cycle of thematic months, for example “12 miesięcy tematycznych z labib.pl”."
    )

    content_panels = [
        *HubPage.content_panels,
        *HubPage.lead_panels,
        FieldPanel("organiser"),
        PageChooserPanel("continues"),
        InlinePanel(
            "partnerships",
            heading=_("Partners"),
            label=_("partner"),
            help_text=_("Readers see those that are published, in this order."),
        ),
        FieldPanel("body"),
        HubPage.people_panel,
    ]

    class Meta:
        verbose_name = _("series of thematic months")
        verbose_name_plural = _("series of thematic months")
