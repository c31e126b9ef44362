"""Pages as other pages list them: on tiles, on shelves of tiles, and as the people who made
something.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models import Contribution, HubImage, HubPage
from cms.sight import Sight
from cms.visibility import can_read, visible

P = TypeVar("P", bound=HubPage)

TILES_ON_A_PAGE = 24
# The model is an app's; it is known here by the foreign key alone.
Expert = Contribution._meta.get_field("expert").related_model


@dataclass(frozen=True)
class Note:
    """A few words on a tile; `moment` when they are a date."""

    text: str
    moment: datetime.date | None = None


@dataclass(frozen=True)
class Tile:
    title: str
    path: str
    kind: str
    lead: str
    image: HubImage | None
    is_portrait: bool
    note: Note | None
    is_locked: bool


class Shelf:
    """Pages below a heading. Their tiles are made when they are shown, so that the pictures of all
    shelves load together.
    """

    def __init__(
        self,
        heading: str | Promise,
        pages: Iterable[HubPage],
        sight: Sight,
        numbers: ListPage | None = None,
    ) -> None:
        self.heading = heading
        self.pages = sight.versions(pages)
        self.sight = sight
        # When there are more pages than one page of the list shows.
        self.numbers = numbers

    @cached_property
    def tiles(self) -> list[Tile]:
        return tiles(self.pages, self.sight)


@dataclass(frozen=True)
class Person:
    name: str
    path: str = ""
    role: str = ""
    portrait: HubImage | None = None


@dataclass(frozen=True)
class Fact:
    """A line of what one wants to know first: when, where, who. With `starts` and `ends` the text
    is a span of Polish time, beside which the browser shows the reader's own.
    """

    label: str | Promise
    text: str | Promise
    url: str = ""
    more: list["Fact"] = field(default_factory=list)
    starts: datetime.datetime | None = None
    ends: datetime.datetime | None = None


NOTES: dict[type[HubPage], Callable[[Any], Note | None]] = {}


def note_of(*models: type[HubPage]) -> Callable[[Callable[[Any], Note | None]], Any]:
    """Register what stands on the tiles of these kinds beside title and lead; without it nothing
    does.
    """

    def register(function: Callable[[Any], Note | None]) -> Callable[[Any], Note | None]:
        NOTES.update(dict.fromkeys(models, function))
        return function

    return register


def day(moment: datetime.date) -> Note:
    return Note(date_format(moment, "DATE_FORMAT"), moment)


def children_of(parent: Page, model: type[P], sight: Sight) -> "QuerySet[P]":
    """Those that the viewer may see. A page that is previewed before it was ever saved has none."""
    if not parent.pk:
        return model.objects.none()
    return visible(model.objects.child_of(parent), viewer=sight.viewer)


def tiles(pages: Iterable[HubPage], sight: Sight) -> list[Tile]:
    """Pages that the viewer may see, as tiles; their pictures are loaded together."""
    pages = list(pages)
    images = sight.images(picture_id(page) for page in pages)
    return [
        Tile(
            title=page.title,
            path=sight.path(page),
            kind=str(page._meta.verbose_name),
            lead=page.lead,
            image=images.get(picture_id(page) or 0),
            is_portrait=is_person(page),
            note=NOTES[type(page)](page) if type(page) in NOTES else None,
            is_locked=bool(page.guarded) and not can_read(page, viewer=sight.viewer),
        )
        for page in pages
    ]


def is_person(page: HubPage) -> bool:
    return isinstance(page, Expert)


def picture_id(page: HubPage) -> int | None:
    photo: int | None = page.photo_id if is_person(page) else None
    return photo or page.cover_id


def page_facts(label: str | Promise, ids: Iterable[int | None], sight: Sight) -> list[Fact]:
    """A line that leads to these pages, without those that the viewer may not see."""
    ids = list(ids)
    pages = sight.links(ids)
    more = [Fact("", pages[pk].title, sight.path(pages[pk])) for pk in ids if pk in pages]
    return [Fact(label, "", more=more)] if more else []


def when(starts: datetime.datetime | None, ends: datetime.datetime | None) -> Fact:
    if starts is None or ends is None:
        return Fact(_("When"), "")
    local = timezone.localtime(starts), timezone.localtime(ends)
    return Fact(_("When"), span(starts, ends), starts=local[0], ends=local[1])


def span(starts: datetime.datetime | None, ends: datetime.datetime | None) -> str:
    """„6 maja 2026 17:00–18:30”, or both days when they differ; a preview may have neither yet."""
    if starts is None or ends is None:
        return ""
    first, last = timezone.localtime(starts), timezone.localtime(ends)
    if first.date() == last.date():
        return f"{date_format(first, 'DATETIME_FORMAT')}–{date_format(last, 'TIME_FORMAT')}"
    return f"{date_format(first, 'DATETIME_FORMAT')} – {date_format(last, 'DATETIME_FORMAT')}"


def days(first: datetime.date | None, last: datetime.date | None) -> str:
    """The same for whole days, one or both of which may be unknown."""
    known = [date_format(each, "DATE_FORMAT") for each in (first, last) if each]
    return " – ".join(dict.fromkeys(known))


def numbered_shelf(
    heading: str | Promise, pages: QuerySet[Any], sight: Sight, number: str | None
) -> Shelf:
    """A shelf of a long list, by page numbers; a wrong number shows the first or the last page."""
    numbers = Paginator(pages, TILES_ON_A_PAGE).get_page(number)
    return Shelf(heading, numbers, sight, numbers)


def contributors(page: HubPage, sight: Sight) -> list[Person]:
    """Who made it. A hidden expert's name is a hidden page's title, so it goes with the page."""
    rows = list(page.contributions.all())
    experts = sight.of(Expert, (row.expert_id for row in rows))
    return [
        person(experts[row.expert_id], sight, role=row.get_role_display())
        if row.expert_id
        else Person(row.name, role=row.get_role_display())
        for row in rows
        if not row.expert_id or row.expert_id in experts
    ]


def contributor_names(rows: Iterable[Contribution], sight: Sight) -> dict[int, list[str]]:
    """Names by the page's primary key, in the order of the rows, without hidden experts'."""
    rows = list(rows)
    experts = sight.of(Expert, (row.expert_id for row in rows))
    names: dict[int, list[str]] = {}
    for row in rows:
        if not row.expert_id or row.expert_id in experts:
            name = experts[row.expert_id].title if row.expert_id else row.name
            names.setdefault(row.page_id, []).append(name)
    return names


def person(
    expert: HubPage, sight: Sight, *, role: str = "", portrait: HubImage | None = None
) -> Person:
    return Person(expert.title, sight.path(expert), role, portrait)


def people(expert_ids: Iterable[int], sight: Sight) -> list[Person]:
    """Experts in this order, with their portraits."""
    expert_ids = list(expert_ids)
    experts = sight.of(Expert, expert_ids)
    portraits = sight.images(expert.photo_id for expert in experts.values())
    return [
        person(experts[pk], sight, portrait=portraits.get(experts[pk].photo_id))
        for pk in expert_ids
        if pk in experts
    ]
