"""Polish alphabetical order in SQL: PostgreSQL has it from ICU, SQLite gets it from here."""

import unicodedata
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models import F
from django.db.models.functions import Collate

# A space comes before all letters; what is not in the alphabet is sorted without its accents.
DICTIONARY_ORDER = " 0123456789aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
PLACES = {letter: place for place, letter in enumerate(DICTIONARY_ORDER)}
NAMES = {"sqlite": "polish", "postgresql": "pl-x-icu"}


def polish_order(field: str) -> Collate:
    """The column, to be ordered by as a Polish dictionary does."""
    return Collate(F(field), NAMES[connection.vendor])


@lru_cache(maxsize=4096)
def dictionary_key(text: str) -> tuple[int, ...]:
    letters = (
        each if each in PLACES else unicodedata.normalize("NFKD", each)[:1] for each in text.lower()
    )
    return tuple(PLACES[each] for each in letters if each in PLACES)


def compare(one: str, other: str) -> int:
    """Total, as keyset paging needs: texts that a dictionary does not tell apart keep the order of
    their characters.
    """
    a, b = (dictionary_key(one), one), (dictionary_key(other), other)
    return (a > b) - (a < b)


def teach_sqlite(sender: Any, connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(NAMES["sqlite"], compare)


def connect() -> None:
    connection_created.connect(teach_sqlite, dispatch_uid="polish_collation")
