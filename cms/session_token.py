"""A member known by the token of allauth's headless API, for frontends that keep no cookie of ours
(docs/frontend.md).
"""

import re

from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from django.http import HttpRequest

HEADER = "X-Session-Token"
# Keys of sessions, as Django makes them.
TOKEN = re.compile(r"[a-z0-9]{32}", re.ASCII)


class InvalidSessionToken(Exception):
    """Malformed, unknown, ended, or of somebody who has not finished logging in."""


def know_by_token(request: HttpRequest) -> None:
    """Make the bearer of the header `X-Session-Token` the request's user; the token wins over a
    cookie.

    Without the header nothing happens; with one that nobody's session has it raises
    InvalidSessionToken, so that no member is answered as a stranger without learning of it.
    """
    token = request.headers.get(HEADER)
    if token is None:
        return
    found = authenticate_by_x_session_token(token) if TOKEN.fullmatch(token) else None
    if found is None:
        raise InvalidSessionToken
    request.user = found[0]
