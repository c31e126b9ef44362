"""The passage that a hit shows, and the page of the PDF that it is from."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.safestring import SafeString

from search.highlight import Marker
from search.models import ArchiveEntry


def pages_of(entry: ArchiveEntry) -> Iterator[str]:
    """The text of each page, the first one first."""
    for start, end in pairwise([*entry.page_starts, len(entry.body) + 1]):
        yield entry.body[start : end - 1]


def passage_of(entry: ArchiveEntry, marker: Marker) -> tuple[SafeString, int | None]:
    """The best passage. Of a PDF it is on the page with most of the words beside each other, the
    first such one; without a page when the words stand beside its text."""
    best, most = "", 0
    number = None
    for each, text in enumerate(pages_of(entry), 1):
        together = marker.most_together(text)
        if together > most:
            best, most, number = text, together, each
    if number is None:
        return marker.passage(entry.text), None
    return marker.passage(best), number
