"""An archive of given documents, as if editors had published them, and what readers find in it."""

import datetime
import html
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms import journal
from cms.models import HubPage, Topic
from cms.visibility import anonymous_viewer
from projects.models import Event, Project, Publication
from search.archive import search
from search.archive_request import ArchiveRequest
from search.evaluation.files import Document, JudgedQuery
from search.evaluation.measures import SHOWN, Run
from search.indexing import Thing
from thematic_months.models import Article, Expert, Webinar

# The Polish name of a document's kind, and what the hub has for it; anything else is an article.
MODELS: dict[str, type[HubPage]] = {
    "ekspert": Expert,
    "konkurs": Project,
    "projekt": Project,
    "publikacja": Publication,
    "spotkanie": Event,
    "webinar": Webinar,
}
# What people type into a box that completes as they type.
WHILE_TYPING = "prefix"


class NotAnswered(Exception):
    """The search server did not answer, so that the database's results would be taken for its."""


def load(documents: Sequence[Document]) -> dict[Thing, str]:
    """Publish the documents below the home page and index them; their ids by what they became."""
    names: dict[Thing, str] = {}
    with transaction.atomic():
        home = Page.objects.get(depth=2)
        topics = _topics(documents)
        for number, document in enumerate(documents):
            page = _page(document, number)
            page.topics.set([topics[theme] for theme in document.themes])
            home.add_child(instance=page)
            names[page.content_kind, page.pk] = document.id
    # As after a publish: until the archive has followed, it finds nothing of what changed.
    journal.deliver()
    return names


def _topics(documents: Sequence[Document]) -> dict[str, Topic]:
    themes = dict.fromkeys(theme for document in documents for theme in document.themes)
    longest = Topic._meta.get_field("title").max_length
    topics: dict[str, Topic] = {}
    for number, theme in enumerate(themes):
        title = theme[:longest]
        topics[theme] = Topic.objects.filter(title=title).first() or Topic.objects.create(
            title=title, slug=f"theme-{number}"
        )
    return topics


def _page(document: Document, number: int) -> HubPage:
    model = MODELS.get(document.kind, Article)
    now = timezone.now()
    times: dict[str, Any] = {"starts": now, "ends": now + datetime.timedelta(hours=1)}
    of_its_kind: dict[type[HubPage], dict[str, Any]] = {
        Event: {**times, "is_online": True},
        Publication: {"year": now.year},
        Webinar: times,
    }
    paragraphs = [line for line in document.body.splitlines() if line.strip()]
    return model(
        title=document.title[: model._meta.get_field("title").max_length],
        slug=f"document-{number}",
        body=[("text", "".join(f"<p>{html.escape(line)}</p>" for line in paragraphs))],
        **of_its_kind.get(model, {}),
    )


def find(queries: Sequence[JudgedQuery], names: dict[Thing, str]) -> Run:
    """What an anonymous reader finds first, asked for as the API asks. Raises NotAnswered."""
    return {query.id: _found(query, names) for query in queries}


def _found(query: JudgedQuery, names: dict[Thing, str]) -> list[str]:
    request = ArchiveRequest(text=query.text, first=SHOWN, while_typing=query.type == WHILE_TYPING)
    results = search(request, viewer=anonymous_viewer())
    if results.degraded:
        raise NotAnswered(query.id)
    return [names[hit.entry.kind, hit.entry.object_id] for hit in results.hits]
