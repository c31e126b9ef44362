"""Unsafe requests are one transaction each; safe ones, and views that opt out, are none."""

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path

from cms import journal
from tests.cms.journal_reading import rows
from tests.factories import ArticleFactory
from thematic_months.models import Article


def publish_and_fail(request: HttpRequest, pk: int) -> HttpResponse:
    article = Article.objects.get(pk=pk)
    article.title = "Po awarii"
    article.save_revision().publish()
    raise ZeroDivisionError


def in_transaction(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(connection.in_atomic_block))


@transaction.non_atomic_requests
def opted_out(request: HttpRequest) -> HttpResponse:
    return in_transaction(request)


urlpatterns = [
    path("fail/<int:pk>/", publish_and_fail),
    path("atomic/", in_transaction),
    path("opted-out/", opted_out),
]
own_urls = pytest.mark.urls(__name__)
committing = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quiet(monkeypatch, client):
    """No readers, and an exception is an answer instead of a failed test."""
    monkeypatch.setattr(journal, "READERS", {})
    client.raise_request_exception = False


@committing
@own_urls
def test_view_that_fails_after_publishing_leaves_neither_page_nor_row(client, quiet):
    article = ArticleFactory(title="Przed awarią")
    before = rows()
    assert client.post(f"/fail/{article.pk}/").status_code == 500
    assert Article.objects.get().title == "Przed awarią"
    assert Article.objects.get().latest_revision is None
    assert rows() == before


@committing
@own_urls
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_unsafe_request_is_one_transaction(client, method):
    assert getattr(client, method)("/atomic/").content == b"True"


@committing
@own_urls
@pytest.mark.parametrize("method", ["get", "options", "trace"])
def test_safe_request_is_no_transaction(client, method):
    assert getattr(client, method)("/atomic/").content == b"False"


@committing
@own_urls
def test_view_can_opt_out(client):
    assert client.post("/opted-out/").content == b"False"


@committing
def test_graphql_opts_out_since_it_may_read_for_long():
    match = get_resolver().resolve("/graphql/")
    assert match.func._non_atomic_requests == {"default"}


@committing
def test_rows_of_an_admin_request_are_committed_with_it(admin_client, quiet):
    article = ArticleFactory()
    article.save_revision().publish()
    before = rows()
    assert admin_client.post(f"/admin/pages/{article.pk}/unpublish/").status_code == 302
    assert rows() == [*before, ("ARTICLE", article.pk, "WITHDRAWN")]
