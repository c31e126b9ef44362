"""Where queued tasks run: after the commit on the embedded default, or in the worker."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db import DatabaseBackend

# Which page holds which file decides who is handed the file (cms/serving_files.py): it must be
# known as soon as the page is saved.
AT_ONCE = frozenset({"wagtail.tasks.update_reference_index_task"})


class AfterCommitBackend(ImmediateBackend):
    """Runs a task when the transaction that asked for it is committed.

    Stock immediate tasks run inside the transaction: Wagtail's indexing of one page updates rows of
    others, and on PostgreSQL two editors who publish at once deadlock there; a failing one breaks
    the transaction, and with it the publication.
    """

    def _execute_task(self, task_result: Any) -> None:
        run = partial(super()._execute_task, task_result)
        if task_result.task.module_path in AT_ONCE:
            run()
        else:
            transaction.on_commit(run, robust=True)


class WorkerBackend(DatabaseBackend):
    """Leaves tasks to the worker (cms/management/commands/worker.py)."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        if task.module_path in AT_ONCE:
            return ImmediateBackend(self.alias, {}).enqueue(task, args, kwargs)
        return super().enqueue(task, args, kwargs)
