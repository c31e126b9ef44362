"""Which addresses a picture has."""

import pytest

from cms.images import FILTERS, SPECS, ImagePreset, source, with_renditions
from cms.models import HubRendition
from tests.factories import HubImageFactory

SMALL, LARGE = SPECS[ImagePreset.TILE]


@pytest.fixture
def image(db):
    return HubImageFactory()


def made(image, spec, width):
    """A rendition, which here is a row without a file."""
    return HubRendition.objects.create(
        image=image,
        filter_spec=spec,
        focal_point_key=FILTERS[spec].get_cache_key(image),
        file=f"{width}.webp",
        width=width,
        height=width // 2,
    )


def test_picture_has_the_addresses_of_all_sizes_smallest_first(
    image, django_assert_max_num_queries
):
    made(image, LARGE, 800)
    made(image, SMALL, 400)
    with django_assert_max_num_queries(1):
        [loaded] = with_renditions([image.pk])
        found = source(loaded, ImagePreset.TILE)
    assert found.srcset == "/media/400.webp 400w, /media/800.webp 800w"
    assert (found.src, found.width, found.height) == ("/media/800.webp", 800, 400)
    assert source(image, ImagePreset.TILE) == found


def test_rendition_of_an_earlier_focal_point_is_not_shown(image):
    made(image, SMALL, 400)
    image.focal_point_x = image.focal_point_y = 1
    image.focal_point_width = image.focal_point_height = 2
    image.save()
    [loaded] = with_renditions([image.pk])
    assert source(loaded, ImagePreset.TILE).src == loaded.file.url


def test_picture_without_renditions_is_its_upload(image):
    [loaded] = with_renditions([image.pk])
    found = source(loaded, ImagePreset.TILE)
    assert (found.src, found.srcset, found.width) == (image.file.url, "", image.width)
