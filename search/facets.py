"""Counts of an answer as readers are shown them: named, in order, and never of what the viewer may
not see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from wagtail.models import Page

from cms.models import Topic
from cms.visibility import Viewer, visible
from search.backends.interface import Counts
from search.indexing import archived_models
from search.narrowing import MODELS
from search.scope import Facet, Scope

MOST_SHOWN = 50
PAGES = (Facet.SERIES, Facet.EXPERTS)


@dataclass(frozen=True)
class FacetValue:
    """`value` is what the filter takes."""

    value: str
    label: str
    count: int
    is_selected: bool


# Of each value in the index: what the filter takes, and its name.
Names = Mapping[str | int, tuple[str, str]]


def facet_values(
    found: Mapping[Facet, Counts], scope: Scope, *, viewer: Viewer
) -> dict[Facet, tuple[FacetValue, ...]]:
    keys = {
        facet: [*counts, *(value for value in _chosen(scope, facet) if value not in counts)]
        for facet, counts in found.items()
    }
    pages = _page_names([key for facet in PAGES for key in keys.get(facet, ())], viewer)
    return {
        facet: tuple(_values(facet, counts, _names(facet, keys[facet], pages, viewer), scope))
        for facet, counts in found.items()
    }


def _chosen(scope: Scope, facet: Facet) -> set[str | int]:
    return {value for choice in scope.choices(facet) for value in choice}


def _values(facet: Facet, counts: Counts, names: Names, scope: Scope) -> list[FacetValue]:
    chosen = _chosen(scope, facet)
    values = [
        FacetValue(
            value=value,
            label=label,
            count=counts.get(key, 0),
            is_selected=_has_year(scope, key) if facet == Facet.YEARS else key in chosen,
        )
        for key, (value, label) in names.items()
    ]
    if facet == Facet.YEARS:
        return sorted(values, key=lambda each: each.value, reverse=True)[:MOST_SHOWN]
    # What is chosen stays in sight, to be undone.
    values.sort(key=lambda each: (not each.is_selected, -each.count, each.label, each.value))
    return sorted(values[:MOST_SHOWN], key=lambda each: (-each.count, each.label, each.value))


def _has_year(scope: Scope, year: str | int) -> bool:
    if scope.year_from is None and scope.year_to is None:
        return False
    return (scope.year_from or 0) <= int(year) <= (scope.year_to or 9999)


def _page_names(keys: list[str | int], viewer: Viewer) -> Names:
    """Of series and experts at once, from the table that all pages share."""
    pages = (
        visible(Page.objects.filter(pk__in=keys), viewer=viewer) if keys else Page.objects.none()
    )
    rows = pages.order_by().values_list("pk", "slug", "title")
    return {pk: (slug, title) for pk, slug, title in rows}


def _names(facet: Facet, keys: list[str | int], pages: Names, viewer: Viewer) -> Names:
    if not keys:
        return {}
    if facet in PAGES:
        return {key: pages[key] for key in keys if key in pages}
    if facet == Facet.KINDS:
        return {key: (str(key), kind_label(str(key))) for key in sorted(map(str, keys))}
    if facet == Facet.YEARS:
        return {key: (str(key), str(key)) for key in keys}
    if facet == Facet.TOPICS:
        topics = visible(Topic.objects.filter(slug__in=keys), viewer=viewer)
        return {topic.slug: (topic.slug, topic.title) for topic in topics}
    named = MODELS[facet]._default_manager.filter(pk__in=keys)
    things: list[Any] = list(visible(named, viewer=viewer))
    return {thing.pk: (thing.slug, str(thing)) for thing in things}


def kind_label(kind: str) -> str:
    """The Polish name of things of this kind, in the plural."""
    model = archived_models()[kind]
    with translation.override("pl"):
        return capfirst(str(model._meta.verbose_name_plural))
