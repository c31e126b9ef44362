"""Texts that members offer about their own practice."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.models import Licence

LONGEST_TITLE = 150
LONGEST_LEAD = 600
LONGEST_OFFER = 20_000


class OfferState(models.TextChoices):
    """What the moderators decided about an offered text."""

    NEW = "NEW", _("new")
    ACCEPTED = "ACCEPTED", pgettext_lazy("offered text", "accepted")
    DECLINED = "DECLINED", pgettext_lazy("offered text", "declined")


class OfferedText(models.Model):
    """Only its author and the moderators ever see it; readers see the article that came of it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("offered by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="offered_texts",
    )
    author_name = models.CharField(
        _("author"), max_length=200, help_text=_("As readers will see it below the title.")
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    lead = models.TextField(_("lead"), max_length=LONGEST_LEAD)
    text = models.TextField(_("text"), max_length=LONGEST_OFFER)
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        default=Licence.CC_BY_SA_4,
        editable=False,
    )
    # When the author agreed to the licence.
    agreed_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=OfferState.choices, default=OfferState.NEW
    )
    decline_reason = models.TextField(
        _("reason for declining"), max_length=1000, blank=True, help_text=_("The author reads it.")
    )
    offered_at = models.DateTimeField(_("offered"), default=timezone.now)
    # Below which the draft is made.
    place = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("place of the article"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The month, the series or the index of articles below which the draft goes."),
    )
    article = models.ForeignKey(
        "thematic_months.Article",
        verbose_name=_("article"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        verbose_name = _("offered text")
        verbose_name_plural = _("offered texts")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.state == OfferState.DECLINED and not self.decline_reason.strip():
            raise ValidationError({"decline_reason": _("Say why: the author will read it.")})
        if self.state == OfferState.ACCEPTED and self.place_id is None and self.article_id is None:
            raise ValidationError({"place": _("Choose where the draft of the article goes.")})
