"""What the factories of pages and of things share."""

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page


def home_page() -> Page:
    return Page.objects.get(depth=2).specific


def body(*paragraphs: str) -> list[tuple[str, str]]:
    """Paragraphs as a StreamField takes them."""
    return [("text", f"<p>{paragraph}</p>") for paragraph in paragraphs]


def in_hours(hours: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=hours)


class HubFactory(DjangoModelFactory):
    """Makes things in a transaction, as the journal demands, also in a test that commits."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: Any, **kwargs: Any) -> models.Model:
        with transaction.atomic():
            return super()._create(model_class, *args, **kwargs)
