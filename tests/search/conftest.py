"""Pages for the tests of the archive. They are written to the index at once, as the journal
would."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from wagtail.models import Page

from cms.models import HubPage
from cms.visibility import Viewer, anonymous_viewer
from home.models import HomePage
from search.archive import ArchiveResults, search
from search.archive_request import ArchiveRequest
from search.backends import ElasticsearchBackend
from search.indexing import refresh
from search.scope import Facet
from search.server import push
from tests import search_server
from tests.search.everywhere import find
from tests.settling import settle
from thematic_months.models import Article, ArticleIndex, Expert, ExpertIndex, Series, ThematicMonth

__all__ = ["find"]

MakeArticle = Callable[..., Article]


@pytest.fixture
def elasticsearch() -> Iterator[ElasticsearchBackend]:
    """A server with indices of this test's own."""
    if not search_server.URL:
        pytest.skip("ELASTICSEARCH_URL names no server")
    with search_server.own_indices() as backend:
        yield backend


@pytest.fixture
def home(db: None) -> HomePage:
    root = Page.objects.get(depth=1)
    existing = HomePage.objects.first()
    return existing or root.add_child(instance=HomePage(title="LABiB", slug="start"))


@pytest.fixture
def articles(home: HomePage) -> ArticleIndex:
    return home.add_child(instance=ArticleIndex(title="Artykuły", slug="artykuly"))


def body_of(text: str) -> str:
    return json.dumps([{"type": "text", "value": f"<p>{text}</p>"}])


def index(*pages: HubPage) -> None:
    refresh((page.content_kind, page.pk) for page in pages)
    settle()


@pytest.fixture
def make_article(articles: ArticleIndex) -> MakeArticle:
    def make(title: str, text: str = "", *, parent: Page | None = None, **fields: Any) -> Article:
        article = Article(title=title, body=body_of(text) if text else "[]", **fields)
        (parent or articles).add_child(instance=article)
        index(article)
        return article

    return make


@pytest.fixture
def make_expert(home: HomePage) -> Callable[..., Expert]:
    def make(title: str, **fields: Any) -> Expert:
        holder = ExpertIndex.objects.first() or home.add_child(
            instance=ExpertIndex(title="Eksperci", slug="eksperci")
        )
        return holder.add_child(instance=Expert(title=title, **fields))

    return make


@pytest.fixture
def make_month(home: HomePage) -> Callable[..., ThematicMonth]:
    def make(title: str, **fields: Any) -> ThematicMonth:
        series = Series.objects.first() or home.add_child(
            instance=Series(title="Cykl", slug="cykl")
        )
        fields = {"year": 2026, "month": 3, "theme": "Temat", **fields}
        return series.add_child(instance=ThematicMonth(title=title, **fields))

    return make


@dataclass
class Archive:
    """The archive as one backend searches it."""

    server: ElasticsearchBackend | None

    def index(self, *pages: HubPage) -> None:
        index(*pages)
        push()

    def search(
        self, text: str = "", *, viewer: Viewer | None = None, **fields: Any
    ) -> ArchiveResults:
        results = search(ArchiveRequest(text=text, **fields), viewer=viewer or anonymous_viewer())
        assert not results.degraded
        return results

    def titles(self, text: str = "", **fields: Any) -> list[str]:
        """In alphabetical order: what is found and not in which order."""
        return sorted(hit.entry.title for hit in self.search(text, **fields).hits)

    def counts(self, facet: Facet, text: str = "", **fields: Any) -> dict[str, int]:
        values = self.search(text, facets=(facet,), **fields).facets[facet]
        return {each.value: each.count for each in values}


@pytest.fixture(params=["database", pytest.param("server", marks=pytest.mark.services)])
def archive(request: pytest.FixtureRequest, home: HomePage) -> Archive:
    """On each backend: the database's own, whichever is tested, and Elasticsearch."""
    server = request.getfixturevalue("elasticsearch") if request.param == "server" else None
    if server is not None:
        server.make_index(is_live=True)
    return Archive(server)
