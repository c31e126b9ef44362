"""Cursors of `changes`: the number of a row of the journal, which is nobody's business, since
between two of them it would count the changes to what is hidden.

Sealed as in RFC 5297 (a tag over the number, and the number under a pad made from the tag), with
HMAC-SHA256 as the pseudo-random function. One number gives one cursor, in every process.
"""

import base64
import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac

NUMBER_BYTES = 8
TAG_BYTES = 16
# What 24 bytes are in base64, which needs no padding for them.
CURSOR_LENGTH = 32


def seal(number: int) -> str:
    plain = number.to_bytes(NUMBER_BYTES, "big")
    tag = tag_of(plain, settings.SECRET_KEY)
    return base64.urlsafe_b64encode(tag + under_pad(plain, tag, settings.SECRET_KEY)).decode()


def unseal(cursor: str) -> int:
    """The number. Raises ValueError for what the hub did not seal with a key that it still knows:
    SECRET_KEY or one of SECRET_KEY_FALLBACKS.
    """
    if len(cursor) != CURSOR_LENGTH:
        raise ValueError("A cursor has another length.")
    sealed = base64.urlsafe_b64decode(cursor.encode("ascii"))
    tag, hidden = sealed[:TAG_BYTES], sealed[TAG_BYTES:]
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        plain = under_pad(hidden, tag, key)
        if hmac.compare_digest(tag, tag_of(plain, key)):
            return int.from_bytes(plain, "big")
    raise ValueError("No key opens the cursor.")


def tag_of(plain: bytes, key: str | bytes) -> bytes:
    return digest("tag", plain, key)[:TAG_BYTES]


def under_pad(number: bytes, tag: bytes, key: str | bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(number, digest("pad", tag, key), strict=False))


def digest(purpose: str, value: bytes, key: str | bytes) -> bytes:
    return salted_hmac(f"changes.{purpose}", value, secret=key, algorithm="sha256").digest()
