"""Which backend searches the archive."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.backends.elastic import ElasticsearchBackend
from search.backends.interface import Backend
from search.backends.postgres import PostgresBackend
from search.backends.sqlite import SQLiteBackend

DATABASE_BACKENDS: dict[str, type[Backend]] = {
    "sqlite": SQLiteBackend,
    "postgresql": PostgresBackend,
}


def database_backend() -> Backend:
    """The full text of the database, which is always kept: it answers when the search server does
    not."""
    try:
        return DATABASE_BACKENDS[connection.vendor]()
    except KeyError:
        raise ImproperlyConfigured(
            f"The archive cannot be searched in {connection.vendor}."
        ) from None


def search_server() -> ElasticsearchBackend | None:
    return ElasticsearchBackend() if settings.ELASTICSEARCH_URL else None


def backend_for() -> Backend:
    """The backend that is asked first."""
    return search_server() or database_backend()
