from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.backends import postgres


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres.CREATE_POSTINGS)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres.DROP_POSTINGS)


class Migration(migrations.Migration):
    """Words of each entry with their frequency, which PostgreSQL has no other way to score by."""

    dependencies = [("search", "0003_first_synonyms")]
    operations = [migrations.RunPython(create, drop)]
