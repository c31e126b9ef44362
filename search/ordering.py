"""Orders of the archive's results, and places in them."""

import base64
import binascii
import datetime
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from cms.collation import DICTIONARY_ORDER
from search.tokens import fold

Key = float | str
LONGEST_CURSOR = 500


class Order(StrEnum):
    RELEVANCE = "RELEVANCE"
    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    TITLE = "TITLE"

    @property
    def is_descending(self) -> bool:
        return self in (Order.RELEVANCE, Order.NEWEST)

    @property
    def column(self) -> str:
        """What is sorted by, with the entry's number after it."""
        return {Order.RELEVANCE: "relevance", Order.TITLE: "title_key"}.get(self, "date")


class BadCursor(ValueError):
    def __init__(self) -> None:
        super().__init__(
            "The cursor does not come from this search. Leave it out to begin at the start."
        )


@dataclass(frozen=True)
class Position:
    """The place of an entry in an order. It stays right when something is published before it: a
    score, which changes with what is published, is only taken when the entry is found no longer.

    `search` tells one search from another: a place in one is none in another.
    """

    order: Order
    key: Key
    entry_id: int
    search: str = ""

    def encode(self) -> str:
        parts = [self.order, self.key, self.entry_id, self.search]
        content = json.dumps(parts, separators=(",", ":"))
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, cursor: str, *, order: Order, search: str) -> Self:
        """Raises BadCursor for one that this search did not give."""
        if len(cursor) > LONGEST_CURSOR:
            raise BadCursor
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            written_order, key, entry_id, written_search = json.loads(
                base64.b64decode(padded, altchars=b"-_", validate=True)
            )
        except (binascii.Error, UnicodeError, ValueError, TypeError, RecursionError) as error:
            raise BadCursor from error
        if (written_order, written_search) != (order, search):
            raise BadCursor
        if type(entry_id) is not int or not 0 <= entry_id < 2**63:
            raise BadCursor
        if not _is_key(key, order):
            raise BadCursor
        return cls(order, key, entry_id, search)


def _is_key(key: object, order: Order) -> bool:
    if order == Order.RELEVANCE:
        # Not isinstance: true and false are integers too. As an integer of millionths it is still
        # one that a database takes.
        most = {float: 1e12, int: 1e15}.get(type(key), 0)
        return most > 0 and -most < float(str(key)) < most
    if not isinstance(key, str):
        return False
    if order == Order.TITLE:
        return len(key) <= LONGEST_TITLE_KEY and (key == "" or key.isdecimal())
    try:
        datetime.date.fromisoformat(key)
    except ValueError:
        return False
    return len(key) == len("2020-01-01")


PLACES = {letter: str(place) for place, letter in enumerate(DICTIONARY_ORDER, start=10)}
LONGEST_TITLE_KEY = 200


def title_key(title: str) -> str:
    """Digits that sort as the title does in a Polish dictionary, under any collation."""
    letters = "".join(each if each in PLACES else fold(each) for each in title.lower())
    places = [PLACES[each] for each in letters if each in PLACES]
    return "".join(places)[:LONGEST_TITLE_KEY]
