import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage

LONGEST_WEBINAR = datetime.timedelta(hours=12)


class WebinarStatus(models.TextChoices):
    """What an editor decides. The clock makes the rest of WebinarState out of it."""

    PLANNED = "PLANNED", _("planned")
    REGISTRATION = "REGISTRATION", _("registration is open")
    POSTPONED = "POSTPONED", _("postponed")
    CANCELLED = "CANCELLED", _("cancelled")


class WebinarState(models.TextChoices):
    """What readers see."""

    PLANNED = "PLANNED", _("planned")
    REGISTRATION = "REGISTRATION", _("registration is open")
    LIVE = "LIVE", pgettext_lazy("webinar", "live")
    ENDED = "ENDED", pgettext_lazy("webinar", "ended")
    RECORDING = "RECORDING", _("recording available")
    POSTPONED = "POSTPONED", _("postponed")
    CANCELLED = "CANCELLED", _("cancelled")


class Webinar(HubPage):
    content_kind = "WEBINAR"
    guarded = ("body", "recording_url", "recorded_on", "transcript", "materials")
    long_columns = ("transcript",)

    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=WebinarStatus.choices,
        default=WebinarStatus.PLANNED,
        help_text=_("That it is live, has ended or has a recording follows by itself."),
    )
    registration_url = models.URLField(
        _("address for registration"),
        max_length=500,
        blank=True,
        help_text=_("Shown to everyone while registration is open."),
    )
    join_url = models.URLField(
        _("address for joining"),
        max_length=500,
        blank=True,
        help_text=_("Shown to logged-in members alone, and never found by search."),
    )
    recording_url = models.URLField(_("address of the recording"), max_length=500, blank=True)
    recorded_on = models.DateField(_("recorded on"), null=True, blank=True)
    recording_consent = models.BooleanField(
        _("the people in the recording have agreed to its publication"),
        default=False,
        help_text=_("Without it readers do not see the recording."),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        max_length=400_000,
        help_text=_("Shown beside the recording, and searched by the archive."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["thematic_months.ThematicMonth"]
    subpage_types: list[str] = []
    page_description = _(
        "A meeting online, with registration, recording, transcript and materials."
    )

    content_panels = [
        *HubPage.content_panels,
        *HubPage.lead_panels,
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")], heading=_("When")),
        FieldPanel("status"),
        HubPage.people_panel,
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("registration_url"), FieldPanel("join_url")], _("Taking part")),
        MultiFieldPanel(
            [
                FieldPanel("recording_url"),
                FieldRowPanel([FieldPanel("recorded_on"), FieldPanel("recording_consent")]),
                FieldPanel("transcript"),
            ],
            _("Recording"),
            help_text=_(
                "Fill it in after the webinar. Readers see the recording once its people have "
                "agreed."
            ),
        ),
        InlinePanel(
            "materials",
            heading=_("Materials"),
            label=_("material"),
            help_text=_(
                "Slides, scenarios, links: readers find them below the recording, in this order."
            ),
        ),
    ]
    search_fields = [
        *HubPage.search_fields,
        index.FilterField("starts"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")
        indexes = [models.Index(fields=["starts"], name="webinar_by_start")]

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.starts and self.ends:
            if self.ends <= self.starts:
                errors["ends"] = _(
                    "The webinar ends before it starts. Correct one of the two times."
                )
            elif self.ends - self.starts > LONGEST_WEBINAR:
                errors["ends"] = _(
                    "A webinar of more than 12 hours is probably a slip. Check the dates."
                )
        if self.status == WebinarStatus.REGISTRATION and not self.registration_url:
            errors["registration_url"] = _(
                "Write the address for registration, or choose another status."
            )
        if errors:
            raise ValidationError(errors)

    @property
    def has_recording(self) -> bool:
        return bool(self.recording_url) and self.recording_consent

    def state_at(self, moment: datetime.datetime) -> WebinarState:
        if self.status in (WebinarStatus.POSTPONED, WebinarStatus.CANCELLED):
            return WebinarState(self.status)
        if moment < self.starts:
            return WebinarState(self.status)
        if moment < self.ends:
            return WebinarState.LIVE
        return WebinarState.RECORDING if self.has_recording else WebinarState.ENDED

    @property
    def state(self) -> WebinarState:
        return self.state_at(timezone.now())


class WebinarMaterial(Orderable):
    webinar = ParentalKey(Webinar, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    document = models.ForeignKey(
        "cms.HubDocument",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    url = models.URLField(_("or an address outside the hub"), max_length=500, blank=True)

    graphql_fields = [GraphQLString("title", required=True, description="What it is.")]
    panels = [FieldPanel("title"), FieldRowPanel([FieldPanel("document"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.url):
            raise ValidationError(_("Choose a document or write an address: one of the two."))
