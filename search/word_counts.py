"""Keeps the vocabulary: in how many entries of each access class each word is."""

import secrets
from collections import Counter
from collections.abc import Iterable

from django.db import connection

from search.analysis import readings
from search.models import AccessClass, ArchiveEntry, VocabularyWord
from search.tokens import fold

# The same in SQLite and PostgreSQL; the ORM's upsert cannot add to what is there.
ADD = """
    INSERT INTO search_vocabularyword (access_id, form, folded, lemma, documents)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (access_id, form, lemma) DO UPDATE
    SET documents = search_vocabularyword.documents + excluded.documents
"""

# Access class, form and base form, and by how many entries more or fewer.
Changes = Counter[tuple[int, str, str]]


def words_of(entry: ArchiveEntry) -> set[tuple[str, str]]:
    """Each form of an entry with its base form; each base form counts as a form of itself."""
    found = {
        reading
        for text in (entry.title, entry.topics_text, entry.text)
        for reading in readings(text)
    }
    return found | {(lemma, lemma) for _form, lemma in found}


def count(changes: Changes, entry: ArchiveEntry, *, times: int) -> None:
    for form, lemma in words_of(entry):
        changes[entry.access_id, form, lemma] += times


def write(changes: Changes) -> None:
    """Add the changes to the vocabulary, in a transaction of the caller's."""
    rows: list[list[str | int]] = [
        [access, form, fold(form), lemma, documents]
        # Sorted, so that two writers lock rows in the same order.
        for (access, form, lemma), documents in sorted(changes.items())
        if documents
    ]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
    touched = {access for access, _form, _lemma in changes}
    VocabularyWord.objects.filter(access__in=touched, documents__lte=0).delete()
    mark_changed(touched)


def mark_changed(access_ids: Iterable[int]) -> None:
    AccessClass.objects.filter(pk__in=access_ids).update(revision=new_revision())


def new_revision() -> int:
    return secrets.randbits(62)
