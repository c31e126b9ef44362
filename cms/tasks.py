"""Queued tasks on the embedded default, where no worker takes them."""

from functools import partial

from django.db import transaction
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult


class AfterCommitBackend(ImmediateBackend):
    """Runs a task when the transaction that asked for it is committed.

    Stock immediate tasks run inside the transaction: Wagtail's indexing of one page updates rows of others, and on PostgreSQL two editors who publish at once
    deadlock there; a failing one breaks the transaction, and with it the publication.
    """

    def _execute_task(self, task_result: TaskResult) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)
