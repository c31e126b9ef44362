"""Members' questions to the experts of a month, and the experts' answers."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    PageChooserPanel,
)
from wagtail.models import Orderable
from wagtail.search import index

from cms.paths import path_of

LONGEST_QUESTION = 2000
LONGEST_ANSWER = 8000
LONGEST_NAME = 100


class QuestionState(models.TextChoices):
    """Where a question stands between asking and publication."""

    NEW = "NEW", _("new")
    ACCEPTED = "ACCEPTED", _("accepted, waiting for an answer")
    ANSWERED = "ANSWERED", _("answered, not published")
    PUBLISHED = "PUBLISHED", _("published")
    DECLINED = "DECLINED", _("declined")


class Question(index.Indexed, ClusterableModel):
    """Readers see it when it is PUBLISHED and they may see its month."""

    content_kind = "QUESTION"

    month = models.ForeignKey(
        "thematic_months.ThematicMonth",
        verbose_name=_("month"),
        on_delete=models.CASCADE,
        related_name="questions",
    )
    webinar = models.ForeignKey(
        "thematic_months.Webinar",
        verbose_name=_("webinar"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        help_text=_("When the question is about one of the month's webinars."),
    )
    # The account that asked; never in the API.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
    )
    display_name = models.CharField(
        _("name shown to readers"),
        max_length=LONGEST_NAME,
        blank=True,
        help_text=_("As the asker chose. Empty: readers see that a member asked."),
    )
    text = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    # What the member wrote, once a moderator changed it; never shown to others.
    original_text = models.TextField(_("as it was asked"), blank=True, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState.choices, default=QuestionState.NEW
    )
    decline_reason = models.TextField(
        _("reason for declining"), max_length=1000, blank=True, help_text=_("The asker reads it.")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    # Grows with each change of the question or of its answers, so that nobody undoes what somebody
    # else did meanwhile.
    version = models.PositiveIntegerField(default=0, editable=False)

    graphql_fields = [
        GraphQLString("text", required=True, description="The question, plain text."),
        GraphQLString(
            "display_name",
            required=True,
            description="Name that the asker chose to show, or empty.",
        ),
    ]
    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.FilterField("state"),
        index.FilterField("month"),
    ]

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        super().clean()
        if self.state == QuestionState.DECLINED and not self.decline_reason.strip():
            raise ValidationError({"decline_reason": _("Say why: the asker will read it.")})

    @property
    def path(self) -> str:
        """Its permanent address."""
        return f"{path_of(self.month)}pytania/{self.pk}/"

    @property
    def page_above(self) -> models.Model:
        """The journal tells of the question those who see this page (cms/signal_handlers.py)."""
        return self.month

    @property
    def shown_to_readers(self) -> bool:
        return self.state == QuestionState.PUBLISHED

    def save(self, *args: object, **kwargs: object) -> None:
        if self.state == QuestionState.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        super().save(*args, **kwargs)


class Answer(Orderable):
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="answers")
    expert = models.ForeignKey(
        "thematic_months.Expert",
        verbose_name=_("expert"),
        on_delete=models.CASCADE,
        related_name="answers",
    )
    text = models.TextField(_("answer"), max_length=LONGEST_ANSWER)
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    graphql_fields = [GraphQLString("text", required=True, description="The answer, plain text.")]
    panels = [PageChooserPanel("expert"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return self.text[:80]
