from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

AT_FIRST = "senior, osoba starsza, emeryt, trzeci wiek, 60+"


def leave_out_the_number(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of a line that nobody has touched: it finds every text with the number."""
    lines = apps.get_model("search", "Synonym").objects.filter(words=AT_FIRST)
    lines.update(words=AT_FIRST.removesuffix(", 60+"))


class Migration(migrations.Migration):
    dependencies = [("search", "0010_indexes_of_what_is_read")]
    operations = [migrations.RunPython(leave_out_the_number, migrations.RunPython.noop)]
