"""How a member asks: the same form for the browser and for the API, and what is refused."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cms.visibility import Viewer, visible
from members.models import Member
from thematic_months.models import Question, QuestionState, ThematicMonth, Webinar
from thematic_months.models.question import LONGEST_NAME, LONGEST_QUESTION
from thematic_months.questions.limits import lock_member, refuse_flood

SHORTEST_QUESTION = 10
STILL_OPEN = (QuestionState.NEW, QuestionState.ACCEPTED, QuestionState.ANSWERED)
ANONYMOUS, NAMED = "anonymous", "named"


class PlainTextField(forms.CharField):
    """A text of several lines. Browsers send two characters for an end of line, which counts as
    one.
    """

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A `maxlength` would cut what somebody pastes, and say nothing.
        return {}


def text_field(longest: int, shortest: int, rows: int, **options: Any) -> PlainTextField:
    return PlainTextField(
        min_length=shortest,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("Write a text."),
            "min_length": ngettext_lazy(
                "Write a little more: at least %(limit_value)d character.",
                "Write a little more: at least %(limit_value)d characters.",
                "limit_value",
            ),
            "max_length": ngettext_lazy(
                "This is too long: at most %(limit_value)d character, and it has %(show_value)d.",
                "This is too long: at most %(limit_value)d characters, and it has %(show_value)d.",
                "limit_value",
            ),
        },
        **options,
    )


class AskForm(forms.Form):
    """A question by a member to the experts of `month`, as `viewer` sees it."""

    text = text_field(
        LONGEST_QUESTION,
        SHORTEST_QUESTION,
        6,
        label=_("Your question"),
        help_text=_("One matter, in a few sentences. The more the experts know, the better."),
    )
    webinar = forms.ModelChoiceField(
        label=_("What it is about"),
        queryset=Webinar.objects.none(),
        required=False,
        empty_label=_("the whole month"),
        error_messages={"invalid_choice": _("Choose one of this month's webinars.")},
    )
    signature = forms.ChoiceField(
        label=_("How to sign it"),
        choices=[
            (ANONYMOUS, _("Anonymously: “A member of the network”")),
            (NAMED, _("With the name below")),
        ],
        initial=ANONYMOUS,
        widget=forms.RadioSelect,
    )
    display_name = forms.CharField(
        label=_("Name shown to readers"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def __init__(self, *args: Any, month: ThematicMonth, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        webinars = visible(Webinar.objects.child_of(month), viewer=viewer).order_by("starts", "pk")
        field: Any = self.fields["webinar"]
        field.queryset = webinars
        if not webinars.exists():
            del self.fields["webinar"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("signature") == ANONYMOUS:
            cleaned["display_name"] = ""
        elif cleaned.get("signature") == NAMED and cleaned.get("display_name") == "":
            message = _("Write the name, or choose to stay anonymous.")
            self.add_error("display_name", ValidationError(message, code="required"))
        return cleaned


@dataclass(frozen=True)
class Asked:
    question: Question
    # The member had asked the month the same before; it is that question.
    is_repeated: bool


def closed_error() -> ValidationError:
    return ValidationError(
        _("Questions to this month's experts are closed."), code="QUESTIONS_CLOSED"
    )


def ask(member: Member, month: ThematicMonth, cleaned: dict[str, Any]) -> Asked:
    """Write the question down. Raises ValidationError when the month takes none any more, and
    TooMany when the member has sent enough.
    """
    if not month.questions_open:
        raise closed_error()
    with transaction.atomic():
        lock_member(member)
        own = Question.objects.filter(member=member)
        said = spoken(cleaned["text"])
        for before in own.filter(month=month):
            if said in (spoken(before.text), spoken(before.original_text)):
                return Asked(before, is_repeated=True)
        waiting = own.filter(state__in=STILL_OPEN)
        refuse_flood(own, waiting, "asked_at", settings.QUESTION_LIMITS)
        question = Question.objects.create(
            month=month,
            webinar=cleaned.get("webinar"),
            member=member,
            text=cleaned["text"],
            display_name=cleaned["display_name"],
        )
    return Asked(question, is_repeated=False)


def spoken(text: str) -> str:
    """The text without what nobody hears: who sends twice may have changed a space."""
    return " ".join(text.split()).casefold()
