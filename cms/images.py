"""Named presets of pictures, and the renditions behind them.

Nothing is rendered in a request: the worker (embedded: the thread that commits) makes renditions
when the journal tells of an image. Until then readers get the best that there is.
"""

import logging
from collections.abc import Callable, Collection, Sequence
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
    COVER = "COVER", _("cover of a book, uncropped")
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
    ImagePreset.COVER: (
        "max-300x450|format-webp|webpquality-75",
        "max-600x900|format-webp|webpquality-75",
    ),
    ImagePreset.SHARE: ("fill-1200x630|format-jpeg|jpegquality-80",),
}


FILTERS = {spec: Filter(spec=spec) for specs in SPECS.values() for spec in specs}

RENDITION_FILE = HubRendition._meta.get_field("file")
# A picture in a list is read hundreds of times a second: what only editors see stays behind, and
# renditions are plain rows, since a model with an image field is slow to make.
LEFT_BEHIND = {"created_at", "uploaded_by_user_id", "file_size", "file_hash"}
COLUMNS = [
    field.attname for field in HubImage._meta.concrete_fields if field.attname not in LEFT_BEHIND
]
MADE_COLUMNS = [
    f"renditions__{name}" for name in ("filter_spec", "focal_point_key", "file", "width", "height")
]


@dataclass(frozen=True)
class ImageSource:
    """What an <img> needs: addresses, and the size in pixels of the largest one."""

    src: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Made:
    """A rendition that exists. `name` is that of its file in the storage."""

    spec: str
    focal_point_key: str
    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        return str(RENDITION_FILE.storage.url(self.name))


def with_renditions(ids: Collection[int]) -> list[HubImage]:
    """The images, with what `source` needs of their renditions, in one query."""
    images: dict[int, HubImage] = {}
    made: dict[int, dict[tuple[str, str], Made]] = {}
    rows = HubImage.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS, *MADE_COLUMNS)
    width = len(COLUMNS)
    for row in rows:
        image = images.get(row[0])
        if image is None:
            image = images[row[0]] = HubImage.from_db(rows.db, COLUMNS, row[:width])
            made[row[0]] = image.made = {}
        if row[width] is not None:
            made[row[0]][row[width : width + 2]] = Made(*row[width:])
    return list(images.values())


def source(
    image: HubImage, preset: ImagePreset, *, address: Callable[[str], str] = str
) -> ImageSource:
    """The preset's picture, from renditions that exist and show the present focal point; without
    any, the upload itself. `address` makes of a file's URL the one to give away.
    """
    existing = made_of(image)
    keys = [(spec, FILTERS[spec].get_cache_key(image)) for spec in SPECS[preset]]
    made = [existing[key] for key in keys if key in existing]
    if not made:
        return ImageSource(address(image.file.url), "", image.width, image.height)
    # A small upload is not enlarged: several specs give one width, which srcset has once.
    by_width = {each.width: address(each.url) for each in made}
    srcset = ", ".join(f"{url} {width}w" for width, url in by_width.items())
    largest = made[-1]
    return ImageSource(by_width[largest.width], srcset, largest.width, largest.height)


def made_of(image: HubImage) -> dict[tuple[str, str], Made]:
    """By spec and focal point; a query for an image that `with_renditions` did not load."""
    if image.made is None:
        rows = image.renditions.order_by().values_list(
            *(name.removeprefix("renditions__") for name in MADE_COLUMNS)
        )
        image.made = {row[:2]: Made(*row) for row in rows}
    return image.made


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
