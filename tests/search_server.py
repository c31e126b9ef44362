"""A search server for the tests that ask for one; all others search in the database."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

from search import asking
from search.backends import ElasticsearchBackend

URL = os.environ.get("ELASTICSEARCH_URL", "")


@contextmanager
def own_indices() -> Iterator[ElasticsearchBackend]:
    """Indices that know nothing of other tests' databases, deleted afterwards."""
    with override_settings(ELASTICSEARCH_URL=URL, ELASTICSEARCH_INDEX=f"test-{uuid.uuid4().hex}"):
        asking.pause.end()
        backend = ElasticsearchBackend()
        try:
            yield backend
        finally:
            backend.drop()
