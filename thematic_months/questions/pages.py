"""Pages of questions: a month's, with the form to ask; a question's own; a member's own."""

import datetime
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, re_path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.views import serve

from cms import typed_forms
from cms.outward import outward_beside_the_tree
from cms.page_context import breadcrumb, log_in_url, with_next
from cms.paths import path_from, path_of, url_path_of
from cms.portal import hub_page, members_only, portal_page, to_log_in
from cms.serving import refuse_hidden_page
from cms.sight import Sight
from cms.sitemaps import Entry, section
from cms.structured_data import json_ld
from cms.visibility import anonymous_viewer, viewer_of, visible
from members.models import Member
from thematic_months.models import Question, QuestionState, ThematicMonth
from thematic_months.page_context import confirmed_experts, ready_questions
from thematic_months.questions.asking import NAMED, AskForm, ask
from thematic_months.structured_data import qa_page

TYPED = ("text", "webinar", "signature", "display_name")
OWN_ON_A_PAGE = 100


def month_at(address: str) -> ThematicMonth | None:
    return ThematicMonth.objects.filter(url_path=url_path_of(address)).first()


@typed_forms.keeps_typed
@portal_page
@require_http_methods(["GET", "HEAD", "POST"])
def questions_of_month(request: HttpRequest, month_path: str) -> HttpResponse:
    """Published questions, and the form while questions are open."""
    month = month_at(month_path)
    if month is None:
        # A page that an editor called so.
        return serve(request, f"{month_path}pytania/")
    refused = refuse_hidden_page(month, request, (), {})
    if refused is not None:
        return refused
    viewer = viewer_of(request)
    if viewer.member is None:
        if request.method == "POST":
            typed_forms.keep(request, TYPED)
            return to_log_in(request)
        return show_month(request, month, None)
    if request.method == "POST":
        return take_question(request, month, viewer.member)
    kept = typed_forms.take(request)
    if not month.questions_open:
        return show_month(request, month, None, left_over=kept.get("text", ""))
    initial = {"display_name": viewer.member.display_name}
    form = AskForm(kept or None, month=month, viewer=viewer, initial=initial)
    return show_month(request, month, form, is_kept=bool(kept))


def take_question(request: HttpRequest, month: ThematicMonth, member: Member) -> HttpResponse:
    form = AskForm(request.POST, month=month, viewer=viewer_of(request))
    if typed_forms.was_refused(request):
        return show_month(request, month, form, is_refused=True)
    if form.is_valid():
        try:
            asked = ask(member, month, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            note = (
                _("We have this question of yours already: its state is below.")
                if asked.is_repeated
                else _("Thank you! We have your question. Below you see what happens to it.")
            )
            messages.success(request, note)
            return redirect(f"{reverse('own_questions')}?wyslane={month.pk}")
    return show_month(request, month, form)


def show_month(
    request: HttpRequest,
    month: ThematicMonth,
    form: AskForm | None,
    *,
    is_kept: bool = False,
    is_refused: bool = False,
    left_over: str = "",
) -> HttpResponse:
    sight = Sight(viewer_of(request))
    context = {
        "month": month,
        "outward": outward_beside_the_tree(
            f"{_('Questions to the experts')}: {month.title}",
            f"{sight.path(month)}pytania/",
            month.lead,
        ),
        "month_path": sight.path(month),
        "breadcrumb": [*breadcrumb(month, sight), (month.title, sight.path(month))],
        "experts": confirmed_experts(month, sight),
        "questions": ready_questions(questions_seen(month, sight), sight),
        "form": form,
        "log_in_url": log_in_url(request),
        "sign_up_url": with_next("account_signup", request),
        "is_kept": is_kept,
        "is_refused": is_refused,
        "left_over": left_over,
        "seal": typed_forms.seal(request) if form is not None else "",
        "named": NAMED,
        "draft_key": f"pytanie-{request.user.pk}-{month.pk}",
    }
    has_errors = form is not None and form.is_bound and not is_kept and bool(form.errors)
    status = 422 if has_errors and not is_refused else 200
    return render(request, "thematic_months/questions/month.html", context, status=status)


def questions_seen(month: ThematicMonth, sight: Sight) -> Any:
    rows = visible(Question.objects.filter(month=month), viewer=sight.viewer)
    return rows.order_by("published_at", "pk")


@portal_page
@require_safe
def question_page(request: HttpRequest, month_path: str, question_id: int) -> HttpResponse:
    month = month_at(month_path)
    if month is None:
        return serve(request, f"{month_path}pytania/{question_id}/")
    refused = refuse_hidden_page(month, request, (), {})
    if refused is not None:
        return refused
    sight = Sight(viewer_of(request))
    found = ready_questions(questions_seen(month, sight).filter(pk=question_id), sight)
    if not found:
        raise Http404
    month_path = sight.path(month)
    question = found[0]["question"]
    shared = outward_beside_the_tree(
        Truncator(question.text).words(14), question.path, Truncator(question.text).chars(155)
    )
    structured = json_ld(qa_page(question, found[0]["answers"], shared.canonical))
    webinar = sight.links([question.webinar_id])
    context = {
        "month": month,
        "breadcrumb": [
            *breadcrumb(month, sight),
            (month.title, month_path),
            (_("Questions to the experts"), f"{month_path}pytania/"),
        ],
        "each": found[0],
        "question": question,
        "webinars": [(page.title, sight.path(page)) for page in webinar.values()],
        "month_path": month_path,
        "outward": replace(shared, json_ld=structured),
    }
    return render(request, "thematic_months/questions/question.html", context)


@hub_page
@members_only
@require_safe
def own_questions(request: HttpRequest) -> HttpResponse:
    sight = Sight(viewer_of(request))
    rows = Question.objects.filter(member=request.user).select_related("month")
    shown = list(rows.order_by("-asked_at", "-pk")[:OWN_ON_A_PAGE])
    months = sight.links(question.month_id for question in shown)
    questions = [
        {
            "question": question,
            "month": months.get(question.month_id),
            "month_path": path_of(months[question.month_id]) if question.month_id in months else "",
            "is_readable": question.state == QuestionState.PUBLISHED
            and question.month_id in months,
        }
        for question in shown
    ]
    sent = request.GET.get("wyslane", "")
    key = f"pytanie-{request.user.pk}-{sent}" if sent.isdecimal() else ""
    context = {"questions": questions, "sent_key": key}
    return render(request, "thematic_months/questions/own.html", context)


def question_entry(row: tuple[str, int, datetime.datetime]) -> Entry:
    url_path, pk, published_at = row
    return f"{path_from(url_path)}pytania/{pk}/", published_at


@section("pytania", question_entry)
def question_rows() -> Any:
    seen = visible(Question.objects.all(), viewer=anonymous_viewer())
    return seen.order_by("pk").values_list("month__url_path", "pk", "published_at")


def urls() -> list[URLPattern]:
    return [
        path("moje-pytania/", own_questions, name="own_questions"),
        re_path(r"^(?P<month_path>(?:[-\w]+/)+)pytania/$", questions_of_month, name="questions"),
        re_path(
            r"^(?P<month_path>(?:[-\w]+/)+)pytania/(?P<question_id>[0-9]{1,9})/$",
            question_page,
            name="question",
        ),
    ]
