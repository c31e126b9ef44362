"""Moderators and editors decide about offered texts."""

from django.db import migrations

ROLES = ("Moderator", "Redaktor")
ACTIONS = ("change", "view")


def open_offers(apps, schema_editor):
    # Django makes permissions only after all migrations: these are the rows that it would make.
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="thematic_months", model="offeredtext"
    )
    for action in ACTIONS:
        permission, _created = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_offeredtext",
            defaults={"name": f"Can {action} offered text"},
        )
        for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("thematic_months", "0004_offered_text"),
        ("home", "0004_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(open_offers, migrations.RunPython.noop)]
