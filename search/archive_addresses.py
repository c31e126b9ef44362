"""Addresses of the archive's pages: each state of a search has one, to keep, to share and to come
back to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Self

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from search.archive_request import LONGEST_TEXT, MOST_CHOICES
from search.ordering import Order

ORDERS = {
    "trafnosc": Order.RELEVANCE,
    "najnowsze": Order.NEWEST,
    "najstarsze": Order.OLDEST,
    "tytul": Order.TITLE,
}
LONGEST_VALUE = 500


@dataclass(frozen=True)
class Address:
    """Its fields are the parameters of the address, so that it is read and written the same way."""

    q: str = ""
    rodzaj: tuple[str, ...] = ()
    temat: tuple[str, ...] = ()
    seria: tuple[str, ...] = ()
    ekspert: tuple[str, ...] = ()
    miejsce: tuple[str, ...] = ()
    od: str = ""
    do: str = ""
    kolejnosc: str = ""
    # The cursor of the last hit before, and the number of the page that begins after it.
    po: str = ""
    strona: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """What does not fit is cut: an address is text that anybody may have typed."""
        values: dict[str, str | tuple[str, ...]] = {}
        for each in fields(cls):
            texts = [text.strip()[:LONGEST_VALUE] for text in query.getlist(each.name)]
            texts = [text for text in texts if text][:MOST_CHOICES]
            if each.default == ():
                values[each.name] = tuple(dict.fromkeys(texts))
            elif texts:
                values[each.name] = texts[0]
        return cls(**values)  # type: ignore[arg-type]

    @property
    def is_too_long(self) -> bool:
        return len(self.q) > LONGEST_TEXT

    @property
    def year_from(self) -> int | None:
        return year(self.od)

    @property
    def year_to(self) -> int | None:
        return year(self.do)

    @property
    def order(self) -> Order:
        return ORDERS.get(self.kolejnosc, Order.RELEVANCE)

    @property
    def number(self) -> int:
        return (
            int(self.strona) if self.po and self.strona.isdecimal() and len(self.strona) < 6 else 1
        )

    @property
    def is_narrowed(self) -> bool:
        return self != Address(q=self.q, kolejnosc=self.kolejnosc, po=self.po, strona=self.strona)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Its parameters, for forms and addresses."""
        for each in fields(self):
            value = getattr(self, each.name)
            for text in (value,) if isinstance(value, str) else value:
                if text:
                    yield each.name, text

    def url(self, name: str = "archive") -> str:
        query = urlencode(list(self.pairs()))
        return f"{reverse(name)}?{query}" if query else reverse(name)

    def first_page(self, **changes: str | tuple[str, ...]) -> Self:
        return replace(self, po="", strona="", **changes)  # type: ignore[arg-type]

    def toggled(self, name: str, value: str) -> Self:
        """With this choice, or without it when it was made."""
        chosen = getattr(self, name)
        if isinstance(chosen, str):
            return self.first_page(**{name: "" if chosen == value else value})
        rest = tuple(each for each in chosen if each != value)
        return self.first_page(**{name: rest if value in chosen else (*chosen, value)})

    def page_after(self, cursor: str) -> Self:
        return replace(self, po=cursor, strona=str(self.number + 1))


def year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and 0 < int(text[:5]) < 10_000 else None
