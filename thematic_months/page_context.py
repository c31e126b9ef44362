"""What the pages of series, months, articles, webinars and experts show."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, get_page_models

from cms.calendars import calendar_address
from cms.embeds import embed_of
from cms.following import follow_facts
from cms.models import HubPage, Place
from cms.page_context import Parts, Scene, parts_of
from cms.sight import Sight
from cms.tiles import (
    Fact,
    Note,
    Person,
    Shelf,
    children_of,
    day,
    note_of,
    numbered_shelf,
    page_facts,
    people,
    when,
)
from cms.visibility import visible
from home.partner_facts import partner_facts
from thematic_months.models import (
    Answer,
    Article,
    ArticleIndex,
    Expert,
    ExpertIndex,
    Invitation,
    Question,
    Series,
    ThematicMonth,
    Webinar,
    WebinarState,
)

NEWEST_ANSWERS = 24
OFF = (WebinarState.POSTPONED, WebinarState.CANCELLED)


@note_of(Article)
def article_note(article: Article) -> Note:
    return day(article.published_on)


@note_of(ThematicMonth)
def month_note(month: ThematicMonth) -> Note:
    return Note(date_format(month.first_day, "YEAR_MONTH_FORMAT"))


@note_of(Webinar)
def webinar_note(webinar: Webinar) -> Note:
    starts = timezone.localtime(webinar.starts)
    return Note(f"{date_format(starts, 'DATETIME_FORMAT')}, {webinar.state.label}", starts)


@parts_of(Series)
def series_parts(series: Series, scene: Scene) -> Parts:
    sight = scene.sight
    months = children_of(series, ThematicMonth, sight).order_by("-year", "-month", "pk")
    articles = children_of(series, Article, sight).order_by("-published_on", "-pk")
    facts = [Fact(_("Organiser"), series.get_organiser_display())]
    facts += page_facts(_("Continues"), [series.continues_id], sight)
    return Parts(
        facts=[*facts, *partner_facts(series, sight), *follow_facts(series, scene.viewer)],
        shelves=[
            numbered_shelf(_("Months"), months, sight, scene.list_page),
            Shelf(_("Articles"), articles, sight),
        ],
    )


@parts_of(ThematicMonth)
def month_parts(month: ThematicMonth, scene: Scene) -> Parts:
    sight = scene.sight
    articles = children_of(month, Article, sight).order_by("published_on", "pk")
    webinars = children_of(month, Webinar, sight).order_by("starts", "pk")
    return Parts(
        # A preview may have no date yet.
        facts=[Fact(_("When"), month_note(month).text)] if month.year and month.month else [],
        shelves=[
            Shelf(_("Webinars"), webinars, sight),
            Shelf(_("Articles"), articles, sight),
        ],
        own={
            "experts": confirmed_experts(month, sight),
            "programme": programme(month, sight),
            "questions": questions(month, sight),
            "ask_path": f"{sight.path(month)}pytania/" if month.pk else "",
        },
    )


def confirmed_experts(month: ThematicMonth, sight: Sight) -> list[Person]:
    rows = [row for row in month.experts.all() if row.invitation == Invitation.CONFIRMED]
    return people((row.expert_id for row in rows), sight)


def programme(month: ThematicMonth, sight: Sight) -> list[dict[str, Any]]:
    rows = list(month.programme.all())
    pages = sight.links(row.page_id for row in rows)
    experts = sight.of(Expert, (row.expert_id for row in rows))
    return [
        {
            "date": row.date,
            "title": row.title,
            "path": sight.path(pages[row.page_id]) if row.page_id in pages else "",
            "expert": experts[row.expert_id].title if row.expert_id in experts else "",
        }
        for row in rows
    ]


def questions(month: ThematicMonth, sight: Sight) -> list[dict[str, Any]]:
    """Published questions, oldest first, each with its answers."""
    if not month.pk:
        return []
    rows = visible(Question.objects.filter(month=month), viewer=sight.viewer)
    return ready_questions(rows.order_by("published_at", "pk"), sight)


def ready_questions(rows: QuerySet[Question], sight: Sight) -> list[dict[str, Any]]:
    """Questions that the viewer may see, with their answers, experts and addresses."""
    shown = list(rows.select_related("month"))
    answers = list(Answer.objects.filter(question__in=shown).order_by("sort_order", "pk"))
    experts = sight.of(Expert, (answer.expert_id for answer in answers))
    by_question: dict[int, list[dict[str, Any]]] = {}
    for answer in answers:
        expert = experts.get(answer.expert_id)
        given = {
            "text": answer.text,
            "answered_at": answer.answered_at,
            "expert": expert,
            "path": sight.path(expert) if expert else "",
        }
        by_question.setdefault(answer.question_id, []).append(given)
    return [
        {"question": question, "path": question.path, "answers": by_question.get(question.pk, [])}
        for question in shown
    ]


@parts_of(ArticleIndex)
def article_index_parts(page: ArticleIndex, scene: Scene) -> Parts:
    articles = children_of(page, Article, scene.sight).order_by("-published_on", "-pk")
    return Parts(shelves=[numbered_shelf(_("Articles"), articles, scene.sight, scene.list_page)])


@parts_of(Article)
def article_parts(article: Article, scene: Scene) -> Parts:
    ids = [row.page_id for row in article.subjects.all()]
    return Parts(facts=page_facts(_("About"), ids, scene.sight), is_dated=True)


@parts_of(Webinar)
def webinar_parts(webinar: Webinar, scene: Scene) -> Parts:
    # A preview may have no dates yet.
    has_dates = webinar.starts is not None and webinar.ends is not None
    state = webinar.state_at(scene.viewer.now) if has_dates else WebinarState(webinar.status)
    is_registering = state == WebinarState.REGISTRATION
    own: dict[str, Any] = {
        "registration_url": webinar.registration_url if is_registering else "",
        "join_url": "",
        # A webinar that does not take place says so in a place that nobody overlooks.
        "warning": state.label if state in OFF else "",
        "calendar_url": "",
    }
    if has_dates:
        now = scene.viewer.now
        own["join_url"] = webinar.joined_by(is_member=scene.viewer.is_member, moment=now)
        own["changes_at"] = webinar.state_changes_at(now)
        if webinar.ends > now:
            own["calendar_url"] = calendar_address(webinar, scene.viewer)
    if scene.is_readable:
        own["recording_url"] = webinar.recording_url if webinar.has_recording else ""
        own["recorded_on"] = webinar.recorded_on
        own["embed"] = embed_of(own["recording_url"])
        own["sections"] = webinar.transcript_sections
        own["transcript"] = "" if own["sections"] else webinar.shown_transcript
        own["materials"] = materials(webinar, scene.sight)
    facts = [
        when(webinar.starts, webinar.ends),
        Fact(_("Status"), str(state.label)),
    ]
    return Parts(facts=facts, own=own)


def materials(webinar: Webinar, sight: Sight) -> list[dict[str, Any]]:
    rows = list(webinar.materials.all())
    documents = sight.documents(row.document_id for row in rows)
    return [
        {"title": row.title, "document": documents.get(row.document_id or 0), "url": row.url}
        for row in rows
        if row.url or row.document_id in documents
    ]


@parts_of(ExpertIndex)
def expert_index_parts(page: ExpertIndex, scene: Scene) -> Parts:
    experts = children_of(page, Expert, scene.sight).order_by("title", "pk")
    return Parts(shelves=[numbered_shelf(_("Experts"), experts, scene.sight, scene.list_page)])


@parts_of(Expert)
def expert_parts(expert: Expert, scene: Scene) -> Parts:
    sight = scene.sight
    places = sight.of(Place, [expert.place_id])
    facts = [Fact(_("Library"), str(place)) for place in places.values()]
    links = [Fact("", link.label, link.url) for link in expert.links.all()]
    if links:
        facts.append(Fact(_("Links"), "", more=links))
    return Parts(
        facts=facts,
        own={
            "photo": sight.image(expert.photo_id),
            "is_ambassador": expert.is_ambassador,
            **answered_by(expert, sight),
        },
        shelves=[
            Shelf(_("Thematic months"), months_with(expert, sight), sight),
            numbered_shelf(
                _("Articles, webinars and more"), works_of(expert, sight), sight, scene.list_page
            ),
        ],
    )


def answered_by(expert: Expert, sight: Sight) -> dict[str, Any]:
    """The newest published questions that the expert answered, and the way to all of them when
    there are more.
    """
    if not expert.pk:
        return {}
    rows = Question.objects.filter(pk__in=expert.answers.values("question"))
    rows = visible(rows.select_related("month"), viewer=sight.viewer)
    answered = list(rows.order_by("-published_at", "-pk")[: NEWEST_ANSWERS + 1])
    if len(answered) <= NEWEST_ANSWERS:
        return {"answered": answered}
    query = urlencode([("ekspert", expert.slug), ("rodzaj", Question.content_kind)])
    return {
        "answered": answered[:NEWEST_ANSWERS],
        "answered_total": rows.count(),
        "all_answered_url": f"{reverse('archive')}?{query}",
    }


def months_with(expert: Expert, sight: Sight) -> list[ThematicMonth]:
    if not expert.pk:
        return []
    takes_part = Q(experts__expert=expert, experts__invitation=Invitation.CONFIRMED)
    months = ThematicMonth.objects.filter(takes_part | Q(contributions__expert=expert)).distinct()
    return list(visible(months, viewer=sight.viewer).order_by("-year", "-month", "pk"))


def works_of(expert: Expert, sight: Sight) -> "QuerySet[Page]":
    """The pages that the expert contributed to, beside months, the newest first."""
    if not expert.pk:
        return Page.objects.none()
    pages: Any = Page.objects.not_type(ThematicMonth)
    made: Any = pages.filter(pk__in=expert.contributed.values("page")).specific()
    return visible(made, viewer=sight.viewer).order_by(date_of_any().desc(), "-pk")


def date_of_any() -> Coalesce:
    """The date of a page of whatever type: each type's table has a column of its own."""
    models = [model for model in get_page_models() if issubclass(model, HubPage)]
    return Coalesce(*(f"{model._meta.model_name}__published_on" for model in models))
