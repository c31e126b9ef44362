"""Follows the journal, so that the archive has what readers may see, and nothing else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from wagtail.models import Page

from cms import journal
from cms.journal import page_kind
from cms.models import JournalEntry
from cms.tree import Subtrees
from search import server
from search.indexing import Thing, is_archived, page_models, refresh
from search.models import EntryReference
from thematic_months.models import Question


@journal.reader("archive")
def follow(entries: Sequence[JournalEntry]) -> None:
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.object_id)
    # A set, since a month and its articles often change together.
    refresh(sorted(set(affected(ids))))


# After the database's own: readers are served in the order in which they registered.
@journal.reader("archive-server")
def follow_with_server(entries: Sequence[JournalEntry]) -> None:
    """A failing search server keeps no other reader waiting, and is tried again by itself."""
    server.push()


def affected(ids: dict[str, set[int]]) -> Iterator[Thing]:
    """The things that changed, those below them in the tree, and those that name them."""
    for kind, object_ids in ids.items():
        if is_archived(kind):
            yield from ((kind, object_id) for object_id in object_ids)
        references = EntryReference.objects.filter(kind=kind, object_id__in=object_ids)
        yield from references.values_list("entry__kind", "entry__object_id")
    # Of home and index pages nothing is inherited but their place in the tree; when that changes,
    # the journal has a row for each page below.
    page_ids = set().union(
        *(object_ids for kind, object_ids in ids.items() if kind in page_models())
    )
    yield from below(page_ids)


def below(page_ids: set[int]) -> Iterator[Thing]:
    """What hangs on these pages: a month takes its articles, webinars and questions with it."""
    paths = Page.objects.filter(pk__in=page_ids).values_list("path", flat=True)
    pages = Page.objects.filter(Subtrees(paths).cover_q()).order_by()
    for pk, content_type_id in pages.values_list("pk", "content_type_id"):
        kind = page_kind(content_type_id)
        if kind and is_archived(kind):
            yield kind, pk
    questions = Question.objects.filter(month__in=pages.values("pk")).order_by()
    yield from ((Question.content_kind, pk) for pk in questions.values_list("pk", flat=True))
