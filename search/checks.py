"""Stops the start when a page type says of something to search that nobody knows how to read, and
warns of an archive that another version has analysed, and of a search without its dictionary."""

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from cms.models import HubPage
from search import morphology
from search.analysis import ANALYSER
from search.models import ArchiveEntry
from search.page_texts import text_reader


@register(Tags.models)
def check_pages_can_be_indexed(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    pages = [model for model in apps.get_models() if issubclass(model, HubPage)]
    return [problem for model in pages for problem in unreadable(model)]


def unreadable(model: type[HubPage]) -> list[CheckMessage]:
    names = (*model.open_text, *model.guarded)
    return [
        Error(
            f"The archive cannot read the text of {model.__name__}.{name}.",
            hint="Add the relation to CHILD_TEXTS in search/page_texts.py, or take the name away.",
            obj=model,
            id="search.E001",
        )
        for name in names
        if text_reader(model, name) is None
    ]


# Those of a database run where one is at hand: in migrate, and in check --database default.
@register(Tags.database)
def check_analyser(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    try:
        outdated = ArchiveEntry.objects.exclude(analyser=ANALYSER).count()
    except DatabaseError:
        # Before the first migrations there is nothing to be outdated.
        return []
    if not outdated:
        return []
    return [
        Warning(
            f"{outdated} entries of the archive were analysed by another version or dictionary "
            f"than this one ({ANALYSER}).",
            hint="Run manage.py search_index rebuild; the archive stays searchable meanwhile.",
            id="search.W001",
        )
    ]


@register(Tags.compatibility)
def check_dictionary(app_configs: object, **kwargs: object) -> list[CheckMessage]:
    if morphology.has_dictionary():
        return []
    return [
        Warning(
            "There is no Morfeusz, the Polish dictionary: the archive search knows endings "
            "instead of words, and finds less.",
            hint="docs/operators.md says on which machines it can be installed.",
            id="search.W002",
        )
    ]
