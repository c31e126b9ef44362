"""Tokens that let somebody see drafts (docs/adr/0007)."""

import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class PreviewTokenQuerySet(models.QuerySet["PreviewToken"]):
    def usable(self, moment: datetime.datetime) -> "PreviewTokenQuerySet":
        """Neither expired nor revoked, and made by somebody whose account is still in use."""
        return self.filter(
            expires_at__gt=moment, revoked_at__isnull=True, created_by__is_active=True
        )


class PreviewToken(models.Model):
    """Whoever knows the secret sees the drafts of the page, or of it and all below.

    The secret itself is not kept. `content` is set only for the editor's own preview: the page as
    its form was when the editor looked, in the shape of a revision's content.
    """

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="preview_tokens"
    )
    with_descendants = models.BooleanField(default=False)
    # SHA-256 of the secret, hexadecimal. A secret of 256 random bits needs no slow hash.
    digest = models.CharField(max_length=64, unique=True)
    recipient = models.CharField(
        _("for whom"),
        max_length=100,
        help_text=_("Only editors see it, so that they know whose link it is."),
    )
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    # It is no content: no page is "used" by its tokens.
    wagtail_reference_index_ignore = True

    objects = PreviewTokenQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.recipient

    def is_usable(self, moment: datetime.datetime) -> bool:
        """The same as `usable()`, for a row whose maker is known."""
        in_time = self.revoked_at is None and self.expires_at > moment
        return in_time and self.created_by.is_active
