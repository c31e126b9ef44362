from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from search.synonyms import read_synonym_lines


def write_synonyms(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What librarians say, for editors to begin with."""
    synonym = apps.get_model("search", "Synonym")
    synonym.objects.bulk_create([synonym(words=line) for line in read_synonym_lines()])


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]
    operations = [migrations.RunPython(write_synonyms, migrations.RunPython.noop)]
