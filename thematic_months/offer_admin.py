"""Offered texts in the admin: moderators read, accept or decline them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.listings import WIDE_ONLY
from thematic_months.models import OfferedText, OfferState
from thematic_months.questions import offers


class OfferFilterSet(WagtailFilterSet):
    state = ChoiceFilter(label=_("State"), choices=OfferState.choices)

    class Meta:
        model = OfferedText
        fields: list[str] = []


class OfferIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[OfferedText]:
        return OfferedText.objects.select_related("member")


class OfferedTextForm(WagtailAdminModelForm):
    # The version that the moderator has in front of them.
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        self.before: OfferedText | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        self.before = offers.locked(self.instance.pk)
        if cleaned.get("seen_version") != self.before.version:
            message = _("Somebody decided about this text while you had it open.")
            model: Any = OfferedText
            url = reverse(model.snippet_viewset.get_url_name("edit"), args=[self.instance.pk])
            link = format_html("{} <a href='{}'>{}</a>", message, url, _("Open it anew."))
            raise ValidationError(link, code="stale")
        if self.before.article_id and cleaned.get("state") != OfferState.ACCEPTED:
            message = _("There is an article of it already. Delete its draft first.")
            self.add_error("state", message)
        return cleaned

    def save(self, commit: bool = True) -> OfferedText:  # noqa: FBT001, FBT002  (Django's)
        assert self.before is not None  # noqa: S101  (clean() comes first)
        self.instance.version = self.before.version + 1
        text: OfferedText = super().save(commit)
        offers.decided(text, self.before, moderator=self.for_user)
        return text


class OfferedTextViewSet(SnippetViewSet):
    model = OfferedText
    icon = "edit"
    menu_label = _("Offered texts")
    index_view_class = OfferIndexView
    filterset_class = OfferFilterSet
    list_display = [
        "title",
        Column("author_name", label=_("Author"), width="20%", classname=WIDE_ONLY),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda text: text.state == OfferState.NEW,
            width="14%",
        ),
        DateColumn("offered_at", label=_("Offered"), sort_key="offered_at", width="12%"),
    ]
    ordering = ["-offered_at", "-pk"]
    search_fields = ["title", "text", "author_name"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("title", read_only=True),
            FieldPanel("lead", read_only=True),
            FieldPanel("text", read_only=True),
            MultiFieldPanel(
                [
                    FieldPanel("state", widget=forms.RadioSelect),
                    FieldPanel("decline_reason"),
                    PageChooserPanel(
                        "place",
                        page_type=[
                            "thematic_months.ArticleIndex",
                            "thematic_months.ThematicMonth",
                            "thematic_months.Series",
                        ],
                    ),
                ],
                _("Decision"),
                help_text=_(
                    "Accepted, it becomes a draft article with the author's name, which an editor "
                    "finishes and publishes. The author gets a mail either way."
                ),
            ),
            FieldRowPanel(
                [
                    FieldPanel("author_name", read_only=True),
                    FieldPanel("member", read_only=True),
                    FieldPanel("offered_at", read_only=True),
                ],
                heading=_("Who offered it"),
            ),
        ],
        base_form_class=OfferedTextForm,
    )
