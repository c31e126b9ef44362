from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.backends import sqlite


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in sqlite.CREATE_POSTINGS:
            schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for statement in sqlite.DROP_POSTINGS:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The postings that PostgreSQL has already. They are filled by `search_index rebuild`."""

    dependencies = [("search", "0008_rights_of_editors")]
    operations = [migrations.RunPython(create, drop)]
