import re

# PostgreSQL has no NUL character, and half a surrogate pair has no UTF-8.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def is_storable(text: str) -> bool:
    """Whether every database and every answer can hold the text."""
    return UNSTORABLE.search(text) is None
