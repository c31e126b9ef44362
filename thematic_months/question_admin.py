"""Members' questions in the admin: moderators accept, answer, publish or decline them."""

from django import forms
from django.db.models import Count, QuerySet
from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from django_filters.fields import ModelChoiceField
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.listings import WIDE_ONLY
from thematic_months.models import Question, QuestionState, ThematicMonth
from thematic_months.question_forms import QuestionForm
from thematic_months.questions.panels import AssignmentsPanel, OriginalTextPanel


class MonthField(ModelChoiceField):
    def label_from_instance(self, month: ThematicMonth) -> str:
        return f"{format_date(month.first_day, 'F Y')}: {month.title}"


class MonthFilter(ModelChoiceFilter):
    field_class = MonthField


def months_with_questions(_request: object) -> QuerySet[ThematicMonth]:
    asked = Question.objects.order_by().values("month")
    return ThematicMonth.objects.filter(pk__in=asked).order_by("-year", "-month", "path")


class QuestionFilterSet(WagtailFilterSet):
    state = ChoiceFilter(label=_("State"), choices=QuestionState.choices)
    month = MonthFilter(label=_("Month"), queryset=months_with_questions)

    class Meta:
        model = Question
        fields: list[str] = []


class QuestionIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Question]:
        return Question.objects.select_related("month").annotate(answers_count=Count("answers"))


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    index_view_class = QuestionIndexView
    filterset_class = QuestionFilterSet
    list_display = [
        "__str__",
        Column("month", label=_("Month"), accessor="month.title", width="20%", classname=WIDE_ONLY),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda question: question.state == QuestionState.NEW,
            width="14%",
        ),
        Column("answers_count", label=_("Answers"), width="8%", classname=WIDE_ONLY),
        DateColumn("asked_at", label=_("Asked"), sort_key="asked_at", width="10%"),
    ]
    ordering = ["-asked_at", "-pk"]
    search_fields = ["text", "display_name"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("text", help_text=_("Correct slips, but keep what the asker meant.")),
            OriginalTextPanel(),
            FieldPanel("display_name"),
            MultiFieldPanel(
                [FieldPanel("state", widget=forms.RadioSelect), FieldPanel("decline_reason")],
                _("Moderation"),
            ),
            AssignmentsPanel(heading=_("Experts asked for an answer")),
            InlinePanel(
                "answers",
                heading=_("Answers"),
                label=_("answer"),
                help_text=_(
                    "Readers see them below the question, in this order, "
                    "each with the expert's name."
                ),
            ),
            MultiFieldPanel(
                [FieldRowPanel([PageChooserPanel("month"), PageChooserPanel("webinar")])],
                _("What it is about"),
            ),
            FieldRowPanel(
                [FieldPanel("member", read_only=True), FieldPanel("asked_at", read_only=True)],
                heading=_("Who asked"),
                help_text=_("Readers never see the account."),
            ),
        ],
        base_form_class=QuestionForm,
    )
