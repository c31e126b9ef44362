"""A thematic month: its theme, its experts and its programme."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import Resolver404
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from grapple.models import GraphQLInt, GraphQLString
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models import HubPage


def current_year() -> int:
    return timezone.localdate().year


def current_month() -> int:
    return timezone.localdate().month


class ThematicMonthForm(WagtailAdminPageForm):
    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.pk is None:
            try:
                self.instance.refuse_twin(below=self.parent_page)
            except ValidationError as error:
                self._update_errors(error)


class ThematicMonth(HubPage):
    """A theme of one calendar month in a series."""

    content_kind = "THEMATIC_MONTH"
    previewed_with_children = True
    base_form_class = ThematicMonthForm
    open_text = ("lead", "theme")

    year = models.PositiveSmallIntegerField(
        _("year"),
        default=current_year,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
    )
    month = models.PositiveSmallIntegerField(
        _("month"), default=current_month, choices=list(MONTHS.items())
    )
    theme = models.CharField(
        _("theme"),
        max_length=200,
        help_text=_("What the month is about, in one sentence. Readers see it below the title."),
    )
    questions_open_until = models.DateTimeField(
        _("questions are open until"),
        null=True,
        blank=True,
        help_text=_(
            "Until then members can ask this month's experts. Leave empty to keep questions closed."
        ),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    parent_page_types = ["thematic_months.Series"]
    subpage_types = ["thematic_months.Article", "thematic_months.Webinar"]
    page_description = _("One month with its theme, experts, articles, webinars and questions.")

    content_panels = [
        *HubPage.content_panels,
        FieldRowPanel(
            [FieldPanel("year"), FieldPanel("month")],
            heading=_("When"),
            help_text=_("On the first day of this month readers see it as the current one."),
        ),
        FieldPanel("theme"),
        *HubPage.lead_panels,
        InlinePanel(
            "experts",
            heading=_("Invited experts"),
            label=_("expert"),
            help_text=_("Readers see only those who have confirmed."),
        ),
        InlinePanel(
            "programme",
            heading=_("Programme"),
            label=_("item of the programme"),
            help_text=_(
                "What is announced. Choose the page as soon as there is one; until then readers "
                "see the title."
            ),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("questions_open_until")], _("Members' questions")),
        HubPage.people_panel,
    ]
    search_fields = [
        *HubPage.search_fields,
        index.SearchField("theme"),
        index.FilterField("year"),
        index.FilterField("month"),
    ]
    graphql_fields = [
        *HubPage.graphql_fields,
        GraphQLInt("year", required=True, description="Calendar year."),
        GraphQLInt("month", required=True, description="Calendar month, 1 to 12."),
        GraphQLString(
            "theme", required=True, description="What the month is about, in one sentence."
        ),
    ]

    class Meta:
        verbose_name = _("thematic month")
        verbose_name_plural = _("thematic months")
        indexes = [models.Index(fields=["-year", "-month"], name="month_newest_first")]

    def get_route_paths(self) -> list[str]:
        """Of what has an address below the month's: when it moves, their old ones lead on."""
        published = self.questions.filter(state="PUBLISHED").values_list("pk", flat=True)
        return [*super().get_route_paths(), "/pytania/", *(f"/pytania/{pk}/" for pk in published)]

    def resolve_subpage(self, path: str) -> None:
        """As routable pages have it: redirects ask before they lead there."""
        if not re.fullmatch(r"/pytania/([0-9]+/)?", path.rstrip("/") + "/"):
            raise Resolver404

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent()
        # A new month has no parent yet; its form knows where it will stand.
        if parent is not None:
            self.refuse_twin(below=parent)

    def refuse_twin(self, *, below: Page) -> None:
        twin = (
            ThematicMonth.objects.child_of(below)
            .filter(year=self.year, month=self.month)
            .exclude(pk=self.pk)
            .first()
        )
        if twin:
            raise ValidationError(
                {
                    "month": _(
                        "This series already has a month on this date: “%(title)s”. Choose "
                        "another date or edit that month."
                    )
                    % {"title": twin.title}
                }
            )

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    @property
    def questions_open(self) -> bool:
        return self.questions_open_until is not None and self.questions_open_until > timezone.now()


class Invitation(models.TextChoices):
    """How an invited expert answered."""

    INVITED = "INVITED", _("invited")
    CONFIRMED = "CONFIRMED", _("confirmed")
    DECLINED = "DECLINED", pgettext_lazy("invitation", "declined")


class MonthExpert(Orderable):
    """An invitation. Readers see those that are CONFIRMED."""

    month = ParentalKey(ThematicMonth, on_delete=models.CASCADE, related_name="experts")
    expert = models.ForeignKey(
        "thematic_months.Expert",
        verbose_name=_("expert"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    invitation = models.CharField(
        _("invitation"), max_length=10, choices=Invitation.choices, default=Invitation.INVITED
    )

    panels = [FieldRowPanel([PageChooserPanel("expert"), FieldPanel("invitation")])]

    class Meta(Orderable.Meta):
        verbose_name = _("invited expert")
        verbose_name_plural = _("invited experts")

    def __str__(self) -> str:
        return f"{self.expert} ({self.get_invitation_display()})"


class ProgrammeItem(Orderable):
    month = ParentalKey(ThematicMonth, on_delete=models.CASCADE, related_name="programme")
    date = models.DateField(
        _("date"), null=True, blank=True, help_text=_("Leave empty while it is not known.")
    )
    title = models.CharField(_("title"), max_length=200)
    expert = models.ForeignKey(
        "thematic_months.Expert",
        verbose_name=_("expert"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The article or webinar, once there is one."),
    )

    graphql_fields = [
        GraphQLString("title", required=True, description="What is announced."),
    ]
    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("title")]),
        FieldRowPanel(
            [
                PageChooserPanel("expert"),
                PageChooserPanel(
                    "page", page_type=["thematic_months.Article", "thematic_months.Webinar"]
                ),
            ]
        ),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("item of the programme")
        verbose_name_plural = _("items of the programme")

    def __str__(self) -> str:
        return self.title
