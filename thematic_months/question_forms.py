"""What the model of a question cannot check: its answers are saved after it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from thematic_months.models import QuestionState

# What each state means for readers and for the asker.
STATE_HELP: dict[str, str | Promise] = {
    QuestionState.NEW: _("Nobody has looked at it yet. Readers do not see it."),
    QuestionState.ACCEPTED: _("It waits for an expert's answer. Readers do not see it."),
    QuestionState.ANSWERED: _(
        "There is an answer, which you still read through. Readers do not see it."
    ),
    QuestionState.PUBLISHED: _(
        "Readers see the question and its answers on the page of the month."
    ),
    QuestionState.DECLINED: _("Readers never see it. The asker reads the reason below."),
}
NEEDS_ANSWER = frozenset({QuestionState.ANSWERED, QuestionState.PUBLISHED})


class QuestionForm(WagtailAdminModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            self.fields["state"].choices = [
                (
                    state.value,
                    format_html(
                        "<span><strong>{}</strong> – {}</span>", state.label, STATE_HELP[state]
                    ),
                )
                for state in QuestionState
            ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        webinar, month = cleaned.get("webinar"), cleaned.get("month")
        if webinar and month and not webinar.is_child_of(month):
            self.add_error(
                "webinar",
                _("This webinar belongs to another month. Choose one of the month above."),
            )
        if cleaned.get("state") in NEEDS_ANSWER and not self.has_answer():
            self.add_error("state", _("Write an answer below first, or choose another state."))
        return cleaned

    def has_answer(self) -> bool:
        """Whether an answer remains once the form is saved."""
        answers = self.formsets["answers"]
        if not answers.is_valid():
            # Its own errors say what to do.
            return True
        return any(
            form.instance.pk or form.has_changed()
            for form in answers.forms
            if form not in answers.deleted_forms
        )
