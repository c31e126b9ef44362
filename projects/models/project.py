"""Projects of the network and its members, and their editions."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from grapple.models import GraphQLInt, GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage, Organiser


class ProjectIndex(HubPage):
    content_kind = "PROJECT_INDEX"
    guarded = ()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.Project"]
    max_count = 1
    page_description = _("Holds the pages of the projects.")
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels]

    class Meta:
        verbose_name = _("index of projects")
        verbose_name_plural = _("indexes of projects")


class ProjectKind(models.TextChoices):
    """Kinds of projects."""

    CONFERENCE = "CONFERENCE", _("conference")
    EVENT_SERIES = "EVENT_SERIES", _("series of events")
    GAME = "GAME", _("game")
    CONTEST = "CONTEST", _("contest")
    EXCHANGE = "EXCHANGE", _("staff exchange")
    TRAINING = "TRAINING", _("training")
    PUBLICATION = "PUBLICATION", _("publication")
    OTHER = "OTHER", _("other")


class ProjectStatus(models.TextChoices):
    """How far a project is."""

    PLANNED = "PLANNED", _("planned")
    RUNNING = "RUNNING", _("running")
    ENDED = "ENDED", _("ended")


class DatedPage(HubPage):
    """A page with a first and a last day, either of which may be unknown."""

    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(
                {"ends_on": _("The last day is before the first. Correct one of the two.")}
            )


class Project(DatedPage):
    """What the network or its members do beside thematic months; recurring gatherings are of kind
    EVENT_SERIES.
    """

    content_kind = "PROJECT"

    kind = models.CharField(
        _("kind"), max_length=20, choices=ProjectKind.choices, default=ProjectKind.OTHER
    )
    organiser = models.CharField(
        _("organiser"), max_length=20, choices=Organiser.choices, default=Organiser.MEMBERS
    )
    status = models.CharField(
        _("status"), max_length=20, choices=ProjectStatus.choices, default=ProjectStatus.RUNNING
    )
    continues = models.ForeignKey(
        "self",
        verbose_name=_("continues"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        help_text=_("The older project that this one carries on. Readers see a link to it."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["projects.ProjectIndex"]
    subpage_types = ["projects.Edition", "projects.Event"]
    page_description = _("A conference, contest, game, exchange, training or series of events.")

    content_panels = [
        *HubPage.content_panels,
        FieldRowPanel(
            [FieldPanel("kind"), FieldPanel("status"), FieldPanel("organiser")],
            heading=_("Kind and status"),
        ),
        FieldRowPanel(
            [FieldPanel("starts_on"), FieldPanel("ends_on")],
            heading=_("When"),
            help_text=_("Leave empty what is not known: readers then see nothing of it."),
        ),
        *HubPage.lead_panels,
        FieldPanel("body"),
        HubPage.people_panel,
        InlinePanel(
            "partnerships",
            heading=_("Partners"),
            label=_("partner"),
            help_text=_("Readers see those that are published, in this order."),
        ),
        PageChooserPanel("continues"),
    ]
    search_fields = [*HubPage.search_fields, index.FilterField("kind"), index.FilterField("status")]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")


class Edition(DatedPage):
    """One run of a project."""

    content_kind = "EDITION"

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["projects.Project"]
    subpage_types = ["projects.Event"]
    page_description = _("One run of a project: its dates, laureates or exchanges.")

    content_panels = [
        *HubPage.content_panels,
        FieldRowPanel(
            [FieldPanel("year"), FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("When")
        ),
        *HubPage.lead_panels,
        FieldPanel("body"),
        InlinePanel(
            "laureates",
            heading=_("Laureates"),
            label=_("laureate"),
            help_text=_(
                "For contests: the libraries or projects that won, in the order in which readers "
                "see them."
            ),
        ),
        InlinePanel(
            "exchanges",
            heading=_("Exchanges"),
            label=_("exchange"),
            help_text=_("For staff exchanges: who visited whom, and the report once there is one."),
        ),
        HubPage.people_panel,
    ]
    graphql_fields = [
        *HubPage.graphql_fields,
        GraphQLInt("year", required=True, description="Calendar year of this run."),
    ]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")


class Laureate(Orderable):
    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="laureates")
    place = models.ForeignKey(
        "cms.Place",
        verbose_name=_("library"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    project_title = models.CharField(_("awarded project"), max_length=255, blank=True)
    award = models.CharField(_("award"), max_length=255, blank=True)

    graphql_fields = [
        GraphQLString(
            "project_title", required=True, description="Title of the awarded project, or empty."
        ),
        GraphQLString("award", required=True, description="Name of the award, or empty."),
    ]
    panels = [
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("project_title"), FieldPanel("award")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("laureate")
        verbose_name_plural = _("laureates")

    def __str__(self) -> str:
        return self.project_title or str(self.place)

    def clean(self) -> None:
        super().clean()
        if not self.place_id and not self.project_title.strip():
            raise ValidationError(_("Choose a library or write the project's title."))


class Exchange(Orderable):
    """Staff of the guest library visit and work in the host library."""

    edition = ParentalKey(Edition, on_delete=models.CASCADE, related_name="exchanges")
    host = models.ForeignKey(
        "cms.Place",
        verbose_name=pgettext_lazy("library", "host"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    guest = models.ForeignKey(
        "cms.Place",
        verbose_name=pgettext_lazy("library", "guest"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    report = models.ForeignKey(
        "thematic_months.Article",
        verbose_name=_("report"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("host"), FieldPanel("guest")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        PageChooserPanel("report"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")

    def __str__(self) -> str:
        return f"{self.guest} → {self.host}"

    def clean(self) -> None:
        super().clean()
        if self.host_id and self.host_id == self.guest_id:
            raise ValidationError({"guest": _("The guest and the host are the same library.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(
                {"ends_on": _("The last day is before the first. Correct one of the two.")}
            )
