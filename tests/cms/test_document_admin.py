"""Editors see whether readers find the text of a document."""

import pytest
from django.urls import reverse

from tests.factories import MemberFactory
from tests.pdfs import document, pdf, read_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, home):
    client.force_login(MemberFactory(is_superuser=True, is_staff=True))
    return client


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf("Tekst"), "czytelnicy go znajdą"),
        (pdf(""), "nie ma go: strony są może skanami"),
        (b"", "nie udało się go odczytać: plik jest uszkodzony"),
        (pdf("Tekst", encrypt="x"), "nie udało się go odczytać: plik jest chroniony hasłem"),
    ],
)
@pytest.mark.parametrize("view", ["list", "results", "edit"])
def test_admin_says_in_polish_what_became_of_the_text(admin, content, said, view):
    made = document(content)
    read_all()
    address = {
        "list": reverse("wagtaildocs:index"),
        "results": reverse("wagtaildocs:index_results"),
        "edit": reverse("wagtaildocs:edit", args=[made.pk]),
    }[view]
    assert said in admin.get(address).content.decode()


def test_upload_of_a_broken_file_succeeds(admin, root_collection):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("zepsuty.pdf", b"%PDF-1.4 nic", content_type="application/pdf")
    values = {
        "title": "Zepsuty",
        "file": file,
        "collection": root_collection.pk,
        "licence": "CC_BY_4",
    }
    response = admin.post(reverse("wagtaildocs:add"), values)
    assert response.status_code == 302, response.context["form"].errors
    read_all()
    said = admin.get(reverse("wagtaildocs:index")).content.decode()
    assert "nie udało się go odczytać" in said
