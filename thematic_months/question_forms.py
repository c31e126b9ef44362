"""What the model of a question cannot check: its answers are saved after it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from thematic_months.models import Question, QuestionState
from thematic_months.questions import changes

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
    # The version that the moderator has in front of them.
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        self.before: Question | None = None
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
        if self.instance.pk:
            self.refuse_stale(cleaned.get("seen_version"))
        webinar, month = cleaned.get("webinar"), cleaned.get("month")
        if webinar and month and not webinar.is_child_of(month):
            self.add_error(
                "webinar",
                _("This webinar belongs to another month. Choose one of the month above."),
            )
        if cleaned.get("state") in NEEDS_ANSWER and not self.has_answer():
            self.add_error("state", _("Write an answer below first, or choose another state."))
        return cleaned

    def refuse_stale(self, seen: int | None) -> None:
        """From here on nobody else changes the question, and nobody did since this form was opened:
        saving writes all of it.
        """
        self.before = changes.locked(self.instance.pk)
        if seen == self.before.version:
            return
        url = reverse(Question.snippet_viewset.get_url_name("edit"), args=[self.instance.pk])
        message = format_html(
            "{} <a href='{}'>{}</a>",
            _(
                "Somebody changed this question while you had it open, or an expert sent an "
                "answer. Nothing was saved. Copy what you need and"
            ),
            url,
            _("open it anew."),
        )
        raise ValidationError(message, code="stale")

    def save(self, commit: bool = True) -> Question:  # noqa: FBT001, FBT002  (Django's)
        if self.before is None:
            return super().save(commit)
        changes.next_version(self.instance, self.before)
        question: Question = super().save(commit)
        changes.tell_asker(question, self.before)
        return question

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
