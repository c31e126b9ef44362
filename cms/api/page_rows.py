"""Pages of many types in one query, or two: Wagtail's `specific()` makes one for each type.

What Wagtail's own table has comes with the first query; what every HubPage has lies in each type's
table, and comes as a union of them.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.timezone import make_aware
from wagtail.models import Page

from cms.api.selection import LIGHT
from cms.models import HubPage, Topic

SHARED_COLUMNS = [field.attname for field in HubPage._meta.local_concrete_fields]
# What Page in the API answers from the two, so the fields of cms.api.interfaces.
SHARED = LIGHT | {
    "lead",
    "cover",
    "topics",
    "audience",
    "locked",
    "publishedOn",
    "updatedAt",
    "licence",
    "seo",
    "parent",
    "breadcrumbs",
}
READ = {
    "id",
    "path",
    "depth",
    "live",
    "expire_at",
    "title",
    "slug",
    "content_type_id",
    "url_path",
    "seo_title",
    "search_description",
    "first_published_at",
    "last_published_at",
    "latest_revision_id",
    "has_unpublished_changes",
}
# In the order of the table, as from_db() wants them.
PAGE_COLUMNS = [each.attname for each in Page._meta.concrete_fields if each.attname in READ]
TOPIC_COLUMNS = [field.attname for field in Topic._meta.concrete_fields]


def specific_pages(pages: Any, names: Collection[str]) -> list[Page]:
    """The pages as their specific types, with what the selected names need: more than that would be
    loaded page by page.
    """
    wanted = frozenset(names)
    # Django takes longer to write ORDER BY for a wide table than one would think.
    pages = pages.order_by()
    if not wanted <= SHARED:
        return list(pages.specific())
    found = light_pages(pages)
    if not wanted <= LIGHT:
        add_shared_columns(found)
    return found


def light_pages(pages: Any) -> list[Page]:
    """As `specific(defer=True)`, with those columns alone that the API and the guard read: what is
    not read is a third of the work.
    """
    found: list[Page] = []
    type_column = PAGE_COLUMNS.index("content_type_id")
    for values in pages.values_list(*PAGE_COLUMNS):
        model: Any = ContentType.objects.get_for_id(values[type_column]).model_class()
        columns = [*PAGE_COLUMNS, "page_ptr_id"]
        found.append(model.from_db("default", columns, [*values, values[0]]))
    return found


def add_shared_columns(pages: Iterable[Page]) -> None:
    by_type: dict[type[HubPage], dict[int, HubPage]] = defaultdict(dict)
    for page in pages:
        if isinstance(page, HubPage):
            by_type[type(page)][page.pk] = page
    rows = union(
        model._base_manager.filter(pk__in=of_type).values_list("page_ptr_id", *SHARED_COLUMNS)
        for model, of_type in by_type.items()
    )
    by_id = {pk: page for of_type in by_type.values() for pk, page in of_type.items()}
    for pk, *values in rows:
        by_id[pk].__dict__.update(zip(SHARED_COLUMNS, values, strict=True))


def updated_at(page: Any) -> datetime.datetime:
    """When the page was last published; noon of its date when it never was, as with what a program
    made or a preview shows. Wants add_published_on() for a page that is not loaded as its type.
    """
    # Not the moment of the latest revision: it would tell that somebody edits a draft.
    moment: datetime.datetime | None = page.last_published_at or page.first_published_at
    return moment or make_aware(datetime.datetime.combine(page.published_on, datetime.time(12)))


def add_published_on(pages: Iterable[Page]) -> None:
    """For updated_at(); one query, and none when all pages were published."""
    lacking = {page.pk: page for page in pages if not page.last_published_at}
    types = {page.content_type_id for page in lacking.values()}
    models: Any = [ContentType.objects.get_for_id(each).model_class() for each in sorted(types)]
    rows = union(
        model._base_manager.filter(pk__in=lacking).values_list("page_ptr_id", "published_on")
        for model in models
    )
    for pk, published_on in rows:
        lacking[pk].published_on = published_on


def topics_of(pages: Sequence[tuple[type[Model], str, int]]) -> dict[int, list[Topic]]:
    """Topics by the page's primary key, by title. Pages are given as their table of topics, its
    column for them, and the primary key, which is unique among all pages.
    """
    tables: dict[tuple[type[Model], str], list[int]] = defaultdict(list)
    for through, column, pk in pages:
        tables[through, column].append(pk)
    rows = union(
        through._base_manager.filter(**{f"{column}__in": ids}).values_list(
            column, *(f"topic__{name}" for name in TOPIC_COLUMNS)
        )
        for (through, column), ids in tables.items()
    )
    topics: dict[int, list[Topic]] = defaultdict(list)
    for pk, *values in rows:
        topics[pk].append(Topic.from_db("default", TOPIC_COLUMNS, values))
    for found in topics.values():
        found.sort(key=lambda topic: (topic.title, topic.pk))
    return topics


def union(querysets: Iterable[Any]) -> Any:
    first, *rest = [each.order_by() for each in querysets] or [Page.objects.none()]
    return first.union(*rest, all=True) if rest else first
