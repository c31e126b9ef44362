"""Who was asked to answer a question, and the link that lets them."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thematic_months.models.question import LONGEST_ANSWER, Question

NONCE_BYTES = 16


def new_nonce() -> str:
    return secrets.token_hex(NONCE_BYTES)


def link_end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=settings.ANSWER_LINK_DAYS)


class Assignment(models.Model):
    """An expert who was asked to answer. Nothing of it is for readers.

    The link is signed with the hub's key over the nonce, so the table alone opens nothing, and a
    new nonce ends all links before it.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="assignments")
    expert = models.ForeignKey(
        "thematic_months.Expert",
        verbose_name=_("expert"),
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    email = models.EmailField(_("e-mail address"))
    nonce = models.CharField(max_length=2 * NONCE_BYTES, default=new_nonce, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=link_end)
    revoked_at = models.DateTimeField(null=True)
    # What the expert wrote so far, until it becomes an answer.
    draft = models.TextField(_("draft"), blank=True, max_length=LONGEST_ANSWER)
    drafted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "expert"], name="thematic_months_assigned_once"
            )
        ]
        verbose_name = _("request for an answer")
        verbose_name_plural = _("requests for answers")

    def __str__(self) -> str:
        return str(self.expert)

    def is_open(self, moment: datetime.datetime) -> bool:
        """Whether its link still works."""
        return self.revoked_at is None and self.expires_at > moment

    @property
    def waits_for_moderator(self) -> bool:
        """An answer that came when the question was published already."""
        return self.submitted_at is not None and bool(self.draft)
