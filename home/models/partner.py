"""Organisations that the network works with, and what they are partners of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PublishingPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin
from wagtail.search import index


class Partner(index.Indexed, DraftStateMixin, RevisionMixin, models.Model):
    """A draft while a partnership is not announced yet: readers see it once it is published."""

    content_kind = "PARTNER"

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    logo = models.ForeignKey(
        "cms.HubImage",
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    description = models.TextField(_("description"), max_length=600, blank=True)

    graphql_fields = [
        GraphQLString("name", required=True, description="Name of the organisation."),
        GraphQLString(
            "slug", required=True, description="Unique, stable name for addresses and filters."
        ),
        GraphQLString("url", required=True, description="Absolute URL of its site, or empty."),
        GraphQLString("description", required=True, description="One or two sentences, or empty."),
    ]
    panels = [
        TitleFieldPanel("name"),
        FieldPanel("logo"),
        FieldPanel("url", help_text=_("Readers who choose the logo or the name get there.")),
        FieldPanel("description", help_text=_("One or two sentences for readers.")),
        FieldPanel(
            "slug",
            widget=SlugInput,
            help_text=_("Part of addresses. Do not change it once the partner is published."),
        ),
        PublishingPanel(),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name

    @property
    def shown_to_readers(self) -> bool:
        return self.live


class Partnership(Orderable):
    """One table for every kind of page, as for contributions."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="partnerships")
    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="partnerships"
    )
    role = models.CharField(
        _("role"),
        max_length=200,
        blank=True,
        help_text=_("For example: patron, funder, co-organiser."),
    )
    years = models.CharField(
        _("years"), max_length=50, blank=True, help_text=_("For example: 2009–2015.")
    )

    graphql_fields = [
        GraphQLString("role", required=True, description="What the partner does, or empty."),
        GraphQLString(
            "years", required=True, description="Years of the partnership as written, or empty."
        ),
    ]
    panels = [FieldRowPanel([FieldPanel("partner"), FieldPanel("role"), FieldPanel("years")])]

    class Meta(Orderable.Meta):
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")

    def __str__(self) -> str:
        return str(self.partner)
