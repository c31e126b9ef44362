"""Named presets of pictures, and the renditions behind them.

Nothing is rendered in a request: the worker (embedded: the thread that commits) makes renditions
when the journal tells of an image. Until then readers get the best that there is.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import Filter, SourceImageIOError

from cms import journal
from cms.models import Change, HubImage, HubRendition, JournalEntry

logger = logging.getLogger("hub.images")


class ImagePreset(models.TextChoices):
    """Named sizes and crops of pictures."""

    TILE = "TILE", _("tile, 8:5")
    HERO = "HERO", _("top of a page, 2:1")
    INLINE = "INLINE", _("in the text, uncropped")
    PORTRAIT = "PORTRAIT", _("portrait, square")
    SHARE = "SHARE", _("shared link, 1200 × 630")


# Wagtail filter specs, smallest first. WebP: every browser since 2020, https://caniuse.com/webp. A
# link's preview stays JPEG, for readers of the Open Graph tags that know nothing newer.
SPECS: dict[ImagePreset, tuple[str, ...]] = {
    ImagePreset.TILE: (
        "fill-400x250|format-webp|webpquality-75",
        "fill-800x500|format-webp|webpquality-75",
    ),
    ImagePreset.HERO: (
        "fill-800x400|format-webp|webpquality-75",
        "fill-1600x800|format-webp|webpquality-70",
    ),
    ImagePreset.INLINE: (
        "width-640|format-webp|webpquality-75",
        "width-1280|format-webp|webpquality-75",
    ),
    ImagePreset.PORTRAIT: (
        "fill-160x160|format-webp|webpquality-75",
        "fill-320x320|format-webp|webpquality-75",
    ),
    ImagePreset.SHARE: ("fill-1200x630|format-jpeg|jpegquality-80",),
}


FILTERS = {spec: Filter(spec=spec) for specs in SPECS.values() for spec in specs}


@dataclass(frozen=True)
class ImageSource:
    """What an <img> needs: addresses, and the size in pixels of the largest one."""

    src: str
    srcset: str
    width: int
    height: int


def source(
    image: HubImage, preset: ImagePreset, *, address: Callable[[str], str] = str
) -> ImageSource:
    """The preset's picture, from renditions that exist (prefetch them); without any, the upload
    itself. `address` makes of a file's URL the one to give away.
    """
    by_spec = {rendition.filter_spec: rendition for rendition in current_renditions(image)}
    made = [by_spec[spec] for spec in SPECS[preset] if spec in by_spec]
    if not made:
        return ImageSource(address(image.file.url), "", image.width, image.height)
    largest = made[-1]
    # A small upload is not enlarged: several specs give one width, which srcset has once.
    by_width = {each.width: each for each in made}
    srcset = ", ".join(f"{address(each.file.url)} {width}w" for width, each in by_width.items())
    return ImageSource(address(largest.file.url), srcset, largest.width, largest.height)


def current_renditions(image: HubImage) -> Iterable[HubRendition]:
    """Those of the present focal point: a moved one makes others."""
    keys = {spec: each.get_cache_key(image) for spec, each in FILTERS.items()}
    return [
        rendition
        for rendition in image.renditions.all()
        if keys.get(rendition.filter_spec) == rendition.focal_point_key
    ]


def make_renditions(image: HubImage) -> None:
    """Make what is missing. A file that cannot be read costs its renditions and nothing else."""
    try:
        image.get_renditions(*FILTERS.values())
    except (SourceImageIOError, OSError, ValueError):
        logger.exception("No renditions of image %s.", image.pk)


@journal.reader("renditions")
def follow(entries: Sequence[JournalEntry]) -> None:
    ids = {
        entry.object_id
        for entry in entries
        if entry.kind == HubImage.content_kind and entry.change != Change.DELETED
    }
    for image in HubImage.objects.filter(pk__in=ids).order_by("pk"):
        make_renditions(image)
