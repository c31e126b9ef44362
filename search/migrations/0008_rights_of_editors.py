from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITOR = "Redaktor"
ALL = ("add", "change", "delete", "view")
RIGHTS = {
    ("search", "synonym"): ALL,
    ("search", "searchedtext"): ("view",),
    ("wagtailsearchpromotions", "searchpromotion"): ALL,
}


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The rows that Django makes only after all migrations, under the names that it would give."""
    editors = apps.get_model("auth", "Group").objects.get(name=EDITOR)
    for (app_label, model_name), actions in RIGHTS.items():
        content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label=app_label, model=model_name
        )
        verbose_name = apps.get_model(app_label, model_name)._meta.verbose_name_raw
        for action in actions:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model_name}",
                defaults={"name": f"Can {action} {verbose_name}"},
            )
            editors.permissions.add(permission)


class Migration(migrations.Migration):
    """Editors keep synonyms and promoted results, and read what was searched."""

    dependencies = [
        ("search", "0007_searched_text"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
        ("home", "0004_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
