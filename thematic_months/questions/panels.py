"""Parts of a question's form in the admin that show and change nothing."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.admin.panels import Panel

from thematic_months.models import Assignment, Question


class OriginalTextPanel(Panel):
    """What the member wrote, once it was edited."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "thematic_months/admin/original_text.html"

        def is_shown(self) -> bool:
            text = self.instance.original_text
            return bool(text) and text != self.instance.text

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            return {"text": self.instance.original_text}


class AssignmentsPanel(Panel):
    """Who was asked for an answer, and the way to the page where experts are asked."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "thematic_months/admin/assignments.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            return {"question": self.instance, "assignments": with_states(self.instance)}


def with_states(question: Question) -> list[Assignment]:
    """The question's requests, each with `state` in words and whether its link `works`."""
    moment = timezone.now()
    rows: list[Any] = list(question.assignments.select_related("expert"))
    for row in rows:
        row.works = row.is_open(moment)
        row.is_late = row.waits_for_moderator
        row.state = state_of(row)
    return rows


def state_of(assignment: Any) -> str:
    if assignment.is_late:
        return _("sent an answer after the publication")
    if assignment.submitted_at is not None:
        return _("answered")
    if assignment.revoked_at is not None:
        return _("revoked")
    if not assignment.works:
        return _("expired")
    return _("has a draft") if assignment.draft else pgettext("expert", "asked")
