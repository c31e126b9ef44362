"""Writes generated entries, without the pages' own tables: for each entry a bare page."""

import datetime
import time
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page

from cms import journal
from cms.models import Place, Topic
from search import word_counts
from search.analysis import ANALYSER, readings
from search.backends import backend_for, search_server
from search.models import AccessClass, ArchiveEntry, EntryReference, Face
from search.ordering import title_key
from tests.benchmarks.search.texts import TOPICS, WORD, Texts
from thematic_months.models import Article, Expert, Webinar

BATCH = 2_000
SERIES, EXPERTS, PLACES = 12, 50, 30
KINDS = [Article, Article, Article, Webinar, Expert]
FIRST_DAY = datetime.date(2010, 1, 1)


class Filler:
    """An archive that grows."""

    def __init__(self) -> None:
        self.texts = Texts()
        self.home = Page.objects.get(depth=2)
        self.first_child = self.home.numchild
        self.access = AccessClass.objects.create(key="benchmark", face=Face.EVERYONE)
        self.types = [ContentType.objects.get_for_model(model) for model in KINDS]
        with transaction.atomic():
            self.topics = [
                Topic.objects.create(title=f"Temat {number}", slug=f"topic-{number}")
                for number in range(TOPICS)
            ]
            self.places = [
                Place.objects.create(name=f"Miejsce {number}", town="Łódź", slug=f"place-{number}")
                for number in range(PLACES)
            ]
        # Pages that stand for series and experts: their names are read from the table of pages.
        self.named: list[int] = []
        self.size = 0
        self.index_seconds = 0.0
        server = search_server()
        if server is not None:
            server.make_index(is_live=True)
        # Whatever the archive has not followed yet is left out of a search.
        journal.deliver()

    def grow(self, size: int) -> None:
        """Up to so many entries. Only what a backend does with them is counted as index time."""
        numbers = iter(range(self.size, size))
        changes = word_counts.Changes()
        while batch := list(islice(numbers, BATCH)):
            with transaction.atomic():
                entries = self._write(batch)
            began = time.perf_counter()
            # The database's own index, which stands in for the server's, is not made beside it.
            with transaction.atomic():
                backend_for().index(entries)
            self.index_seconds += time.perf_counter() - began
            self._count(changes, entries)
        with transaction.atomic():
            word_counts.write(changes)
        self.size = size
        if server := search_server():
            server.refresh()

    def _write(self, numbers: list[int]) -> list[ArchiveEntry]:
        pages = Page.objects.bulk_create(self._page(number) for number in numbers)
        self.named = self.named or [page.pk for page in pages[: SERIES + EXPERTS]]
        entries = ArchiveEntry.objects.bulk_create(
            self._entry(number, page) for number, page in zip(numbers, pages, strict=True)
        )
        EntryReference.objects.bulk_create(self._references(entries))
        return entries

    def _page(self, number: int) -> Page:
        path = Page._get_path(self.home.path, self.home.depth + 1, self.first_child + number + 1)
        return Page(
            title=f"Strona {number}",
            draft_title=f"Strona {number}",
            slug=f"entry-{number}",
            path=path,
            depth=self.home.depth + 1,
            url_path=f"{self.home.url_path}entry-{number}/",
            content_type=self.types[number % len(KINDS)],
            locale=self.home.locale,
        )

    def _entry(self, number: int, page: Page) -> ArchiveEntry:
        title = self.texts.title()
        return ArchiveEntry(
            kind=KINDS[number % len(KINDS)].content_kind,
            object_id=page.pk,
            access=self.access,
            face=Face.EVERYONE,
            title=title,
            body=self.texts.body(),
            topics_text=self.texts.text(4),
            path=f"/entry-{number}/",
            series_id=self.named[number % (2 * SERIES)] if number % (2 * SERIES) < SERIES else None,
            date=FIRST_DAY + datetime.timedelta(days=number % 6000),
            title_key=title_key(title),
            digest=str(number),
            analyser=ANALYSER,
        )

    def _references(self, entries: list[ArchiveEntry]) -> Iterator[EntryReference]:
        """Two topics, an expert on every second entry, a place on every tenth."""
        for number, entry in enumerate(entries):
            for topic in self.texts.random.sample(self.topics, 2):
                yield EntryReference(
                    entry=entry, kind=topic.content_kind, object_id=topic.pk, slug=topic.slug
                )
            if number % 2:
                expert = self.texts.random.choice(self.named[SERIES:])
                yield EntryReference(entry=entry, kind=Expert.content_kind, object_id=expert)
            if number % 10 == 0:
                place = self.texts.random.choice(self.places).pk
                yield EntryReference(entry=entry, kind=Place.content_kind, object_id=place)

    def _count(self, changes: word_counts.Changes, entries: list[ArchiveEntry]) -> None:
        """As word_counts.count() does, with each word looked up once."""
        for entry in entries:
            found: set[tuple[str, str]] = set()
            for word in set(WORD.findall(f"{entry.title} {entry.topics_text} {entry.body}")):
                found |= read(word)
            for form, lemma in found:
                changes[entry.access_id, form, lemma] += 1


@lru_cache(maxsize=200_000)
def read(word: str) -> frozenset[tuple[str, str]]:
    pairs = set(readings(word))
    return frozenset(pairs | {(lemma, lemma) for _form, lemma in pairs})
