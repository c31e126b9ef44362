"""Where a moderator asks experts for an answer, revokes links and adds answers that came late."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from thematic_months.models import Assignment, Expert, Invitation, Question, QuestionState
from thematic_months.questions.answering import add_late_answer, assign, revoke
from thematic_months.questions.panels import with_states


def choosable_experts(question: Question) -> QuerySet[Expert]:
    """Those of the month first."""
    confirmed = question.month.experts.filter(invitation=Invitation.CONFIRMED)
    of_month = list(confirmed.values_list("expert_id", flat=True))
    rank = Case(When(pk__in=of_month, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Expert.objects.filter(live=True).annotate(rank=rank).order_by("rank", "title", "pk")


class AssignForm(forms.Form):
    expert = forms.ModelChoiceField(
        label=gettext_lazy("Expert"), queryset=Expert.objects.none(), empty_label="—"
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Empty: the address of the expert's account."),
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["expert"]
        field.queryset = choosable_experts(question)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        expert = cleaned.get("expert")
        if expert is not None and not cleaned.get("email") and "email" not in self.errors:
            member = expert.member
            if member is None or not member.is_active:
                message = _("This expert has no account, so write the address.")
                self.add_error("email", message)
            else:
                cleaned["email"] = member.email
        return cleaned


def moderated(request: HttpRequest, pk: int) -> Question:
    if not request.user.has_perm("thematic_months.change_question"):
        raise PermissionDenied
    return get_object_or_404(Question.objects.select_related("month"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def assign_experts(request: HttpRequest, question_id: int) -> HttpResponse:
    question = moderated(request, question_id)
    form = AssignForm(request.POST or None, question=question)
    if request.method == "POST" and form.is_valid():
        expert = form.cleaned_data["expert"]
        assign(question, expert, form.cleaned_data["email"])
        messages.success(
            request, _("%(name)s gets a mail with a link to answer.") % {"name": expert.title}
        )
        return redirect("assign_experts", question.pk)
    edit_url = reverse(Question.snippet_viewset.get_url_name("edit"), args=[question.pk])
    list_url = reverse(Question.snippet_viewset.get_url_name("list"))
    context = {
        "question": question,
        "form": form,
        "assignments": with_states(question),
        "is_published": question.state == QuestionState.PUBLISHED,
        "edit_url": edit_url,
        "header_title": _("Ask experts for an answer"),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Dashboard")},
            {"url": list_url, "label": _("Questions")},
            {"url": edit_url, "label": str(question)},
            {"url": "", "label": _("Ask experts for an answer")},
        ],
        "header_icon": "user",
    }
    return render(request, "thematic_months/admin/assign.html", context)


def chosen(request: HttpRequest, pk: int) -> Assignment:
    assignment = get_object_or_404(Assignment.objects.select_related("expert"), pk=pk)
    moderated(request, assignment.question_id)
    return assignment


@require_POST
def revoke_link(request: HttpRequest, assignment_id: int) -> HttpResponse:
    assignment = chosen(request, assignment_id)
    revoke(assignment)
    messages.success(
        request, _("The link of %(name)s no longer works.") % {"name": assignment.expert.title}
    )
    return redirect("assign_experts", assignment.question_id)


@require_POST
def send_again(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """A new link, which ends the one before."""
    assignment = chosen(request, assignment_id)
    question = Question.objects.get(pk=assignment.question_id)
    assign(question, assignment.expert, assignment.email)
    messages.success(
        request, _("%(name)s gets a new link by mail.") % {"name": assignment.expert.title}
    )
    return redirect("assign_experts", assignment.question_id)


@require_POST
def add_answer(request: HttpRequest, assignment_id: int) -> HttpResponse:
    assignment = chosen(request, assignment_id)
    if add_late_answer(assignment):
        messages.success(request, _("Readers see the answer now."))
    else:
        messages.warning(request, _("There was no answer to add any more."))
    return redirect("assign_experts", assignment.question_id)


def urls() -> list[URLPattern]:
    return [
        path("questions/<int:question_id>/experts/", assign_experts, name="assign_experts"),
        path("questions/experts/<int:assignment_id>/revoke/", revoke_link, name="revoke_answer"),
        path("questions/experts/<int:assignment_id>/again/", send_again, name="ask_again"),
        path("questions/experts/<int:assignment_id>/add/", add_answer, name="add_answer"),
    ]
