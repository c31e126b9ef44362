"""Words that pages share: topics, places, licences."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.search import index


class Licence(models.TextChoices):
    """Licences of texts, pictures and files.
    https://creativecommons.org/share-your-work/cclicenses/
    """

    CC0 = "CC0", _("CC0 (public domain)")
    CC_BY_4 = "CC_BY_4", _("CC BY 4.0")
    CC_BY_SA_4 = "CC_BY_SA_4", _("CC BY-SA 4.0")
    CC_BY_NC_4 = "CC_BY_NC_4", _("CC BY-NC 4.0")
    CC_BY_NC_SA_4 = "CC_BY_NC_SA_4", _("CC BY-NC-SA 4.0")
    CC_BY_ND_4 = "CC_BY_ND_4", _("CC BY-ND 4.0")
    ALL_RIGHTS = "ALL_RIGHTS", _("All rights reserved")


class Topic(index.Indexed, models.Model):
    """An entry of the one controlled vocabulary. Its slug is part of addresses: it does not change
    with the title.
    """

    content_kind = "TOPIC"

    title = models.CharField(_("title"), max_length=100, unique=True)
    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        help_text=_(
            "Part of the topic's address. Do not change it once readers may have kept the address."
        ),
    )
    description = models.TextField(
        _("description"),
        max_length=600,
        blank=True,
        help_text=_("One or two sentences at the top of the topic's page."),
    )

    graphql_fields = [
        GraphQLString("title", required=True, description="Name of the topic."),
        GraphQLString(
            "slug", required=True, description="Unique, stable name for addresses and filters."
        ),
        GraphQLString("description", required=True, description="One or two sentences, or empty."),
    ]
    panels = [
        TitleFieldPanel("title"),
        FieldPanel("description"),
        FieldPanel("slug", widget=SlugInput),
    ]
    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        ordering = ["title"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.title


class Voivodeship(models.TextChoices):
    """The 16 voivodeships, by their TERYT names in lower case."""

    DOLNOSLASKIE = "DOLNOSLASKIE", "dolnośląskie"
    KUJAWSKO_POMORSKIE = "KUJAWSKO_POMORSKIE", "kujawsko-pomorskie"
    LUBELSKIE = "LUBELSKIE", "lubelskie"
    LUBUSKIE = "LUBUSKIE", "lubuskie"
    LODZKIE = "LODZKIE", "łódzkie"
    MALOPOLSKIE = "MALOPOLSKIE", "małopolskie"
    MAZOWIECKIE = "MAZOWIECKIE", "mazowieckie"
    OPOLSKIE = "OPOLSKIE", "opolskie"
    PODKARPACKIE = "PODKARPACKIE", "podkarpackie"
    PODLASKIE = "PODLASKIE", "podlaskie"
    POMORSKIE = "POMORSKIE", "pomorskie"
    SLASKIE = "SLASKIE", "śląskie"
    SWIETOKRZYSKIE = "SWIETOKRZYSKIE", "świętokrzyskie"
    WARMINSKO_MAZURSKIE = "WARMINSKO_MAZURSKIE", "warmińsko-mazurskie"
    WIELKOPOLSKIE = "WIELKOPOLSKIE", "wielkopolskie"
    ZACHODNIOPOMORSKIE = "ZACHODNIOPOMORSKIE", "zachodniopomorskie"


class LibraryKind(models.TextChoices):
    """Kinds of libraries."""

    VILLAGE = "VILLAGE", _("village library")
    TOWN = "TOWN", _("town library")
    CITY = "CITY", _("city library")
    SCHOOL = "SCHOOL", _("school library")
    PEDAGOGICAL = "PEDAGOGICAL", _("pedagogical library")
    ACADEMIC = "ACADEMIC", _("academic library")
    OTHER = "OTHER", _("other place")


class Place(index.Indexed, models.Model):
    """A library, or another place where things happen."""

    content_kind = "PLACE"

    name = models.CharField(
        _("name"), max_length=200, help_text=_("Name of the library, or of the venue.")
    )
    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    town = models.CharField(_("town"), max_length=100)
    voivodeship = models.CharField(_("voivodeship"), max_length=30, choices=Voivodeship.choices)
    kind = models.CharField(
        _("kind of library"), max_length=20, choices=LibraryKind.choices, default=LibraryKind.TOWN
    )

    graphql_fields = [
        GraphQLString("name", required=True, description="Name of the library or venue."),
        GraphQLString(
            "slug", required=True, description="Unique, stable name for addresses and filters."
        ),
        GraphQLString("town", required=True, description="Town or village."),
    ]
    panels = [
        TitleFieldPanel("name"),
        FieldRowPanel([FieldPanel("town"), FieldPanel("voivodeship")]),
        FieldPanel("kind"),
        FieldPanel(
            "slug",
            widget=SlugInput,
            help_text=_("Part of addresses. Do not change it once readers may have kept one."),
        ),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("town"),
        index.AutocompleteField("town"),
    ]

    class Meta:
        ordering = ["town", "name"]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return f"{self.name}, {self.town}"
