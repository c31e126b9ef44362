"""The panel “needs attention” on the first page of the admin."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from thematic_months.attention import (
    answers_to_read,
    months_without_experts,
    new_offers,
    new_questions,
    webinars_without_recording,
    webinars_without_transcript,
)
from thematic_months.models import OfferedText, Question, ThematicMonth, Webinar

SHOWN = 5


@dataclass(frozen=True)
class Item:
    label: str
    detail: str
    url: str


@dataclass(frozen=True)
class Section:
    heading: str | Promise
    icon: str
    items: list[Item]
    # The list of all, when there are more than are shown.
    more_url: str


class AttentionPanel(Component):
    name = "attention"
    template_name = "thematic_months/admin/attention.html"
    order = 50

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"sections": [section for section in self.sections() if section.items]}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        """Nothing for those who may act on none of it."""
        if not (self.may_moderate() or self.may_edit_pages()):
            return ""
        return super().render_html(parent_context)

    def may_moderate(self) -> bool:
        return self.user.has_perm("thematic_months.change_question")

    def may_edit_pages(self) -> bool:
        return policy_registry.get_by_type(Page).user_has_any_permission(self.user, {"publish"})

    def editable(self, model: type[Page]) -> QuerySet:
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(
            self.user, "change"
        )
        return model.objects.filter(pk__in=pages.order_by().values("pk"))

    def sections(self) -> Iterable[Section]:
        if self.may_moderate():
            yield section(
                _("New questions"), "help", new_questions(), question_item, questions_url("NEW")
            )
            yield section(
                _("Answers to read and publish"),
                "comment",
                answers_to_read(),
                question_item,
                questions_url("ANSWERED"),
            )
        if self.user.has_perm("thematic_months.change_offeredtext"):
            list_url = offers_url("list") + "?state=NEW"
            yield section(_("Offered texts"), "edit", new_offers(), offer_item, list_url)
        if not self.may_edit_pages():
            return
        months, webinars = self.editable(ThematicMonth), self.editable(Webinar)
        now = timezone.now()
        yield section(
            _("Months of the next 60 days without a confirmed expert"),
            "calendar",
            months_without_experts(months, timezone.localdate(now)),
            month_item,
            reverse("months:index") + "?attention=experts",
        )
        yield section(
            _("Webinars that ended and have no recording"),
            "media",
            webinars_without_recording(webinars, now),
            webinar_item,
            reverse("webinars:index") + "?attention=recording",
        )
        yield section(
            _("Recordings without a transcript"),
            "doc-full",
            webinars_without_transcript(webinars, now),
            webinar_item,
            reverse("webinars:index") + "?attention=transcript",
        )


def section(
    heading: str | Promise, icon: str, things: Any, item: Callable[[Any], Item], list_url: str
) -> Section:
    found = list(things[: SHOWN + 1])
    return Section(
        heading=heading,
        icon=icon,
        items=[item(thing) for thing in found[:SHOWN]],
        more_url=list_url if len(found) > SHOWN else "",
    )


def questions_url(state: str) -> str:
    return reverse(Question.snippet_viewset.get_url_name("list")) + f"?state={state}"


def question_item(question: Question) -> Item:
    url = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    return Item(question.text[:120], question.month.title, url)


def offers_url(view: str, *arguments: int) -> str:
    model: Any = OfferedText
    return reverse(model.snippet_viewset.get_url_name(view), args=arguments)


def offer_item(text: OfferedText) -> Item:
    url = offers_url("edit", text.pk)
    return Item(text.title, text.author_name, url)


def page_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def month_item(month: ThematicMonth) -> Item:
    return Item(
        month.get_admin_display_title(), format_date(month.first_day, "F Y"), page_url(month)
    )


def webinar_item(webinar: Webinar) -> Item:
    return Item(
        webinar.get_admin_display_title(),
        format_date(timezone.localtime(webinar.ends), "j E Y"),
        page_url(webinar),
    )
