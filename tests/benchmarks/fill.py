"""Fills an empty, migrated database of the hub: `python -m tests.benchmarks.fill [PEER]`.

Rows are inserted in bulk, past signals and journal, since four thousand pages would take minutes.
"""

import datetime
import json
import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402  (needs the apps)
from django.db import connection, transaction  # noqa: E402
from wagtail.models import Collection, Locale, Page  # noqa: E402

from cms.images import FILTERS  # noqa: E402
from cms.models import Contribution, HubImage, HubPage, HubRendition, Topic  # noqa: E402
from tests.benchmarks import content  # noqa: E402
from thematic_months.models import (  # noqa: E402
    Article,
    Expert,
    ExpertIndex,
    Invitation,
    MonthExpert,
    Series,
    ThematicMonth,
    Webinar,
)

NOW = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
FIRST_ID = 1000
TOPICS = 20


class Filling:
    def __init__(self, source: content.Content) -> None:
        self.source = source
        self.pages: dict[type[HubPage], list[HubPage]] = defaultdict(list)
        self.children: dict[str, int] = {}
        self.next_id = FIRST_ID
        self.locale = Locale.objects.get()
        self.images = self.make_images()
        self.experts: list[HubPage] = []

    def make_images(self) -> list[HubImage]:
        """Rows without files: the API reads none."""
        collection = Collection.get_first_root_node()
        images = HubImage.objects.bulk_create(
            HubImage(
                title=f"Obraz {number}",
                description="Czytelnia pełna ludzi",
                file=f"original_images/o{number}.jpg",
                width=1600,
                height=1000,
                collection=collection,
            )
            for number in range(content.IMAGES)
        )
        HubRendition.objects.bulk_create(
            HubRendition(
                image=image,
                filter_spec=spec,
                focal_point_key=each.get_cache_key(image),
                file=f"images/o{number}.{each.spec.split('|')[0]}.webp",
                width=800,
                height=500,
            )
            for number, image in enumerate(images)
            for spec, each in FILTERS.items()
        )
        return images

    def add(self, model: type[HubPage], parent: Page, item: dict[str, Any], **fields: Any) -> Any:
        number = self.children.get(parent.path, parent.numchild) + 1
        self.children[parent.path] = number
        page = model(
            id=self.next_id,
            page_ptr_id=self.next_id,
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            title=item["title"],
            draft_title=item["title"],
            slug=item["slug"],
            url_path=f"{parent.url_path}{item['slug']}/",
            content_type=ContentType.objects.get_for_model(model),
            live=True,
            locale=self.locale,
            first_published_at=NOW,
            last_published_at=NOW,
            latest_revision_created_at=NOW,
            published_on=NOW.date(),
            **fields,
        )
        self.next_id += 1
        self.pages[model].append(page)
        return page

    def body(self, blocks: list[dict[str, Any]]) -> str:
        return json.dumps([self.block(each) for each in blocks])

    def block(self, block: dict[str, Any]) -> dict[str, Any]:
        kind, value = block["type"], block["value"]
        if kind == "heading":
            value = {"text": value, "level": "2"}
        elif kind == "paragraph":
            kind = "text"
            value = re.sub(r"@E(\d+)", lambda found: str(self.experts[int(found[1])].pk), value)
        elif kind == "image":
            chosen = {"image": self.images[value].pk, "alt_text": "Czytelnia", "decorative": False}
            value = {"image": chosen, "caption": ""}
        elif kind == "quote":
            value = {"text": value, "person": "", "source": ""}
        return {"type": kind, "value": value, "id": block["id"]}

    def fill(self) -> None:
        home = Page.objects.get(depth=2)
        index = ExpertIndex.objects.get()
        source = self.source
        text = [{"type": "paragraph", "id": "b", "value": ""}]
        self.experts = [
            self.add(
                Expert,
                index,
                each,
                photo=self.images[each["photo"]],
                body=self.body([{**text[0], "value": each["bio"]}]),
            )
            for each in source["experts"]
        ]
        series = [
            self.add(
                Series, home, each, body=self.body([{**text[0], "value": each["description"]}])
            )
            for each in source["series"]
        ]
        months = [self.month(series, each) for each in source["months"]]
        articles = [self.article(months, each) for each in source["articles"]]
        for each in source["webinars"]:
            self.webinar(months, each)
        self.insert()
        self.relate(months, articles)
        for path, number in self.children.items():
            Page.objects.filter(path=path).update(numchild=number)

    def month(self, series: list[Any], item: dict[str, Any]) -> Any:
        return self.add(
            ThematicMonth,
            series[item["series"]],
            item,
            year=item["year"],
            month=item["month"],
            theme=item["topic"],
            cover=self.images[item["image"]],
            body=self.body(item["body"]),
        )

    def article(self, months: list[Any], item: dict[str, Any]) -> Any:
        return self.add(
            Article,
            months[item["month"]],
            item,
            lead=item["lead"],
            cover=self.images[item["image"]],
            body=self.body(item["body"]),
        )

    def webinar(self, months: list[Any], item: dict[str, Any]) -> None:
        starts = datetime.datetime.fromisoformat(item["starts_at"])
        self.add(
            Webinar,
            months[item["month"]],
            item,
            starts=starts,
            ends=starts + datetime.timedelta(hours=1),
            recording_url=item["recording_url"],
            recording_consent=True,
            body="[]",
        )

    def insert(self) -> None:
        """Django inserts no child model in bulk, so the rows of the parent come first."""
        own = Page._meta.local_concrete_fields
        for model, pages in self.pages.items():
            for start in range(0, len(pages), 200):
                some = pages[start : start + 200]
                Page.objects.bulk_create(
                    Page(**{field.attname: getattr(page, field.attname) for field in own})
                    for page in some
                )
                fields = model._meta.local_concrete_fields
                model._base_manager._insert(some, fields=fields, using="default")

    def relate(self, months: list[Any], articles: list[Any]) -> None:
        MonthExpert.objects.bulk_create(
            MonthExpert(
                month=page,
                expert=self.experts[number],
                sort_order=place,
                invitation=Invitation.CONFIRMED,
            )
            for page, item in zip(months, self.source["months"], strict=True)
            for place, number in enumerate(item["experts"])
        )
        Contribution.objects.bulk_create(
            Contribution(page=page, expert=self.experts[number], sort_order=place)
            for page, item in zip(articles, self.source["articles"], strict=True)
            for place, number in enumerate(item["authors"])
        )
        # The hub's operations ask for topics, which stock grapple does not have.
        topics = Topic.objects.bulk_create(
            Topic(title=f"Temat {number}", slug=f"temat-bench-{number}") for number in range(TOPICS)
        )
        for pages in (months, articles):
            through: Any = type(pages[0]).topics.through
            column = next(f.name for f in through._meta.fields if f.related_model is type(pages[0]))
            through.objects.bulk_create(
                through(**{column: page, "topic": topics[(number + step) % TOPICS]})
                for number, page in enumerate(pages)
                for step in (0, 7)
            )


def set_sequences() -> None:
    """PostgreSQL counts on from the ids that were given; and knows what is in the tables."""
    with connection.cursor() as cursor:
        table = Page._meta.db_table
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
        )
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    peer = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with transaction.atomic():
        Filling(content.load(peer)).fill()
    set_sequences()
    problems = [list(each) for each in Page.find_problems()]
    if any(problems):
        sys.exit(f"The tree of {os.environ['DATABASE_URL']} is broken: {problems}")
