"""When queued tasks run, on the embedded default and beside a worker."""

import pytest
from django_tasks import task_backends
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend

from cms.tasks import WorkerBackend
from tests.factories import ArticleFactory, HubImageFactory
from thematic_months.models import Article


def found(word: str) -> list[str]:
    return [page.title for page in get_search_backend().search(word, Article)]


def test_wagtails_own_index_is_brought_up_to_date_after_the_commit(
    db, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        ArticleFactory(title="Planszówki w bibliotece")
        assert found("planszówki") == []
    assert found("planszówki") == ["Planszówki w bibliotece"]


def test_what_a_page_holds_is_known_as_soon_as_it_is_saved(db):
    image = HubImageFactory()
    ArticleFactory(cover=image)
    assert ReferenceIndex.get_references_to(image).count() == 1


@pytest.fixture
def worker_backend(settings):
    settings.TASKS = {"default": {"BACKEND": "cms.tasks.WorkerBackend"}}
    assert isinstance(task_backends["default"], WorkerBackend)


def test_worker_is_left_the_index_alone(db, worker_backend):
    image = HubImageFactory()
    ArticleFactory(cover=image, title="Planszówki w bibliotece")
    assert found("planszówki") == []
    assert ReferenceIndex.get_references_to(image).count() == 1
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == {"modelsearch.tasks.insert_or_update_object_task"}
