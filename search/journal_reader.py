"""Follows the journal, so that the archive has what readers may see, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.apps import apps
from django.utils import timezone
from wagtail.models import Page

from cms import journal
from cms.holders import documents_on
from cms.journal import page_kind
from cms.models import Contribution, HubDocument, HubPage, JournalEntry
from cms.tree import Subtrees, TreeState
from search import server
from search.indexing import Thing, is_archived, page_models, refresh
from search.models import ArchiveEntry, EntryReference
from thematic_months.models import Answer, Expert, Question

# Ids in one query.
BATCH = 500


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
    """The things that changed, those below them in the tree, and those that name or hold them."""
    changed = {(kind, pk) for kind, object_ids in ids.items() for pk in object_ids}
    holding = page_kinds() - page_models().keys()
    # Home and index pages hand down nothing but how long they are shown; when their place in the
    # tree changes, or who may see them, the journal has a row for each page below.
    changed |= set(below({pk for kind, pk in changed if kind in page_models()}))
    changed |= set(shown_otherwise({pk for kind, pk in changed if kind in holding}))
    yield from (thing for thing in changed if is_archived(thing[0]))
    yield from naming(changed)
    pages = {pk for kind, pk in changed if kind in page_kinds()}
    yield from ((HubDocument.content_kind, pk) for pk in documents_on(pages))
    questions = {pk for kind, pk in changed if kind == Question.content_kind}
    yield from ((Expert.content_kind, pk) for pk in who_made(pages, questions))


def naming(things: Iterable[Thing]) -> Iterator[Thing]:
    """Entries that have one of these things' names in their text."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in things:
        ids[kind].add(pk)
    for kind, object_ids in ids.items():
        for some in batches(object_ids):
            references = EntryReference.objects.filter(kind=kind, object_id__in=some).order_by()
            yield from references.values_list("entry__kind", "entry__object_id")


def who_made(page_ids: Iterable[int], question_ids: Iterable[int]) -> Iterator[int]:
    """Experts of these pages, and of the answers to these questions: they are found by both."""
    made = Contribution.objects.filter(expert__isnull=False).order_by()
    for some in batches(page_ids):
        yield from made.filter(page__in=some).values_list("expert", flat=True)
    for some in batches(question_ids):
        answers = Answer.objects.filter(question__in=some).order_by()
        yield from answers.values_list("expert", flat=True)


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    in_order = sorted(ids)
    yield from (in_order[start : start + BATCH] for start in range(0, len(in_order), BATCH))


def page_kinds() -> set[str]:
    """Of all pages, those too that are not in the archive themselves."""
    return {model.content_kind for model in apps.get_models() if issubclass(model, HubPage)}


def shown_otherwise(page_ids: set[int]) -> Iterator[Thing]:
    """What below these pages is shown at other times than its entry says, and the pages that have
    no entry."""
    paths = Page.objects.filter(pk__in=page_ids).values_list("path", flat=True)
    pages = Page.objects.filter(Subtrees(paths).cover_q()).order_by()
    entries = ArchiveEntry.objects.filter(kind__in=page_models()).order_by()
    until = dict(entries.values_list("object_id", "access__visible_until"))
    tree = TreeState(timezone.now())
    months = set()
    for page in pages.only("path", "depth", "live", "expire_at", "content_type_id"):
        place = tree.placement(page)
        if not place.shown and page.pk not in until:
            continue
        if (page.pk in until, until.get(page.pk)) == (place.shown, place.until):
            continue
        if kind := page_kind(page.content_type_id):
            yield kind, page.pk
            months.add(page.pk)
    for some in batches(months):
        questions = Question.objects.filter(month__in=some).order_by()
        yield from ((Question.content_kind, pk) for pk in questions.values_list("pk", flat=True))


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
