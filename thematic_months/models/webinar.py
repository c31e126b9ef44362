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
from cms.embeds import embed_of
from cms.models import HubPage
from thematic_months import transcripts
from thematic_months.transcript_forms import WebinarForm

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


# In these it can still be joined.
AHEAD = (WebinarState.PLANNED, WebinarState.REGISTRATION, WebinarState.LIVE)


class Webinar(HubPage):
    content_kind = "WEBINAR"
    guarded = ("body", "recording_url", "recorded_on", "transcript", "materials")
    guarded_names = ("cues", "embed_url")
    long_columns = ("transcript", "cue_times")
    made_of = {"cues": ("transcript", "cue_times")}
    base_form_class = WebinarForm

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
        help_text=_(
            "Shown beside the recording, and searched by the archive. With times from a file each "
            "line belongs to a moment: correct words as you like, but keep the lines. Empty the "
            "field to take the transcript and its times away."
        ),
    )
    # For each line of the transcript when it begins and ends, in milliseconds; empty without times.
    cue_times = models.JSONField(default=list, blank=True, editable=False)
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
                FieldPanel("transcript_file"),
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
        self.transcript = self.transcript.replace("\r\n", "\n")
        if not self.transcript.strip():
            self.cue_times = []
        elif self.cue_times and len(self.cue_times) != len(self.transcript_lines):
            errors["transcript"] = _(
                "The number of lines has changed. Keep each line in its place, since it belongs to "
                "a moment of the recording, or upload the file again."
            )
        if errors:
            raise ValidationError(errors)

    @property
    def transcript_lines(self) -> list[str]:
        return self.transcript.split("\n")

    @property
    def shown_transcript(self) -> str:
        """Plain text. That of a recording without consent is as private as the recording."""
        return self.transcript if self.recording_consent else ""

    @property
    def cues(self) -> list[transcripts.Cue]:
        """What is said when, by time; empty for a transcript without times, and without consent."""
        if not self.shown_transcript or len(self.cue_times) != len(self.transcript_lines):
            return []
        pairs = zip(self.cue_times, self.transcript_lines, strict=True)
        return [
            transcripts.Cue(start, end, text.strip())
            for (start, end), text in pairs
            if text.strip()
        ]

    @property
    def transcript_sections(self) -> list[transcripts.Section]:
        return transcripts.in_sections(self.cues)

    def minute_of(self, offset: int) -> int | None:
        """When the section begins that holds this character of `transcript`, in seconds: readers
        find it at #t=<seconds> of the webinar's page. None without times.
        """
        sections = self.transcript_sections
        if not sections:
            return None
        start, _end = self.cue_times[transcripts.cue_at(self.transcript_lines, offset)]
        begun = [each.start for each in sections if each.start <= start // 1000]
        return begun[-1] if begun else sections[0].start

    @property
    def embed_url(self) -> str:
        """Address of the recording's player, or "" when it can only be linked to."""
        embed = embed_of(self.recording_url) if self.has_recording else None
        return embed.url if embed else ""

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

    def state_changes_at(self, moment: datetime.datetime) -> datetime.datetime | None:
        """When time alone changes the state next; None when it does not."""
        if self.status in (WebinarStatus.POSTPONED, WebinarStatus.CANCELLED):
            return None
        return next((each for each in (self.starts, self.ends) if each > moment), None)

    def joined_by(self, *, is_member: bool, moment: datetime.datetime) -> str:
        """Where to join, or "". For members whatever the audience: an address that everyone has is
        one that strangers disturb.
        """
        return self.join_url if is_member and self.state_at(moment) in AHEAD else ""

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
