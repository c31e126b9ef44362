"""Menus and routes, and what they must not tell."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from home.models import MenuItem
from tests.factories import MenuFactory, SeriesFactory, StandardPageFactory


@pytest.fixture
def hidden(home):
    return StandardPageFactory(slug="tajna", title="Tajna", live=False)


def redirect_to(target, path="/stary-adres"):
    target = {"redirect_page": target} if not isinstance(target, str) else {"redirect_link": target}
    return Redirect.objects.create(old_path=path, is_permanent=True, **target)


def route(run_operation, path="/stary-adres"):
    return run_operation("PageByPath", path=path)["route"]["redirect"]


def test_redirect_leads_to_the_path_of_its_page(run_operation, home):
    redirect_to(SeriesFactory(slug="cykl"))
    assert route(run_operation) == {"location": "/cykl/", "permanent": True}


def test_redirect_to_another_host_is_handed_on(run_operation, home):
    redirect_to("https://example.org/dalej/")
    assert route(run_operation)["location"] == "https://example.org/dalej/"


@pytest.mark.parametrize("link", ["/tajna/", "http://localhost/tajna/", "//localhost/tajna"])
def test_redirect_to_the_address_of_a_hidden_page_is_none(run_operation, hidden, link):
    redirect_to(link)
    assert route(run_operation) is None
    assert Client().get("/stary-adres/").status_code == 404


def test_hidden_page_takes_no_redirect_away(run_operation, hidden):
    target = SeriesFactory(slug="cykl")
    redirect_to(target, path="/tajna")
    assert route(run_operation, "/tajna/") == {"location": "/cykl/", "permanent": True}


@pytest.mark.parametrize("path", ["//[", "http://[", "//[::1", "?", "#", "/%00/"])
def test_path_that_is_none_leads_nowhere(run_operation, home, path):
    redirect_to("https://example.org/")
    answer = run_operation("PageByPath", path=path)["route"]
    assert answer["redirect"] is None


def test_redirect_to_a_hidden_page_is_none(run_operation, hidden):
    redirect_to(hidden)
    assert route(run_operation) is None


def test_entry_of_a_menu_goes_with_its_hidden_page(run_operation, hidden):
    shown = StandardPageFactory(slug="jawna", title="Jawna")
    items = [
        MenuItem(page=hidden, label="Tajna nazwa"),
        MenuItem(page=shown),
        MenuItem(url="https://example.org/", label="Dalej"),
    ]
    MenuFactory(key="main", items=items)
    [menu] = run_operation("SiteFrame")["menus"]
    labels = [(item["label"], item["page"] and item["page"]["title"]) for item in menu["items"]]
    assert labels == [("", "Jawna"), ("Dalej", None)]
