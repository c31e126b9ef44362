"""While the hub is being worked on, and what browsers may load from it."""

import pytest
from django.test import RequestFactory

from cms.maintenance import MaintenanceMiddleware
from tests.factories import ArticleFactory


def test_every_address_says_that_the_hub_is_being_worked_on():
    answer = MaintenanceMiddleware(lambda request: pytest.fail("It was asked."))
    response = answer(RequestFactory().get("/graphql/"))
    assert response.status_code == 503
    assert response["Retry-After"] == "600"
    assert "Pracujemy nad serwisem" in response.content.decode()


@pytest.mark.django_db
def test_page_may_load_nothing_inline_and_from_nowhere_else(client):
    policy = client.get(ArticleFactory().url)["Content-Security-Policy"]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'self'"
    assert "unsafe" not in policy
    assert "script-src" not in parts
    assert parts["object-src"] == "'none'"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/archiwum/", "/tematy/", "/wydarzenia/"])
def test_page_has_no_inline_script_or_style(client, path):
    html = client.get(path).content.decode()
    assert "<style" not in html
    assert ' style="' not in html
    assert "<script>" not in html
    assert " onclick" not in html
