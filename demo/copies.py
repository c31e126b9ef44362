"""Copies of the archive for benchmarks, around the demo's people, topics and pictures.

A copy is one more series with as many months, articles and webinars as the demo has. Texts mix
sentences of the demo's own articles by a generator that is seeded with the copy's number: the same
on every machine. Rows are inserted in bulk, one transaction for each copy, so that memory does not
grow with their number and a broken run goes on where it stopped.
"""

import datetime
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page

from cms import journal
from cms.models import Change, Contribution, ContributionRole, HubPage
from demo.markup import block_id
from demo.words import Words
from home.models import HomePage
from thematic_months.models import Article, Expert, Series, ThematicMonth, Webinar, WebinarStatus

MONTHS, ARTICLES, WEBINARS = 24, 120, 30
BATCH = 500
SLUG = "archiwum-pomiarowe-{:04d}"


@dataclass
class Stock:
    """What all copies share, read once."""

    words: Words
    experts: list[int]
    covers: dict[type[HubPage], list[int]]
    topics: dict[str, int]
    locale: Locale

    @classmethod
    def read(cls, words: Words, topics: dict[str, int]) -> "Stock":
        kinds: tuple[type[HubPage], ...] = (ThematicMonth, Article, Webinar)
        covers = {
            kind: list(
                kind.objects.exclude(cover=None).values_list("cover_id", flat=True).order_by("pk")
            )
            for kind in kinds
        }
        return cls(
            words=words,
            experts=list(Expert.objects.order_by("pk").values_list("pk", flat=True)),
            covers=covers,
            topics=topics,
            locale=Locale.get_default(),
        )


