"""Preview tokens: who is given one, and what its bearer sees (docs/adr/0007)."""

import datetime
import hashlib
import re
import secrets
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from cms.models import HubPage, PreviewToken
from cms.paths import path_of
from cms.visibility import PreviewScope, Viewer

HEADER = "Preview-Token"
# 256 random bits as secrets.token_urlsafe() writes them.
SECRET_BYTES = 32
SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)

KEPT_AFTER_THE_END = datetime.timedelta(days=90)

OWN_HOURS = 1
# An editor's preview is made anew with each look; more than these at once nobody has open.
OWN_TOKENS = 20


class InvalidPreviewToken(Exception):
    """Malformed, unknown, expired or revoked: which of them is nobody's business."""


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str, moment: datetime.datetime) -> PreviewToken:
    """The usable token with this secret; raises InvalidPreviewToken when there is none."""
    if SECRET.fullmatch(secret):
        # By the digest: how long the look-up takes tells nothing of other secrets.
        rows = PreviewToken.objects.usable(moment).filter(digest=digest_of(secret))
        token = rows.select_related("page").first()
        if token is not None:
            return token
    raise InvalidPreviewToken


def scope_of(token: PreviewToken, *, address: str = "") -> PreviewScope:
    return PreviewScope(
        token.page.path,
        with_descendants=token.with_descendants,
        content=token.content,
        address=address,
    )


def look_through_token(request: HttpRequest) -> None:
    """Make the request's viewer see what its header `Preview-Token` opens.

    Without the header nothing happens; with one that opens nothing it raises InvalidPreviewToken,
    so that nobody takes what is published for the draft.
    """
    secret = request.headers.get(HEADER)
    if secret is None:
        return
    moment = timezone.now()
    scope = scope_of(find_token(secret, moment))
    user = getattr(request, "user", None)
    request._hub_viewer = Viewer(  # type: ignore[attr-defined]
        member=user if user is not None and user.is_authenticated else None,
        preview=scope,
        now=moment,
    )


def make_token(
    page: Page, *, recipient: str, creator: Any, days: int, with_descendants: bool = False
) -> tuple[PreviewToken, str]:
    """A token to give away, and its secret, which nobody can learn again."""
    if not 1 <= days <= settings.PREVIEW_MAX_DAYS:
        raise ValueError(f"A preview lasts from 1 to {settings.PREVIEW_MAX_DAYS} days.")
    moment = timezone.now()
    # Names of recipients are not kept for good.
    PreviewToken.objects.filter(expires_at__lt=moment - KEPT_AFTER_THE_END).delete()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    token = PreviewToken.objects.create(
        page_id=page.pk,
        with_descendants=with_descendants,
        digest=digest_of(secret),
        recipient=recipient,
        created_by=creator,
        expires_at=moment + datetime.timedelta(days=days),
    )
    return token, secret


def make_own_token(page: HubPage, *, editor: Any) -> str:
    """The secret of a token for the editor's own eyes: the page as it is in the editor's form,
    saved or not.
    """
    moment = timezone.now()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    PreviewToken.objects.create(
        page_id=page.pk,
        with_descendants=page.previewed_with_children,
        digest=digest_of(secret),
        content=page.serializable_data(),
        created_by=editor,
        expires_at=moment + datetime.timedelta(hours=OWN_HOURS),
    )
    own = PreviewToken.objects.filter(created_by=editor, content__isnull=False)
    newest = list(own.values_list("pk", flat=True)[:OWN_TOKENS])
    own.exclude(pk__in=newest).delete()
    own.filter(expires_at__lte=moment).delete()
    return secret


def frontend_address(page: Page, secret: str) -> str:
    """Where the frontend shows the preview, by the setting PREVIEW_URL."""
    address: str = settings.PREVIEW_URL
    return address.replace("{path}", quote(path_of(page))).replace("{token}", secret)
