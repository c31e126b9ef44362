"""HubPage, from which every page derives."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from grapple.models import GraphQLString
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail.search import index

from cms.models.vocabulary import Licence


class Audience(models.TextChoices):
    """Who may read a page's body."""

    PUBLIC = "PUBLIC", _("everyone")
    MEMBERS = "MEMBERS", _("logged-in members")


class Organiser(models.TextChoices):
    """Who runs a series or a project."""

    NETWORK = "NETWORK", _("the LABiB network")
    MEMBERS = "MEMBERS", _("members of the network")
    ASSOCIATION = "ASSOCIATION", _("the LABiB association")


def today() -> datetime.date:
    return timezone.localdate()


class HubPage(Page):
    """What every page has.

    `audience` MEMBERS is a door, not a restriction: title, lead, cover and topics stay public, and
    what `guarded` names is for members alone. A subclass declares `content_kind` and `guarded`;
    cms/checks.py stops the start when it forgot a field.
    """

    # The kind of a thing in the API, the journal and the archive: upper case, never changed once
    # published.
    content_kind: ClassVar[str]
    # Fields and child relations that `audience` MEMBERS keeps for members.
    guarded: ClassVar[tuple[str, ...]] = ("body",)
    # Names in the API of what is made of `guarded` fields, and kept with them.
    guarded_names: ClassVar[tuple[str, ...]] = ()
    # Columns beside the body that are too long to be read when nobody asks for them.
    long_columns: ClassVar[tuple[str, ...]] = ()
    # The long columns that a name in the API is made of, when it is not one of theirs.
    made_of: ClassVar[dict[str, tuple[str, ...]]] = {}
    # Text that everyone finds the page by, beside its title and topics.
    open_text: ClassVar[tuple[str, ...]] = ("lead",)
    # Whether experts, who may publish nothing themselves, write such pages (cms/page_rights.py).
    written_by_experts: ClassVar[bool] = False
    # Whether a preview of the page may also show the drafts below it.
    previewed_with_children: ClassVar[bool] = False

    lead = models.TextField(
        _("lead"),
        max_length=600,
        blank=True,
        help_text=_(
            "One to three sentences. Readers see them on the tile, at the top of the page and in "
            "search results."
        ),
    )
    topics = ParentalManyToManyField(
        "cms.Topic",
        verbose_name=_("topics"),
        blank=True,
        related_name="%(app_label)s_%(class)s_pages",
        help_text=_("Readers find the page by them. One to three are best."),
    )
    cover = models.ForeignKey(
        "cms.HubImage",
        verbose_name=_("cover"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Shown on the tile, at the top of the page and when somebody shares the link."),
    )
    audience = models.CharField(
        _("who may read it"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.PUBLIC,
        help_text=_(
            "For members only: everyone sees the title, the lead, the cover and the topics; the "
            "text, files and recordings "
            "open after logging in."
        ),
    )
    published_on = models.DateField(
        _("publication date"),
        default=today,
        help_text=_(
            "The date that readers see and lists are ordered by. An old text keeps its own date."
        ),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        default=Licence.CC_BY_SA_4,
        help_text=_("Says what readers may do with the text."),
    )

    lead_panels: ClassVar[list[Panel]] = [FieldPanel("lead"), FieldPanel("cover")]
    people_panel: ClassVar[Panel] = InlinePanel(
        "contributions",
        heading=_("People"),
        label=_("person"),
        help_text=_("Readers see them below the title, in this order."),
    )
    reader_panels: ClassVar[list[Panel]] = [
        FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        FieldPanel("audience", widget=forms.RadioSelect),
        FieldRowPanel(
            [FieldPanel("published_on"), FieldPanel("licence")], heading=_("Date and licence")
        ),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("In search engines"),
            help_text=_(
                "Readers see the title and the description in the results of a search engine and "
                "on a shared link."
            ),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.FilterField("published_on"),
        index.FilterField("audience"),
    ]
    graphql_fields = [
        GraphQLString("lead", required=True, description="One to three sentences; may be empty."),
    ]

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if args and not kwargs:
            # A row of the database. What modelcluster and Wagtail add is for pages that are made
            # with relations as keywords, and takes as long as the rest.
            models.Model.__init__(self, *args)
        else:
            super().__init__(*args, **kwargs)

    @classproperty
    def edit_handler(cls) -> TabbedInterface:
        """Wagtail would put topics and audience on a tab about search engines, where editors do not
        look for them.
        """
        tabs = [
            ObjectList(cls.content_panels, heading=_("Content")),
            ObjectList(cls.reader_panels, heading=_("Topics and access")),
            ObjectList(cls.promote_panels, heading=_("Search engines")),
            ObjectList(cls.settings_panels, heading=_("Settings")),
        ]
        return TabbedInterface(
            [tab for tab in tabs if tab.children], base_form_class=cls.base_form_class
        )

    # Pages that the hub serves itself. What they show, and to whom, is decided in
    # cms/page_context.py.

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Wagtail's, except that readers see the page on the frontend when there is one."""
        parts = super().get_url_parts(request)
        if parts is None or not settings.FRONTEND_URL:
            return parts
        site_id, _root, path = parts
        return site_id, settings.FRONTEND_URL, path

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[str]:
        """The kind's own template where there is one. (Wagtail sets `template` anew on every page
        type.)
        """
        return [self.template, "cms/page.html"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.page_context import context_of

        return {**super().get_context(request, *args, **kwargs), **context_of(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            return super().serve(request, *args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from cms.page_context import show_draft
        from cms.preview_pages import show_in_frontend

        if settings.PREVIEW_URL:
            with translation.override(settings.LANGUAGE_CODE):
                return show_in_frontend(self, request)
        show_draft(self, request)
        with translation.override(settings.LANGUAGE_CODE):
            return super().serve_preview(request, mode_name)

    def serve_password_required_response(
        self, request: HttpRequest, form: forms.Form, action_url: str
    ) -> HttpResponse:
        """Shared passwords are switched off; Wagtail's form for one would tell that there is a
        page.
        """
        raise Http404
