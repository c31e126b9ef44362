"""Nothing that somebody typed is lost when their session or their form's token ended meanwhile.

A view that keeps what was typed puts it into the session of the stranger that its sender has
become, and shows it again after the log-in: Django keeps a stranger's session through a log-in. A
form whose CSRF token does not fit is shown again, filled in and with a fresh token.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

F = TypeVar("F", bound=Callable[..., Any])

SESSION_KEY = "typed_forms"
SEAL_FIELD = "sender"
SALT = "cms.typed_forms"
# A form may lie open over a weekend.
SEAL_SECONDS = 4 * 24 * 3600
# A log-in should not take longer.
KEPT_SECONDS = 3600
# Of one stranger: a session is a row of the database.
MOST_FORMS = 3
MOST_CHARACTERS = 40_000


def seal(request: HttpRequest) -> str:
    """Goes into a form, hidden, as SEAL_FIELD: to whom the form was given."""
    return signing.dumps(request.user.pk, salt=SALT)


def sender_of(request: HttpRequest) -> int | None:
    """The member to whom the posted form was given."""
    try:
        sender: int = signing.loads(
            request.POST.get(SEAL_FIELD, ""), salt=SALT, max_age=SEAL_SECONDS
        )
    except signing.BadSignature:
        return None
    return sender


def keeps_typed(view: F) -> F:
    """Decorator, the outermost one: this view shows a form again when `was_refused(request)`."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def was_refused(request: HttpRequest) -> bool:
    """Whether the form came without the token that shows that it was sent on purpose: show it, do
    nothing.
    """
    return getattr(request, "is_csrf_failure", False)


def keep(request: HttpRequest, names: Iterable[str]) -> None:
    """Keep these posted fields until the member to whom the form was given comes back to it.

    A form that was given to nobody is not kept: strangers would fill the table of sessions.
    """
    sender = sender_of(request)
    typed = {name: request.POST.get(name, "") for name in names}
    if sender is None or sum(map(len, typed.values())) > MOST_CHARACTERS:
        return
    kept = {**request.session.get(SESSION_KEY, {})}
    kept.pop(request.path, None)
    kept[request.path] = {"sender": sender, "until": time.time() + KEPT_SECONDS, "typed": typed}
    request.session[SESSION_KEY] = dict(list(kept.items())[-MOST_FORMS:])


def take(request: HttpRequest) -> dict[str, str]:
    """What was kept for the form at this address, for one time; empty when there is nothing, or
    when somebody else logged in: the next reader at a library's public computer.
    """
    kept = {**request.session.get(SESSION_KEY, {})}
    found = kept.pop(request.path, None)
    if found is None:
        return {}
    request.session[SESSION_KEY] = kept
    is_theirs = found["sender"] == request.user.pk and found["until"] > time.time()
    return found["typed"] if is_theirs else {}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The setting CSRF_FAILURE_VIEW."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    if match is not None and getattr(match.func, "keeps_typed", False):
        request.is_csrf_failure = True  # type: ignore[attr-defined]
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        if response.status_code == 200:
            response.status_code = 403
        return response
    return render(request, "403_csrf.html", status=403)
