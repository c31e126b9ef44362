"""The form behind an expert's link: it needs no account."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cms import typed_forms
from cms.portal import hub_page
from thematic_months.models import Assignment
from thematic_months.models.question import LONGEST_ANSWER
from thematic_months.questions.answering import (
    LinkRefused,
    Outcome,
    answer_of,
    find_assignment,
    is_closed,
    save_draft,
    submit,
)
from thematic_months.questions.asking import text_field

SHORTEST_ANSWER = 10
DRAFT = "draft"


class AnswerForm(forms.Form):
    text = text_field(
        LONGEST_ANSWER,
        SHORTEST_ANSWER,
        14,
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Plain text. An empty line begins a new paragraph."),
    )


class DraftForm(forms.Form):
    """A draft may be unfinished, or empty again."""

    text = text_field(LONGEST_ANSWER, 0, 14, label=gettext_lazy("Your answer"), required=False)


@typed_forms.keeps_typed
@hub_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: HttpRequest, token: str) -> HttpResponse:
    try:
        assignment = find_assignment(token)
    except LinkRefused:
        text = request.POST.get("text", "")[: 2 * LONGEST_ANSWER]
        response = render(
            request, "thematic_months/questions/link_refused.html", {"text": text}, status=404
        )
        return private(response)
    if request.method == "POST" and not typed_forms.was_refused(request):
        return private(take_answer(request, assignment, token))
    form = AnswerForm(request.POST) if request.method == "POST" else None
    return private(show(request, assignment, form, is_refused=form is not None))


def private(response: HttpResponse) -> HttpResponse:
    """Its address opens the form: it stays out of caches, search engines and other sites' logs."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not `no-referrer`: browsers then send forms without their origin, and Django refuses them.
    response["Referrer-Policy"] = "same-origin"
    return response


def take_answer(request: HttpRequest, assignment: Assignment, token: str) -> HttpResponse:
    is_draft = DRAFT in request.POST
    form = (DraftForm if is_draft else AnswerForm)(request.POST)
    if not form.is_valid():
        return show(request, assignment, form, status=422)
    text = form.cleaned_data["text"]
    if is_draft:
        if not save_draft(assignment, text):
            return show(request, assignment, form, status=409)
        done = _("The draft is saved. You can come back by the same link.")
    else:
        outcome = submit(assignment, text)
        if outcome == Outcome.TOO_LATE:
            return show(request, assignment, form, status=409)
        done = {
            Outcome.WAITS: _("Thank you! Your answer is with the moderators."),
            Outcome.PUBLISHED: _("Thank you! Your answer is published."),
        }[outcome]
    messages.success(request, done, extra_tags=taken(assignment))
    return redirect("answer_question", token=token)


def taken(assignment: Assignment) -> str:
    """Marks the message that the hub has what was written."""
    return f"taken-{assignment.pk}"


def show(
    request: HttpRequest,
    assignment: Assignment,
    form: forms.Form | None,
    *,
    status: int = 200,
    is_refused: bool = False,
) -> HttpResponse:
    given = answer_of(assignment)
    saved = assignment.draft or (given.text if given else "")
    question = assignment.question
    context = {
        "assignment": assignment,
        "question": question,
        "form": form or AnswerForm(initial={"text": saved}),
        "is_closed": is_closed(assignment),
        "answer": given,
        "is_sent": assignment.submitted_at is not None,
        "others": [
            other
            for other in question.answers.select_related("expert").order_by("sort_order", "pk")
            if question.shown_to_readers and other.expert_id != assignment.expert_id
        ],
        "is_refused": is_refused,
        "draft_key": f"odpowiedz-{assignment.pk}",
        # Not by any message: another one must not cost the browser its copy of what is typed.
        "is_taken": any(
            taken(assignment) in each.tags.split() for each in messages.get_messages(request)
        ),
        "typed": request.POST.get("text", ""),
    }
    return render(request, "thematic_months/questions/answer.html", context, status=status)


def urls() -> list[URLPattern]:
    return [path("odpowiedz/<str:token>/", answer_question, name="answer_question")]
