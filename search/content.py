"""What a thing contributes to the archive: its texts, its names of people and places, its faces."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils import timezone, translation
from django.utils.text import Truncator
from wagtail.models import Page

from cms.models import Audience, HubPage, Place
from cms.paths import path_of
from cms.tree import Placement
from search.access import Way
from search.analysis import ANALYSER
from search.models import Face
from search.page_texts import guarded_text, open_text
from search.surroundings import Surroundings, date_of, experts_of, places_of
from thematic_months.models import Expert, Question

QUESTION_TITLE_LENGTH = 120
# Of an expert: as many pages, and as many questions.
MOST_WORKS = 50
# Between names, so that a phrase never reaches from one into the next.
SEPARATOR = " , "


@dataclass(frozen=True, order=True)
class Reference:
    """A thing whose name is part of the text."""

    kind: str
    object_id: int
    slug: str = ""


@dataclass(frozen=True)
class Content:
    """One face of a thing: a row of the archive, as it is to be."""

    kind: str
    object_id: int
    way: Way
    title: str
    lead: str
    body: str
    topics_text: str
    path: str
    date: datetime.date
    series_id: int | None
    references: frozenset[Reference] = field(default_factory=frozenset)
    # Of documents alone: see ArchiveEntry and AccessClass.
    holder_id: int | None = None
    collection_id: int | None = None
    ways_before: tuple[Way, ...] = ()
    page_starts: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[str, int, str, int]:
        return self.kind, self.object_id, self.way.face, len(self.ways_before)

    @property
    def access_key(self) -> str:
        if self.collection_id is None:
            return self.way.key
        key = f"{self.way.key}|collection {self.collection_id}"
        if self.ways_before:
            before = "!".join(way.key for way in self.ways_before)
            key += f"|{hashlib.sha256(before.encode()).hexdigest()}"
        return key

    @property
    def digest(self) -> str:
        """Of all that is indexed, and of how."""
        parts = [ANALYSER, *self.key, self.title, self.lead, self.body, self.topics_text, self.path]
        parts += [self.date.isoformat(), self.series_id, self.access_key]
        parts += [self.holder_id, self.page_starts]
        parts += [[each.kind, each.object_id, each.slug] for each in sorted(self.references)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def kind_name(model: type[Model]) -> str:
    """The Polish name of its kind, since readers write „webinary dla seniorów”."""
    with translation.override("pl"):
        return str(model._meta.verbose_name)


def contents_of_page(page: HubPage, surroundings: Surroundings) -> Iterator[Content]:
    """Its faces; none while nobody may see it."""
    placement = surroundings.placement(page)
    if not placement.shown:
        return
    names = Names(surroundings, placement)
    names.add_topics(page)
    names.add_ancestors(page)
    names.add_experts(experts_of(page))
    names.texts += [row.name for row in page.contributions.all() if row.expert_id is None]
    names.add_places(places_of(page))
    public, guarded = open_text(page), guarded_text(page)
    if isinstance(page, Expert):
        public = joined(public, *works_of(page, names))
    bodies = (
        {Face.ANONYMOUS: public, Face.MEMBER: joined(public, guarded)}
        if page.audience == Audience.MEMBERS
        else {Face.EVERYONE: joined(public, guarded)}
    )
    for face, body in bodies.items():
        yield Content(
            kind=page.content_kind,
            object_id=page.pk,
            way=Way(face, placement.restrictions, placement.until),
            title=clean(page.title),
            lead=clean(page.lead),
            body=clean(body),
            topics_text=clean(SEPARATOR.join(dict.fromkeys(names.texts))),
            path=path_of(page),
            date=date_of(page),
            series_id=names.series_id,
            references=frozenset(names.references),
        )


def contents_of_question(question: Question, surroundings: Surroundings) -> Iterator[Content]:
    placement = surroundings.placement(question.month)
    if not placement.shown or not question.shown_to_readers:
        return
    answers = list(question.answers.select_related("expert"))
    names = Names(surroundings, placement)
    names.add_ancestors(question.month)
    names.add_page(question.month)
    names.add_experts(answer.expert for answer in answers)
    yield Content(
        kind=question.content_kind,
        object_id=question.pk,
        way=Way(Face.EVERYONE, placement.restrictions, placement.until),
        title=clean(question_title(question)),
        lead="",
        body=clean("\n".join([question.text, *(answer.text for answer in answers)])),
        topics_text=clean(SEPARATOR.join(dict.fromkeys(names.texts))),
        path=f"{path_of(question.month)}pytania/{question.pk}/",
        date=timezone.localdate(question.published_at or question.asked_at),
        series_id=names.series_id,
        references=frozenset(names.references),
    )


def works_of(expert: Expert, names: "Names") -> Iterator[str]:
    """Titles and topics of what an expert wrote, ran and answered, the newest first."""
    pages = Page.objects.filter(pk__in=expert.contributed.values("page"))
    # Hidden ones too: their titles come in when they are published.
    for page in pages.order_by("-first_published_at", "-pk").specific()[:MOST_WORKS]:
        names.references.add(Reference(page.content_kind, page.pk))
        if names.may_name(page):
            yield page.title
            names.add_topics(page)
    questions = Question.objects.filter(answers__expert=expert).distinct()
    for question in questions.select_related("month").order_by("-asked_at", "-pk")[:MOST_WORKS]:
        names.references.add(Reference(question.content_kind, question.pk))
        names.references.add(Reference(question.month.content_kind, question.month.pk))
        if question.shown_to_readers and names.may_name(question.month):
            yield question_title(question)
            yield question.month.title


def question_title(question: Question) -> str:
    return Truncator(" ".join(question.text.split())).chars(QUESTION_TITLE_LENGTH)


class Names:
    """Names beside a thing's own text, and whose they are."""

    def __init__(self, surroundings: Surroundings, placement: Placement) -> None:
        self.surroundings = surroundings
        self.placement = placement
        self.texts: list[str] = []
        self.references: set[Reference] = set()
        self.series_id: int | None = None

    def add_topics(self, page: HubPage) -> None:
        for topic in page.topics.all():
            self.texts.append(topic.title)
            self.references.add(Reference(topic.content_kind, topic.pk, topic.slug))

    def add_ancestors(self, page: HubPage) -> None:
        if page.content_kind == "SERIES":
            self.series_id = page.pk
        for ancestor in self.surroundings.ancestors(page):
            self.texts.append(ancestor.title)
            self.references.add(Reference(ancestor.kind, ancestor.pk))
            if ancestor.kind == "SERIES":
                self.series_id = ancestor.pk

    def add_page(self, page: HubPage) -> None:
        self.texts.append(page.title)
        self.references.add(Reference(page.content_kind, page.pk))

    def add_experts(self, experts: Iterable[Expert]) -> None:
        for expert in experts:
            # Also of an expert who is hidden now: the name comes in when the page is published.
            self.references.add(Reference(expert.content_kind, expert.pk))
            if self.may_name(expert):
                self.texts.append(expert.title)

    def may_name(self, page: Page) -> bool:
        return self.surroundings.may_name(page, beside=self.placement)

    def add_places(self, places: Iterable[Place]) -> None:
        for place in places:
            self.texts += [place.name, place.town]
            self.references.add(Reference(place.content_kind, place.pk))


def joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def clean(text: str) -> str:
    # PostgreSQL takes no null characters.
    return text.replace("\x00", "").strip()