@dataclass
class Copy:
    """The rows of one copy."""

    number: int
    stock: Stock
    next_id: int
    pages: list[HubPage] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    tagged: list[tuple[HubPage, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.number)  # noqa: S311

    def build(self, home: HomePage) -> None:
        series = self.page(
            Series,
            home,
            title=f"Archiwum pomiarowe {self.number}",
            slug=SLUG.format(self.number),
            lead="Wymyślone miesiące, na których mierzy się szybkość serwisu.",
            published_on=datetime.date(2012, 1, 10),
        )
        months = [self.month(series, number) for number in range(MONTHS)]
        for number in range(ARTICLES):
            self.article(months[number % MONTHS], number)
        for number in range(WEBINARS):
            self.webinar(months[number % MONTHS], number)

    def page(self, kind: type[HubPage], parent: HubPage, **fields: Any) -> HubPage:
        parent.numchild += 1
        path = Page._get_path(parent.path, parent.depth + 1, parent.numchild)
        moment = timezone.make_aware(
            datetime.datetime.combine(fields["published_on"], datetime.time(12))
        )
        page = kind(
            id=self.next_id,
            page_ptr_id=self.next_id,
            path=path,
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{fields['slug']}/",
            draft_title=fields["title"],
            content_type=ContentType.objects.get_for_model(kind),
            locale=self.stock.locale,
            live=True,
            first_published_at=moment,
            last_published_at=moment,
            latest_revision_created_at=moment,
            **fields,
        )
        self.next_id += 1
        self.pages.append(page)
        return page

    def written(self, kind: type[HubPage], parent: HubPage, number: int, **fields: Any) -> HubPage:
        """A page with an invented title, text, cover, topic and person."""
        topic = self.random.choice(list(self.stock.topics))
        title = self.stock.words.title(self.random, topic)
        page = self.page(
            kind,
            parent,
            title=title,
            slug=f"{slugify(title)[:60]}-{self.number}-{number}",
            lead=self.stock.words.paragraph(self.random, topic, 2),
            body=json.dumps(self.body(kind, topic, number)),
            cover_id=self.random.choice(self.stock.covers[kind]),
            **fields,
        )
        self.tagged.append((page, self.stock.topics[topic]))
        return page

    def person(self, page: HubPage, role: ContributionRole) -> None:
        expert = self.random.choice(self.stock.experts)
        self.contributions.append(
            Contribution(page_id=page.pk, expert_id=expert, role=role, sort_order=0)
        )

    def body(self, kind: type[HubPage], topic: str, number: int) -> list[dict[str, Any]]:
        place = f"{self.number}/{kind.__name__}/{number}"
        heading = {"text": self.stock.words.heading(self.random), "level": "2"}
        paragraphs = [self.stock.words.paragraph(self.random, topic, 5) for _each in range(3)]
        return [
            {"type": "text", "value": f"<p>{paragraphs[0]}</p>", "id": block_id(f"{place}/1")},
            {"type": "heading", "value": heading, "id": block_id(f"{place}/2")},
            {
                "type": "text",
                "value": "".join(f"<p>{each}</p>" for each in paragraphs[1:]),
                "id": block_id(f"{place}/3"),
            },
        ]

    def month(self, series: HubPage, number: int) -> HubPage:
        first = datetime.date(2012 + (self.number + number // 12) % 12, number % 12 + 1, 1)
        return self.written(
            ThematicMonth,
            series,
            number,
            year=first.year,
            month=first.month,
            theme=self.stock.words.heading(self.random),
            published_on=first,
        )

    def article(self, month: HubPage, number: int) -> None:
        day = month.published_on.replace(day=number % 28 + 1)
        page = self.written(Article, month, number, published_on=day)
        self.person(page, ContributionRole.AUTHOR)

    def webinar(self, month: HubPage, number: int) -> None:
        day = month.published_on.replace(day=number % 28 + 1)
        starts = timezone.make_aware(datetime.datetime.combine(day, datetime.time(18)))
        page = self.written(
            Webinar,
            month,
            number,
            published_on=day,
            starts=starts,
            ends=starts + datetime.timedelta(hours=1),
            status=WebinarStatus.PLANNED,
            recording_url=f"https://example.org/nagrania/{self.number}-{number}",
            recording_consent=True,
            recorded_on=day,
            transcript=self.stock.words.paragraph(self.random, "", 20),
        )
        self.person(page, ContributionRole.TRAINER)

    def save(self) -> None:
        for kind in (Series, ThematicMonth, Article, Webinar):
            rows = [page for page in self.pages if isinstance(page, kind)]
            for batch in batches(rows):
                insert_pages(kind, batch)
            through = kind.topics.through
            key = kind._meta.model_name
            links = [
                through(**{f"{key}_id": page.pk, "topic_id": topic})
                for page, topic in self.tagged
                if isinstance(page, kind)
            ]
            through.objects.bulk_create(links, batch_size=BATCH)
        Contribution.objects.bulk_create(self.contributions, batch_size=BATCH)
        journal.record_pages(
            [(page.pk, page.path, page.content_type_id) for page in self.pages], Change.PUBLISHED
        )


def batches(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def insert_pages(kind: type[HubPage], pages: list[Any]) -> None:
    """Parent rows, then child rows: bulk_create refuses a model whose parent has a table."""
    columns = Page._meta.local_concrete_fields
    Page.objects.bulk_create(
        [Page(**{each.attname: getattr(page, each.attname) for each in columns}) for page in pages]
    )
    own: list[models.Field] = list(kind._meta.local_concrete_fields)
    kind._base_manager._insert(pages, fields=own, using=connection.alias)


def missing(count: int) -> list[int]:
    """Numbers of the copies that are not there yet."""
    there = set(Series.objects.filter(slug__startswith=SLUG[:17]).values_list("slug", flat=True))
    return [number for number in range(1, count) if SLUG.format(number) not in there]


def add_copy(number: int, stock: Stock) -> None:
    with transaction.atomic():
        home = HomePage.objects.select_for_update().get()
        last = Page.objects.aggregate(last=models.Max("pk"))["last"]
        copy = Copy(number, stock, next_id=last + 1)
        home.numchild = last_child_number(home)
        copy.build(home)
        copy.save()
        Page.objects.filter(pk=home.pk).update(numchild=home.get_children().count())
        reset_sequence()


def last_child_number(home: HomePage) -> int:
    """Paths count on from the last child, which deletions leave above the number of children."""
    last = home.get_last_child()
    return Page._str2int(last.path[-Page.steplen :]) if last else 0


def reset_sequence() -> None:
    """PostgreSQL numbers on by itself only what it numbered itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)
