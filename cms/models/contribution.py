"""Who made a thing: an expert of the network, or anybody by name, with a role."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class ContributionRole(models.TextChoices):
    """What somebody did for a thing."""

    AUTHOR = "AUTHOR", _("author")
    HOST = "HOST", _("host")
    TRAINER = "TRAINER", _("trainer")
    COORDINATOR = "COORDINATOR", _("coordinator")
    EDITOR = "EDITOR", _("editor")


class Contribution(Orderable):
    """One table for every kind of page, so that an expert's work is one query."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="contributions")
    expert = models.ForeignKey(
        "thematic_months.Expert",
        verbose_name=_("expert"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="contributed",
    )
    name = models.CharField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("First name and surname of somebody who has no expert page."),
    )
    role = models.CharField(
        _("role"), max_length=20, choices=ContributionRole.choices, default=ContributionRole.AUTHOR
    )

    graphql_fields = [
        GraphQLString(
            "display_name",
            required=True,
            description="Name of the expert or person, to be shown to readers.",
        ),
    ]
    panels = [FieldRowPanel([FieldPanel("expert"), FieldPanel("name"), FieldPanel("role")])]

    class Meta(Orderable.Meta):
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")

    def __str__(self) -> str:
        return f"{self.display_name} ({self.get_role_display()})"

    def clean(self) -> None:
        super().clean()
        if bool(self.expert_id) == bool(self.name.strip()):
            raise ValidationError(_("Choose an expert or write a name: one of the two."))

    @property
    def display_name(self) -> str:
        return self.expert.title if self.expert is not None else self.name
