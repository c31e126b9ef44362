"""Documents are found by whoever sees and reads a page that holds them, and by nobody else."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from cms.models import Audience
from cms.visibility import Viewer, anonymous_viewer
from projects.models import Publication, PublicationIndex
from search.models import ArchiveEntry, VocabularyWord
from tests.factories import (
    CollectionFactory,
    MemberFactory,
    PublicationFactory,
    StandardPageFactory,
    WebinarFactory,
)
from tests.search.everywhere import Find
from tests.search.held_documents import count, member, paths, private_collection, restrict, varia
from thematic_months.models import WebinarMaterial

__all__ = ["member", "varia"]

pytestmark = pytest.mark.django_db


def test_document_on_no_page_is_found_by_nobody(find: Find, varia, member: Viewer) -> None:
    assert count(find("hipopotam", member)) == 0


@pytest.mark.parametrize("way", ["file", "material", "body"])
def test_each_way_to_hold_it_makes_it_found(find: Find, varia, way: str) -> None:
    if way == "file":
        page = PublicationFactory(slug="strona", file=varia)
    elif way == "material":
        page = WebinarFactory(slug="strona")
        WebinarMaterial.objects.create(webinar=page, title="Plik", document=varia)
        page.save()
    else:
        block = ("document", {"document": varia, "title": ""})
        page = StandardPageFactory(slug="strona", body=[block])
    (path,) = paths(find("hipopotam"))
    assert path.endswith("/strona/")


@pytest.mark.parametrize(
    "hidden",
    [
        {"live": False},
        {"expire_at": timezone.now() - datetime.timedelta(hours=1)},
    ],
)
def test_document_on_hidden_pages_alone_is_found_by_nobody(
    find: Find, varia, member: Viewer, hidden: dict[str, object]
) -> None:
    PublicationFactory(file=varia, **hidden)
    assert count(find("hipopotam", member)) == 0
    assert find("hipopotm", member).did_you_mean is None


def test_document_in_a_draft_alone_is_found_by_nobody(find: Find, varia, member: Viewer) -> None:
    page = PublicationFactory()
    page.file = varia
    page.save_revision()
    assert count(find("hipopotam", member)) == 0


def test_document_comes_and_goes_with_its_page(find: Find, varia) -> None:
    page = PublicationFactory(file=varia, live=False)
    assert count(find("hipopotam")) == 0
    page.save_revision().publish()
    assert count(find("hipopotam")) == 1
    page.refresh_from_db()
    page.unpublish()
    assert count(find("hipopotam")) == 0
    assert not VocabularyWord.objects.filter(folded="hipopotam").exists()


def test_document_that_was_taken_off_the_page_is_gone(find: Find, varia) -> None:
    page = PublicationFactory(file=varia)
    assert count(find("hipopotam")) == 1
    page.file = None
    page.save()
    assert count(find("hipopotam")) == 0


def test_deleted_document_is_gone(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    assert count(find("hipopotam")) == 1
    varia.delete()
    assert count(find("hipopotam")) == 0
    assert not ArchiveEntry.objects.filter(kind="DOCUMENT").exists()


def test_deleted_page_takes_the_document_along(find: Find, varia) -> None:
    page = PublicationFactory(file=varia)
    assert count(find("hipopotam")) == 1
    page.delete()
    assert count(find("hipopotam")) == 0


def test_file_of_a_page_for_members_is_found_by_members_alone(
    find: Find, varia, member: Viewer
) -> None:
    PublicationFactory(title="Publikacja", file=varia, audience=Audience.MEMBERS)
    assert [count(find("hipopotam", who)) for who in (anonymous_viewer(), member)] == [0, 1]
    assert [count(find("zbiór", who)) for who in (anonymous_viewer(), member)] == [0, 1]
    assert find("hipopotm").did_you_mean is None


def test_file_of_a_restricted_page_is_found_by_who_meets_the_restriction(
    find: Find, varia, member: Viewer
) -> None:
    restrict(PublicationFactory(file=varia))
    assert [count(find("hipopotam", who)) for who in (anonymous_viewer(), member)] == [0, 1]


def test_restriction_above_the_page_hides_the_document(find: Find, varia, member: Viewer) -> None:
    PublicationFactory(file=varia)
    restrict(PublicationIndex.objects.get())
    assert [count(find("hipopotam", who)) for who in (anonymous_viewer(), member)] == [0, 1]


def test_expiry_above_the_page_is_the_document_s_too(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    assert count(find("hipopotam")) == 1
    end = timezone.now() + datetime.timedelta(days=1)
    index = PublicationIndex.objects.get()
    index.expire_at = end
    index.save()
    before, after = Viewer(now=end - datetime.timedelta(seconds=1)), Viewer(now=end)
    assert [count(find("hipopotam", viewer)) for viewer in (before, after)] == [1, 0]
    assert find("hipopotm", after).did_you_mean is None


def test_collection_private_two_levels_up_hides_the_document(
    find: Find, varia, member: Viewer
) -> None:
    PublicationFactory(file=varia)
    outer = private_collection(varia)
    CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    assert [count(find("hipopotam", who)) for who in (anonymous_viewer(), member)] == [0, 1]
    assert find("hipopotm").did_you_mean is None


def test_collection_that_becomes_private_hides_its_documents_before_anything_is_indexed(
    find: Find, varia
) -> None:
    PublicationFactory(file=varia)
    outer = private_collection(varia)
    assert count(find("hipopotam")) == 1
    CollectionViewRestriction.objects.create(collection=outer, restriction_type="login")
    assert count(find("hipopotam", late=True)) == 0
    assert find("hipopotm", late=True).did_you_mean is None


def test_collection_moved_below_a_private_one_hides_its_documents(find: Find, varia) -> None:
    PublicationFactory(file=varia)
    moved = private_collection(varia, levels=1)
    assert count(find("hipopotam")) == 1
    private = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    moved.refresh_from_db()
    moved.move(private, pos="sorted-child")
    assert count(find("hipopotam")) == 0


def test_document_on_two_pages_is_found_once_on_the_one_that_the_viewer_sees(
    find: Find, varia
) -> None:
    left, right = (Group.objects.create(name=name) for name in ("left", "right"))
    for group in (left, right):
        page = PublicationFactory(title=f"Publikacja {group.name}", slug=group.name, file=varia)
        restrict(page, PageViewRestriction.GROUPS, group)
    seen = {
        "nobody": anonymous_viewer(),
        "left": Viewer(member=MemberFactory(groups=[left])),
        "right": Viewer(member=MemberFactory(groups=[right])),
        "both": Viewer(member=MemberFactory(groups=[left, right])),
    }
    assert {name: paths(find("hipopotam", viewer)) for name, viewer in seen.items()} == {
        "nobody": [],
        "left": ["/publikacje/left/"],
        "right": ["/publikacje/right/"],
        "both": ["/publikacje/left/"],
    }
    assert find("left", seen["right"]).total == 0


def test_document_stays_on_the_other_page_when_the_first_expires(find: Find, varia) -> None:
    end = timezone.now() + datetime.timedelta(days=1)
    PublicationFactory(slug="na-chwile", file=varia, expire_at=end)
    PublicationFactory(slug="dla-czlonkow", file=varia, audience=Audience.MEMBERS)
    member = MemberFactory()
    now, later = Viewer(member=member), Viewer(member=member, now=end)
    assert paths(find("hipopotam", now)) == ["/publikacje/na-chwile/"]
    assert paths(find("hipopotam", later)) == ["/publikacje/dla-czlonkow/"]
    assert count(find("hipopotam", Viewer(now=end))) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"live": False},
        {"audience": Audience.MEMBERS},
    ],
)
def test_document_is_dropped_although_the_index_still_has_it(
    find: Find, varia, change: dict[str, object], caplog
) -> None:
    page = PublicationFactory(file=varia)
    assert count(find("hipopotam")) == 1
    Publication.objects.filter(pk=page.pk).update(**change)
    assert find("hipopotam", late=True).hits == ()
    assert "would have shown the hidden entry" in caplog.text
