"""Which addresses a picture has."""

import re

import pytest
from django.core.management import call_command

from cms.images import FILTERS, SPECS, ImagePreset, source, with_renditions
from cms.models import HubRendition
from cms.paths import path_of
from tests.factories import HubImageFactory, PublicationFactory

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


@pytest.mark.parametrize(
    ("upload", "small", "large"),
    [
        ((800, 1200), (300, 450), (600, 900)),
        ((1200, 600), (300, 150), (600, 300)),
        ((200, 300), (200, 300), (200, 300)),
    ],
)
def test_cover_of_a_book_is_as_it_was_uploaded_but_for_its_size(db, upload, small, large):
    image = HubImageFactory(file__width=upload[0], file__height=upload[1])
    call_command("make_renditions")
    rows = image.renditions.filter(filter_spec__in=SPECS[ImagePreset.COVER]).order_by("pk")
    assert list(rows.values_list("width", "height")) == [small, large]
    found = source(image, ImagePreset.COVER)
    assert (found.width, found.height) == large


def test_shelf_and_page_of_a_publication_show_its_whole_cover(db, client):
    page = PublicationFactory(cover=HubImageFactory(file__width=400, file__height=600))

    def pictures():
        for path in (path_of(page), path_of(page.get_parent())):
            main = client.get(path).content.decode().split("<main")[1]
            yield re.findall(r'<img src="([^"]+)"[^>]* width="(\d+)" height="(\d+)"', main)

    assert list(pictures()) == [[(page.cover.file.url, "400", "600")]] * 2
    call_command("make_renditions")
    made = page.cover.renditions.get(filter_spec=SPECS[ImagePreset.COVER][-1])
    assert list(pictures()) == [[(made.url, "400", "600")]] * 2


def test_command_makes_the_sizes_that_are_missing_and_bears_a_file_that_is_gone(db, capsys):
    gone, kept = HubImageFactory(), HubImageFactory()
    call_command("make_renditions")
    made = set(kept.renditions.values_list("pk", flat=True))
    kept.renditions.filter(filter_spec=SMALL).delete()
    gone.renditions.all().delete()
    gone.file.storage.delete(gone.file.name)
    call_command("make_renditions")
    left = set(kept.renditions.values_list("pk", flat=True))
    assert (len(left), len(left & made)) == (len(FILTERS), len(FILTERS) - 1)
    assert gone.renditions.count() == 0
    assert capsys.readouterr().out == "2 pictures\n" * 2
