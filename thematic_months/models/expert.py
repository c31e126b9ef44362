from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage


class ExpertIndex(HubPage):
    content_kind = "EXPERT_INDEX"
    guarded = ()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["thematic_months.Expert"]
    max_count = 1
    page_description = _("Holds the pages of the experts.")
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels]

    class Meta:
        verbose_name = _("index of experts")
        verbose_name_plural = _("indexes of experts")


class Expert(HubPage):
    """Somebody who shares knowledge in the network; the title is the name."""

    content_kind = "EXPERT"

    photo = models.ForeignKey(
        "cms.HubImage",
        verbose_name=_("photo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    place = models.ForeignKey(
        "cms.Place",
        verbose_name=_("place"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="experts",
        help_text=_("The library where the expert works."),
    )
    is_ambassador = models.BooleanField(
        _("LABiB ambassador"), default=False, help_text=_("Readers see the mark beside the name.")
    )
    # The account behind the page; never in the API.
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="expert",
        help_text=_("The account of the same person. Readers never see it."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("biography"), blank=True)

    parent_page_types = ["thematic_months.ExpertIndex"]
    subpage_types: list[str] = []
    page_description = _("An expert: biography, and all that they wrote, ran and answered.")

    content_panels = [
        TitleFieldPanel("title", help_text=_("First name and surname, as readers will see them.")),
        FieldPanel("photo", help_text=_("Shown beside the name wherever the expert appears.")),
        *HubPage.lead_panels,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("place"), FieldPanel("is_ambassador")], _("In the network")),
        InlinePanel(
            "links",
            heading=_("Links"),
            label=_("link"),
            help_text=_(
                "The expert's own site or profile. Readers see the label and follow the address."
            ),
        ),
        FieldPanel("member"),
    ]
    search_fields = [*HubPage.search_fields, index.FilterField("is_ambassador")]
    graphql_fields = [
        *HubPage.graphql_fields,
        GraphQLBoolean(
            "is_ambassador",
            required=True,
            description="Whether this is a trained member, an „Ambasador LABiB-u”.",
        ),
    ]

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")


class ExpertLink(Orderable):
    expert = ParentalKey(Expert, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=100)
    url = models.URLField(_("address"), max_length=500)

    graphql_fields = [
        GraphQLString("label", required=True, description="Text of the link."),
        GraphQLString("url", required=True, description="Absolute URL outside the hub."),
    ]
    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return self.label
