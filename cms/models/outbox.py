"""The table of mails that the hub owes somebody. What it means is in cms/outbox.py."""

from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """One mail about one occasion. The text is written when it is sent, so no secret lies here.

    `next_try_at` is null once nobody tries any more: it is sent, or was given up.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    # Tells one occasion from the next: the same thing may be accepted twice.
    occasion = models.CharField(max_length=40)
    written_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "occasion"], name="cms_mail_once_each"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(next_try_at__isnull=False),
                name="cms_mail_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.occasion}"
