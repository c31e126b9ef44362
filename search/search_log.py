"""What readers look for, counted by month, so that editors see what is missing: and nothing that
tells who looked.

A search is noted in memory and written by a thread of its own, so that no search waits for it or
fails with it. Until a text was looked for three times in a month only a keyed hash of it is kept:
what is typed once may be a name, and is nobody's business. Who looks for it is not known, so that
one reader can be all three.
"""

import datetime
import hashlib
import hmac
import logging
import re
import threading
from collections import Counter

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from cms import clock
from search.models import SearchedText
from search.tokens import tokens

logger = logging.getLogger("hub.search")

FLUSH_SECONDS = 30.0
# Different texts kept in memory; what comes then is not counted.
MOST_NOTED = 1_000
# From so many searches in a month on a text is readable.
READABLE_FROM = 3
LONGEST = SearchedText._meta.get_field("text").max_length or 0
# E-mail addresses, addresses of pages, and numbers as long as those of phones, cards and persons.
PERSONAL = re.compile(r"@|://|www\.|(?:\d[\s./-]*){5,}", re.IGNORECASE)

Noted = Counter[tuple[str, bool]]


class Log:
    """Of this process, until it is written."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.noted: Noted = Counter()
        self.timer: threading.Timer | None = None

    def note(self, text: str, *, found: bool) -> None:
        """Count a search, once for all its pages; the caller leaves out who only tries or types."""
        text = normalised(text)
        if not settings.SEARCH_LOG_MONTHS or not text:
            return
        with self.lock:
            if (text, found) not in self.noted and len(self.noted) >= MOST_NOTED:
                return
            self.noted[text, found] += 1
            if self.timer is None:
                self.timer = threading.Timer(FLUSH_SECONDS, self.flush_from_thread)
                self.timer.daemon = True
                self.timer.start()

    def flush_from_thread(self) -> None:
        try:
            self.flush()
        except Exception:
            # Counts are not worth a retry, nor is anything else.
            logger.exception("The searches of half a minute could not be counted.")
        finally:
            connection.close()

    def flush(self) -> None:
        with self.lock:
            noted, self.noted = self.noted, Counter()
            if self.timer is not None:
                self.timer.cancel()
            self.timer = None
        if noted:
            write(noted, month=timezone.localdate().replace(day=1))


log = Log()


def normalised(text: str) -> str:
    """In lower case, words alone; empty when it looks personal or is longer than what people look
    for."""
    if PERSONAL.search(text):
        return ""
    words = " ".join(text[token.start : token.end].lower() for token in tokens(text))
    return words if len(words) <= LONGEST else ""


def fingerprint(text: str, month: datetime.date) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"search {month} {text}".encode(), hashlib.sha256).hexdigest()


def write(noted: Noted, *, month: datetime.date) -> None:
    # Sorted, so that two writers lock rows in the same order.
    for (text, found), times in sorted(noted.items()):
        with transaction.atomic():
            row, _created = SearchedText.objects.get_or_create(
                month=month, fingerprint=fingerprint(text, month)
            )
            counts = {"searches": F("searches") + times}
            if not found:
                counts["found_nothing"] = F("found_nothing") + times
            SearchedText.objects.filter(pk=row.pk).update(**counts)
            SearchedText.objects.filter(pk=row.pk, text="", searches__gte=READABLE_FROM).update(
                text=text
            )


@clock.chore
def forget() -> None:
    """Delete what is older than it may be, and of past months what was never readable."""
    this_month = timezone.localdate().replace(day=1)
    rows = SearchedText.objects.order_by()
    rows.filter(month__lt=months_before(this_month, settings.SEARCH_LOG_MONTHS)).delete()
    rows.filter(month__lt=this_month, text="").delete()


def months_before(month: datetime.date, number: int) -> datetime.date:
    years, index = divmod(month.year * 12 + month.month - 1 - number, 12)
    return datetime.date(years, index + 1, 1)
