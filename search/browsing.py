"""The archive without a text: everything of the scope, in an order."""

import datetime

from django.db.models import Q

from search.backends.interface import Ranked, Ranking, Search


def browse(search: Search) -> Ranking:
    column = search.order.column
    sign = "-" if search.order.is_descending else ""
    entries = search.scope.entries()
    page = entries.order_by(f"{sign}{column}", f"{sign}pk")
    if search.after:
        beyond = "lt" if search.order.is_descending else "gt"
        key, entry_id = search.after.key, search.after.entry_id
        page = page.filter(
            Q(**{f"{column}__{beyond}": key}) | Q(**{column: key, f"pk__{beyond}": entry_id})
        )
    rows = list(page.values_list("pk", column)[: search.first + 1])
    return Ranking(
        entries=tuple(Ranked(pk, _key(key)) for pk, key in rows[: search.first]),
        total=entries.count(),
        has_next=len(rows) > search.first,
    )


def _key(value: datetime.date | str) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else value
