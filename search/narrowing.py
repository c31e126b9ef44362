"""What a viewer has chosen, as filters or in the text of the query, among what this viewer may see.

A value that nobody knows, or that names what is hidden from this viewer, finds nothing.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from cms.models import Place, Topic
from cms.visibility import Viewer, visible
from search.morphology import query_lemmas
from search.query_language import ParsedQuery
from search.scope import Facet, Scope
from search.tokens import fold, tokens
from thematic_months.models import Expert, Series

# Things that a name in a query is compared with.
MOST_NAMED = 5000

MODELS: dict[Facet, type[Model]] = {
    Facet.SERIES: Series,
    Facet.EXPERTS: Expert,
    Facet.PLACES: Place,
}


def with_filters(scope: Scope, chosen: dict[Facet, Sequence[str]], *, viewer: Viewer) -> Scope:
    for facet, values in chosen.items():
        if facet in MODELS and values:
            things = visible(MODELS[facet]._default_manager.filter(slug__in=values), viewer=viewer)
            scope = scope.narrowed(facet, tuple(things.order_by("pk").values_list("pk", flat=True)))
        else:
            scope = scope.narrowed(facet, tuple(values))
    return scope


def with_operators(scope: Scope, query: ParsedQuery, *, viewer: Viewer) -> Scope:
    if query.authors:
        scope = scope.narrowed(Facet.EXPERTS, named(Expert, "pk", query.authors, viewer=viewer))
    if query.topics:
        scope = scope.narrowed(Facet.TOPICS, named(Topic, "slug", query.topics, viewer=viewer))
    for years in query.years:
        scope = scope.within(years.first, years.last)
    return scope


def named(
    model: type[Model], key: str, names: Sequence[str], *, viewer: Viewer
) -> tuple[str | int, ...]:
    """Keys of the things with any of these names: those that are called exactly so, else those with
    all its words, in whatever form.
    """
    things: list[Any] = list(
        visible(model._default_manager.all(), viewer=viewer)
        .order_by("pk")
        .values_list(key, "slug", "title")[:MOST_NAMED]
    )
    words = {key: _words(title) for key, _slug, title in things}
    found: dict[str | int, None] = {}
    for name in names:
        plain = " ".join(name.split())
        exact = [
            each
            for each, slug, title in things
            if slug == plain.lower() or fold(title) == fold(plain)
        ]
        wanted = [_forms(token.forms) for token in tokens(plain)]
        found |= dict.fromkeys(
            exact
            or [
                each
                for each, has in words.items()
                if wanted and all(not forms.isdisjoint(has) for forms in wanted)
            ]
        )
    return tuple(found)


def _words(text: str) -> set[str]:
    return {form for token in tokens(text) for form in _forms(token.forms)}


def _forms(forms: Sequence[str]) -> set[str]:
    """How a word may be recognised: as it is, and by its base forms, without diacritics."""
    return {fold(each) for form in forms for each in (form, *query_lemmas(form))}
