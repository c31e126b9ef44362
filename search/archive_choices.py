"""What narrows and orders a search in a browser: links and counts."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from search.archive import ArchiveResults
from search.archive_addresses import ORDERS, Address
from search.facets import FacetValue
from search.scope import Facet

# The parameter of the address that each filter is.
PARAMETERS = {
    Facet.KINDS: "rodzaj",
    Facet.TOPICS: "temat",
    Facet.YEARS: "od",
    Facet.SERIES: "seria",
    Facet.EXPERTS: "ekspert",
    Facet.PLACES: "miejsce",
}
# Without being asked to; the others are long, or seldom used.
OPEN = (Facet.KINDS, Facet.TOPICS)


@dataclass(frozen=True)
class Choice:
    """A link that makes or takes back a choice."""

    label: str
    url: str
    number: int = 0
    is_chosen: bool = False


def orders(address: Address) -> list[dict[str, Any]]:
    names = {
        "trafnosc": _("most relevant first"),
        "najnowsze": _("newest first"),
        "najstarsze": _("oldest first"),
        "tytul": _("by title"),
    }
    default = "trafnosc" if address.q else "najnowsze"
    chosen = address.kolejnosc if address.kolejnosc in ORDERS else default
    return [
        {"value": value, "label": label, "is_chosen": value == chosen}
        for value, label in names.items()
        if value != "trafnosc" or address.q
    ]


@dataclass(frozen=True)
class FacetList:
    """The choices of one filter, as links with counts."""

    heading: str
    choices: list[Choice]
    is_open: bool


def facet_lists(results: ArchiveResults, address: Address) -> list[FacetList]:
    headings = {
        Facet.KINDS: _("Kind"),
        Facet.TOPICS: _("Topic"),
        Facet.SERIES: _("Series"),
        Facet.YEARS: _("Year"),
        Facet.EXPERTS: _("Expert"),
        Facet.PLACES: _("Place"),
    }
    made = []
    for facet, values in results.facets.items():
        shown = [value for value in values if value.count or value.is_selected]
        if shown:
            choices = [choice_of(facet, value, address) for value in shown]
            is_open = facet in OPEN or any(value.is_selected for value in shown)
            made.append(FacetList(headings[facet], choices, is_open))
    return made


def choice_of(facet: Facet, value: FacetValue, address: Address) -> Choice:
    if facet == Facet.YEARS:
        years = ("", "") if value.is_selected else (value.value, value.value)
        changed = address.first_page(od=years[0], do=years[1])
    else:
        changed = address.toggled(PARAMETERS[facet], value.value)
    return Choice(value.label, changed.url(), value.count, value.is_selected)


def chips(results: ArchiveResults | None, address: Address) -> list[Choice]:
    """What is chosen, each with the address without it."""
    labels = {
        (PARAMETERS[facet], value.value): value.label
        for facet, values in (results.facets.items() if results else ())
        for value in values
    }
    made = [
        Choice(labels.get((name, value), value), address.toggled(name, value).url())
        for name in ("rodzaj", "temat", "seria", "ekspert", "miejsce")
        for value in getattr(address, name)
    ]
    if address.od or address.do:
        years = "–".join(dict.fromkeys([address.od or "…", address.do or "…"]))
        made.append(Choice(years, address.first_page(od="", do="").url()))
    return made
