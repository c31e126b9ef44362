from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLBoolean, GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage


class EventKind(models.TextChoices):
    """Kinds of events."""

    GATHERING = "GATHERING", _("gathering of the network")
    CONFERENCE = "CONFERENCE", _("conference")
    WORKSHOP = "WORKSHOP", _("workshop")
    MEETING = "MEETING", _("meeting")
    OTHER = "OTHER", _("other")


class EventStatus(models.TextChoices):
    """Whether an event takes place as planned."""

    PLANNED = "PLANNED", _("as planned")
    CANCELLED = "CANCELLED", _("cancelled")
    POSTPONED = "POSTPONED", _("postponed")


class Event(HubPage):
    content_kind = "EVENT"

    kind = models.CharField(
        _("kind"), max_length=20, choices=EventKind.choices, default=EventKind.MEETING
    )
    status = models.CharField(
        _("status"), max_length=20, choices=EventStatus.choices, default=EventStatus.PLANNED
    )
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    place = models.ForeignKey(
        "cms.Place",
        verbose_name=_("place"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
    )
    is_online = models.BooleanField(_("online"), default=False)
    registration_url = models.URLField(_("address for registration"), max_length=500, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["projects.Project", "projects.Edition"]
    subpage_types: list[str] = []
    page_description = _("A gathering, conference, workshop or meeting at a place or online.")

    content_panels = [
        *HubPage.content_panels,
        FieldRowPanel(
            [FieldPanel("kind"), FieldPanel("status")],
            heading=_("Kind and status"),
            help_text=_(
                "A cancelled or postponed event stays visible, and readers see that it does not "
                "take place."
            ),
        ),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("When")),
        FieldRowPanel(
            [FieldPanel("place"), FieldPanel("is_online")],
            heading=_("Where"),
            help_text=_("Choose a place, or mark the event as online, or both."),
        ),
        FieldPanel("registration_url", help_text=_("Readers see a button that leads there.")),
        *HubPage.lead_panels,
        FieldPanel("body"),
        InlinePanel("programme", heading=_("Programme"), label=_("item of the programme")),
        HubPage.people_panel,
    ]
    search_fields = [
        *HubPage.search_fields,
        index.FilterField("starts"),
        index.FilterField("status"),
    ]
    graphql_fields = [
        *HubPage.graphql_fields,
        GraphQLBoolean("is_online", required=True, description="Whether one can take part online."),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [models.Index(fields=["starts"], name="event_by_start")]

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.starts and self.ends and self.ends <= self.starts:
            errors["ends"] = _("The event ends before it starts. Correct one of the two times.")
        if not self.place_id and not self.is_online:
            errors["place"] = _("Choose a place, or mark the event as online.")
        if errors:
            raise ValidationError(errors)


class EventProgrammeItem(Orderable):
    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="programme")
    time = models.TimeField(_("time"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=255)
    person = models.CharField(_("who leads it"), max_length=200, blank=True)

    graphql_fields = [
        GraphQLString("title", required=True, description="What happens."),
        GraphQLString("person", required=True, description="Who leads it, or empty."),
    ]
    panels = [FieldRowPanel([FieldPanel("time"), FieldPanel("title"), FieldPanel("person")])]

    class Meta(Orderable.Meta):
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")

    def __str__(self) -> str:
        return self.title
