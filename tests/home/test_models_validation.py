import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cms.models import HubImage
from home.models import MenuItem
from members.models import Member
from tests.factories import MemberFactory
from tests.messages import refusals

# Validating a page looks at its place in the tree.
pytestmark = pytest.mark.django_db
URL = "https://example.org"


@pytest.mark.parametrize("fields", [{}, {"page_id": 1, "url": URL, "label": "Adres"}])
def test_menu_item_is_a_page_or_an_address(fields):
    assert refusals(MenuItem(**fields)) == {
        "__all__": [
            "Choose a page or write an address: one of the two.",
            "Wybierz stronę albo wpisz adres: jedno z dwojga.",
        ]
    }


def test_address_in_a_menu_needs_a_label():
    assert refusals(MenuItem(url=URL)) == {
        "label": [
            "Write a label: an address has no title of its own.",
            "Wpisz etykietę: adres nie ma własnego tytułu.",
        ]
    }
    assert refusals(MenuItem(url=URL, label="Adres")) == {}
    assert refusals(MenuItem(page_id=1)) == {}


@pytest.mark.parametrize("address", ["/archiwum/", "/archiwum/?q=ferie", "https://example.org/a"])
def test_menu_leads_to_lists_of_the_hub_too(address):
    assert refusals(MenuItem(url=address, label="Adres")) == {}


@pytest.mark.parametrize(
    "address",
    ["archiwum", "//example.org/", "/a b/", "/\\example.org", "javascript:alert(1)", "ftp://a.pl"],
)
def test_what_is_no_address_is_refused_in_a_menu(address):
    with translation.override("pl"), pytest.raises(ValidationError) as refused:
        MenuItem(url=address, label="Adres").full_clean(exclude=["menu"])
    assert refused.value.message_dict == {
        "url": [
            "Wpisz cały adres, https://…, albo adres w serwisie, który zaczyna się od ukośnika."
        ]
    }


def test_picture_is_described_or_decorative():
    assert refusals(HubImage(title="Zdjęcie", description=" ")) == {
        "description": [
            "Describe what the picture shows for those who cannot see it, or mark it as "
            "decorative.",
            "Opisz, co widać na obrazie, dla osób, które go nie zobaczą, albo oznacz go jako "
            "ozdobny.",
        ]
    }
    assert refusals(HubImage(description="Regał z książkami")) == {}
    assert refusals(HubImage(is_decorative=True)) == {}


def test_decorative_picture_has_no_text_alternative():
    assert HubImage(is_decorative=True, description="Linia").default_alt_text == ""
    assert HubImage(description="Regał z książkami").default_alt_text == "Regał z książkami"


def test_one_address_is_one_account_however_it_is_typed():
    member = MemberFactory(email="Anna.Nowak@Example.org ")
    assert member.email == "anna.nowak@example.org"
    assert Member.objects.get_by_natural_key("ANNA.NOWAK@example.org") == member
