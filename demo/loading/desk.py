"""What the parts of a load share: things by slug, dates from today, pages put into the tree."""

import datetime
import json
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from wagtail.models import Page

from cms.models import Contribution, ContributionRole, HubPage, Licence, Place, Topic
from demo import markup
from demo.content import Content, ContentError, Entry
from demo.loading.library import Library
from demo.markup import Block, Reference
from home.models import HomePage, Partner, Partnership
from members.models import Member
from thematic_months.models import Expert

P = TypeVar("P", bound=HubPage)
T = TypeVar("T")


class Desk:
    def __init__(self, content: Content, library: Library) -> None:
        self.content = content
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.library = library
        self.home = HomePage.objects.get()
        self.topics: dict[str, Topic] = {}
        self.places: dict[str, Place] = {}
        self.partners: dict[str, Partner] = {}
        self.pages: dict[str, HubPage] = {}
        self.accounts: dict[str, Member] = {}
        # Pages whose texts name pages that did not exist yet.
        self.unfinished: list[tuple[HubPage, list[Block]]] = []

    # Things by slug

    def find(self, things: dict[str, T], slug: str, where: str) -> T:
        if slug not in things:
            raise ContentError(where, f"there is no “{slug}”")
        return things[slug]

    def expert(self, slug: str, where: str) -> Expert:
        page = self.find(self.pages, slug, where)
        if not isinstance(page, Expert):
            raise ContentError(where, f"“{slug}” is no expert")
        return page

    def index(self, kind: str) -> HubPage:
        """The page that holds all experts, projects, …"""
        return self.pages[self.content.site.entry("index").entry(kind)["slug"]]

    def place(self, entry: Entry, key: str = "place") -> Place | None:
        return self.find(self.places, entry[key], entry.where) if entry.get(key) else None

    # Moments

    def moment(self, day: datetime.date, time: str = "12:00") -> datetime.datetime:
        hour = datetime.time.fromisoformat(time)
        return timezone.make_aware(datetime.datetime.combine(day, hour))

    def day_of(self, entry: Entry, month: datetime.date | None = None) -> datetime.date:
        """`days_from_now`, a whole date, or a day of the month."""
        if "days_from_now" in entry:
            return self.today + datetime.timedelta(days=entry["days_from_now"])
        day = entry["day"]
        if isinstance(day, datetime.date):
            return day
        if month is None:
            raise ContentError(entry.where, "“day” must be a whole date here")
        try:
            return month.replace(day=day)
        except ValueError as error:
            raise ContentError(entry.where, f"the month has no day {day}") from error

    def span(
        self, entry: Entry, month: datetime.date | None = None
    ) -> dict[str, datetime.datetime]:
        starts = self.moment(self.day_of(entry, month), entry["hour"])
        return {"starts": starts, "ends": starts + datetime.timedelta(minutes=entry["minutes"])}

    # Pages

    def common(self, entry: Entry, published: datetime.date) -> dict[str, Any]:
        """Fields of every page. Nothing that is live was published in the future."""
        return {
            "title": entry["title"],
            "slug": entry["slug"],
            "lead": entry["lead"],
            "audience": entry.get("audience", "PUBLIC"),
            "licence": entry.get("licence", Licence.CC_BY_SA_4),
            "published_on": min(published, self.today),
            "owner": self.accounts.get("redaktor"),
        }

    def add(self, parent: Page, page: P, entry: Entry, *, live: bool = True) -> P:
        """Put the page below its parent, with its topics and as much of its text as is ready."""
        moment = min(self.moment(page.published_on), self.now)
        page.live = live
        page.has_unpublished_changes = not live
        page.first_published_at = page.last_published_at = moment if live else None
        page.latest_revision_created_at = moment
        if "topics" in entry:
            page.topics = [self.find(self.topics, slug, entry.where) for slug in entry["topics"]]
        self.write(page, self.blocks(entry))
        parent.add_child(instance=page)
        self.pages[page.slug] = page
        return page

    def write(self, page: HubPage, blocks: list[Block]) -> None:
        """Give the page its text; blocks that name pages still to come wait in `unfinished`."""
        ready = [block for block in blocks if self.is_ready(block)]
        if len(ready) < len(blocks):
            self.unfinished.append((page, blocks))
        if blocks:
            page.body = json.dumps(markup.stream(ready, self.identify))

    def finish(self) -> None:
        """Once all pages exist: the texts that had to wait."""
        waiting, self.unfinished = self.unfinished, []
        for page, blocks in waiting:
            page.body = json.dumps(markup.stream(blocks, self.identify))
            page.save()

    def blocks(self, entry: Entry) -> list[Block]:
        blocks = markup.parse(entry.get("body", ""), entry.where)
        for block in blocks:
            self.check(block)
        return blocks

    def check(self, block: Block) -> None:
        for reference in markup.references(block):
            if reference.kind == "page" and reference.name not in self.content.page_slugs:
                raise ContentError(block.where, f"there is no page “{reference.name}”")
            if reference.kind == "document" and reference.name not in self.library.documents:
                raise ContentError(block.where, f"there is no document “{reference.name}”")

    def is_ready(self, block: Block) -> bool:
        named = (each.name for each in markup.references(block) if each.kind == "page")
        return all(name in self.pages for name in named)

    def identify(self, reference: Reference) -> int:
        if reference.kind == "image":
            return self.library.scene(reference.name).pk
        things: dict[str, Any] = {"page": self.pages, "document": self.library.documents}[
            reference.kind
        ]
        return things[reference.name].pk

    # Relations

    def contribution(self, who: str, role: ContributionRole, where: str) -> Contribution:
        """By an expert's slug or a plain name."""
        if " " in who:
            return Contribution(name=who, role=role)
        return Contribution(expert=self.expert(who, where), role=role)

    def credit(self, page: HubPage, people: list[str], role: ContributionRole, where: str) -> None:
        page.contributions = numbered([self.contribution(who, role, where) for who in people])

    def partnerships(self, entry: Entry) -> list[Partnership]:
        return numbered(
            [
                Partnership(
                    partner=self.find(self.partners, row["slug"], row.where),
                    role=row.get("role", ""),
                    years=row.get("years", ""),
                )
                for row in entry.entries("partners")
            ]
        )


R = TypeVar("R", bound=models.Model)


def numbered(rows: list[R]) -> list[R]:
    """Rows in the order of their file."""
    for number, row in enumerate(rows):
        row.sort_order = number  # type: ignore[attr-defined]
    return rows
