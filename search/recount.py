"""Counts the words of the whole archive once more, while it is searched and written to."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import connection, transaction

from search import word_counts
from search.models import AccessClass, ArchiveEntry, VocabularyWord
from search.tokens import fold

BATCH = 500
# Its writers wait until the transaction ends; SQLite lets in one writer at a time as it is.
LOCK = "LOCK TABLE search_vocabularyword IN SHARE ROW EXCLUSIVE MODE"

# As in word_counts.Changes: access class, form and base form.
Word = tuple[int, str, str]


@dataclass
class Differences:
    """Between the vocabulary and the entries; rows of the vocabulary by their primary key."""

    surplus: list[int] = field(default_factory=list)
    wrong: dict[int, int] = field(default_factory=dict)
    missing: dict[Word, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return len(self.surplus) + len(self.wrong) + len(self.missing)


class Recount:
    """The counts as they are to be. The long work is done without a lock; what changes meanwhile
    is counted at the end, within it."""

    def __init__(self) -> None:
        self.counts: Counter[Word] = Counter()
        # What was counted of each entry, to tell whether it has changed since.
        self.counted: dict[int, tuple[str, int]] = {}
        self.words: dict[int, list[Word]] = {}

    def count_all(self) -> None:
        last = 0
        while entries := list(ArchiveEntry.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
            for entry in entries:
                self._count(entry)
            last = entries[-1].pk

    def _count(self, entry: ArchiveEntry) -> None:
        changes = word_counts.Changes()
        word_counts.count(changes, entry, times=1)
        self.counts.update(changes)
        self.counted[entry.pk] = (entry.digest, entry.access_id)
        self.words[entry.pk] = list(changes)

    def _forget(self, pk: int) -> None:
        self.counts.subtract(self.words.pop(pk))
        del self.counted[pk]

    def differences(self) -> Differences:
        """Within a transaction under the lock."""
        self._catch_up()
        found = Differences()
        counts = {word: number for word, number in self.counts.items() if number > 0}
        rows = VocabularyWord.objects.order_by().values_list(
            "pk", "access_id", "form", "lemma", "documents"
        )
        for pk, access_id, form, lemma, documents in rows.iterator(chunk_size=5_000):
            number = counts.pop((access_id, form, lemma), 0)
            if not number:
                found.surplus.append(pk)
            elif number != documents:
                found.wrong[pk] = number
        found.missing = counts
        return found

    def _catch_up(self) -> None:
        rows = ArchiveEntry.objects.order_by().values_list("pk", "digest", "access_id")
        now = {pk: (digest, access_id) for pk, digest, access_id in rows}
        for pk in [pk for pk, counted in self.counted.items() if now.get(pk) != counted]:
            self._forget(pk)
        new = [pk for pk in now if pk not in self.counted]
        for start in range(0, len(new), BATCH):
            for entry in ArchiveEntry.objects.filter(pk__in=new[start : start + BATCH]):
                self._count(entry)


def compare() -> Differences:
    """Between the vocabulary as it is and as it is to be."""
    recount = Recount()
    recount.count_all()
    with transaction.atomic():
        _lock()
        return recount.differences()


def mend() -> int:
    """Bring the vocabulary to what the entries have; the number of rows that were not so."""
    recount = Recount()
    recount.count_all()
    with transaction.atomic():
        _lock()
        found = recount.differences()
        _apply(found)
    return found.number


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOCK)


def _apply(found: Differences) -> None:
    if not found.number:
        return
    for start in range(0, len(found.surplus), BATCH):
        VocabularyWord.objects.filter(pk__in=found.surplus[start : start + BATCH]).delete()
    VocabularyWord.objects.bulk_update(
        [VocabularyWord(pk=pk, documents=documents) for pk, documents in found.wrong.items()],
        ["documents"],
        batch_size=BATCH,
    )
    VocabularyWord.objects.bulk_create(
        (
            VocabularyWord(
                access_id=access, form=form, folded=fold(form), lemma=lemma, documents=documents
            )
            for (access, form, lemma), documents in found.missing.items()
        ),
        batch_size=BATCH,
    )
    word_counts.mark_changed(AccessClass.objects.values_list("pk", flat=True))
