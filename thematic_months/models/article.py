from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from cms.blocks import BodyBlock
from cms.models import HubPage


class ArticleIndex(HubPage):
    """Holds articles on practice that belong to no month."""

    content_kind = "ARTICLE_INDEX"
    guarded = ()

    parent_page_types = ["home.HomePage"]
    subpage_types = ["thematic_months.Article"]
    max_count = 1
    page_description = _("Holds the articles that belong to no thematic month.")
    content_panels = [*HubPage.content_panels, *HubPage.lead_panels]

    class Meta:
        verbose_name = _("index of articles")
        verbose_name_plural = _("indexes of articles")


class Article(HubPage):
    content_kind = "ARTICLE"
    written_by_experts = True

    body = StreamField(BodyBlock(), verbose_name=_("text"))

    parent_page_types = [
        "thematic_months.ThematicMonth",
        "thematic_months.Series",
        "thematic_months.ArticleIndex",
    ]
    subpage_types: list[str] = []
    page_description = _("A text on practice: what worked, what it cost, what went wrong.")

    content_panels = [
        *HubPage.content_panels,
        *HubPage.lead_panels,
        HubPage.people_panel,
        FieldPanel("body"),
        InlinePanel(
            "subjects",
            heading=_("What the article is about"),
            label=_("project, event or group"),
            help_text=_(
                "Readers find the article on the pages of these projects, events and groups."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class ArticleSubject(Orderable):
    """A project, event or group that the article is about."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="subjects")
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="articles_about",
    )

    panels = [
        PageChooserPanel(
            "page",
            page_type=[
                "projects.Project",
                "projects.Edition",
                "projects.Event",
                "projects.WorkingGroup",
            ],
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return self.page.title
