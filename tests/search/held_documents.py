"""A PDF in the archive, and what a test asks of it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cms.models import HubDocument
from cms.visibility import Viewer
from search.archive import ArchiveResults
from tests.factories import (
    CollectionFactory,
    MemberFactory,
)
from tests.pdfs import document, pdf, read_all


@pytest.fixture
def member() -> Viewer:
    return Viewer(member=MemberFactory())


@pytest.fixture
def varia(home) -> HubDocument:
    """A PDF of three pages that no page holds."""
    made = document(
        pdf("Okładka", "Rozmowa o hipopotamach", "Hipopotam i krokodyl"), title="Zbiór tekstów"
    )
    read_all()
    return made


def paths(results: ArchiveResults) -> list[str]:
    return [hit.entry.path for hit in results.hits if hit.entry.kind == "DOCUMENT"]


def count(results: ArchiveResults) -> int:
    """What is shown and what is counted must agree."""
    documents = paths(results)
    assert results.total == len(results.hits)
    return len(documents)


def restrict(page, kind: str = PageViewRestriction.LOGIN, *groups: Group) -> None:
    row = PageViewRestriction.objects.create(page=page, restriction_type=kind)
    row.groups.set(groups)


def private_collection(varia, levels: int = 2):
    """The document goes into a collection that is private by one so far above it."""
    outer = inner = CollectionFactory()
    for _level in range(levels):
        inner = CollectionFactory(parent=inner)
    varia.refresh_from_db()
    varia.collection = inner
    varia.save()
    return outer
