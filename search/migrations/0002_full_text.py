from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.backends import postgres, sqlite

TABLES = {"sqlite": sqlite, "postgresql": postgres}


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor in TABLES:
        schema_editor.execute(TABLES[schema_editor.connection.vendor].CREATE)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor in TABLES:
        schema_editor.execute(TABLES[schema_editor.connection.vendor].DROP)


class Migration(migrations.Migration):
    """The full-text table, made as the database in use makes it; no model knows of it."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
