"""What a page type must not forget. Each of these stops the start."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection, models
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Site, get_page_models

from cms.models import HubPage

# Short texts beside the title, open to everyone by the design.
OPEN_TEXT_LENGTH = 1000
# Days. A link that works for longer is forgotten, and is then no preview but a publication.
LONGEST_PREVIEW = 365


def connect() -> None:
    register(Tags.models)(check_page_types)
    register(Tags.database)(check_one_site)
    register(Tags.security)(check_preview)
    register(Tags.security)(check_other_origins)


def hub_pages() -> list[type[HubPage]]:
    return [model for model in get_page_models() if issubclass(model, HubPage)]


def check_page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    messages: list[CheckMessage] = []
    kinds: dict[str, type[HubPage]] = {}
    for model in hub_pages():
        kind = getattr(model, "content_kind", "")
        if not kind or kind in kinds:
            messages.append(
                Error(
                    f"{model.__name__} needs a content_kind of its own.", obj=model, id="hub.E001"
                )
            )
        kinds[kind] = model
        messages += [
            Error(
                f"{model.__name__}.{name} holds text or a file: name it in `guarded`, or readers "
                f"who are not members "
                "see it on a members-only page.",
                obj=model,
                id="hub.E002",
            )
            for name in forgotten(model)
        ]
    return messages


def forgotten(model: type[HubPage]) -> Iterator[str]:
    """Fields that hold a body, a file or an address of a recording, and are not guarded."""
    for field in model._meta.local_fields:
        is_body = isinstance(field, StreamField | RichTextField)
        is_long = (
            isinstance(field, models.TextField) and (field.max_length or 10**9) > OPEN_TEXT_LENGTH
        )
        is_file = isinstance(field, models.FileField) or (
            isinstance(field, models.ForeignKey)
            and issubclass(field.remote_field.model, AbstractDocument)
        )
        if (is_body or is_long or is_file) and field.name not in model.guarded:
            yield field.name


def check_one_site(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Many frontends read the same content; a second Wagtail site would have pages that no path of
    the API reaches.
    """
    # `migrate` runs this check too, when a new database has no tables yet.
    if not databases or Site._meta.db_table not in connection.introspection.table_names():
        return []
    if Site.objects.count() > 1:
        return [Error("The hub has one Wagtail site. Delete the others.", id="hub.E003")]
    return []


def check_preview(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A secret goes to this address: over HTTPS, and behind # so that no server logs it."""
    if not 1 <= settings.PREVIEW_MAX_DAYS <= LONGEST_PREVIEW:
        message = f"PREVIEW_MAX_DAYS must be from 1 to {LONGEST_PREVIEW}."
        return [Error(message, id="hub.E006")]
    address: str = settings.PREVIEW_URL
    if not address:
        return []
    parts = urlsplit(address)
    is_local = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        return [Error("PREVIEW_URL must begin with https://.", id="hub.E004")]
    if "{token}" not in address:
        return [Error("PREVIEW_URL must name where {token} goes.", id="hub.E005")]
    if "{token}" not in parts.fragment:
        hint = "Put {token} behind #, where browsers keep it to themselves."
        return [Warning("PREVIEW_URL lets servers log the token.", hint=hint, id="hub.W001")]
    return []


def check_other_origins(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """With both, every page that a member opens could ask as that member: the answer names the
    asking origin then, since browsers refuse `*` with cookies.
    """
    if settings.CORS_ALLOW_ALL_ORIGINS and settings.CORS_ALLOW_CREDENTIALS:
        message = "CORS_ALLOWED_ORIGINS must name the origins when CORS_ALLOW_CREDENTIALS is true."
        return [Error(message, id="hub.E007")]
    return []
