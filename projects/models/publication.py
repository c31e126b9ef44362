from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLInt, GraphQLString
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage
from projects.isbn import compact_isbn, is_isbn


class PublicationIndex(HubPage):
    content_kind = "PUBLICATION_INDEX"
    guarded = ()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.Publication"]
    max_count = 1
    page_description = _("Holds the publications.")
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels]

    class Meta:
        verbose_name = _("index of publications")
        verbose_name_plural = _("indexes of publications")


class PublicationLanguage(models.TextChoices):
    """ISO 639-1 codes in upper case."""

    PL = "PL", _("Polish")
    EN = "EN", _("English")
    UK = "UK", _("Ukrainian")
    DE = "DE", _("German")
    OTHER = "OTHER", _("other")


class Publication(HubPage):
    """A book, guide or report, with its file; the authors are its contributions."""

    content_kind = "PUBLICATION"
    guarded = ("body", "file")

    year = models.PositiveSmallIntegerField(
        _("year of publication"), validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    publisher = models.CharField(_("publisher"), max_length=255, blank=True)
    isbn = models.CharField(
        _("ISBN"),
        max_length=17,
        blank=True,
        help_text=_("10 or 13 digits, with or without hyphens."),
    )
    language = models.CharField(
        _("language"),
        max_length=5,
        choices=PublicationLanguage.choices,
        default=PublicationLanguage.PL,
    )
    file = models.ForeignKey(
        "cms.HubDocument",
        verbose_name=_("file"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A PDF, if possible one with text that can be selected."),
    )
    # Not `project`: that name is taken on every page by the accessor of the page type Project.
    origin = models.ForeignKey(
        "projects.Project",
        verbose_name=_("project"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="publications",
        help_text=_("The project that the publication came from."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("description"), blank=True)

    parent_page_types = ["projects.PublicationIndex"]
    subpage_types: list[str] = []
    page_description = _("A book, guide or report to download, for example „Varia o webinariach”.")

    content_panels = [
        *HubPage.content_panels,
        *HubPage.lead_panels,
        HubPage.people_panel,
        FieldPanel("file"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("year"), FieldPanel("publisher")]),
                FieldRowPanel([FieldPanel("isbn"), FieldPanel("language")]),
            ],
            _("Imprint"),
        ),
        FieldPanel("body"),
        PageChooserPanel("origin"),
    ]
    search_fields = [*HubPage.search_fields, index.SearchField("isbn"), index.FilterField("year")]
    graphql_fields = [
        *HubPage.graphql_fields,
        GraphQLInt("year", required=True, description="Year of publication."),
        GraphQLString("publisher", required=True, description="Publisher, or empty."),
        GraphQLString("isbn", required=True, description="ISBN without hyphens, or empty."),
    ]

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def clean(self) -> None:
        super().clean()
        if self.isbn:
            self.isbn = compact_isbn(self.isbn)
            if not is_isbn(self.isbn):
                raise ValidationError(
                    {
                        "isbn": _(
                            "This ISBN has a wrong check digit. Compare it with the one in the "
                            "imprint."
                        )
                    }
                )
