"""Every request asks which pages hide what is below them. Few pages have children, and with this index no other is looked at."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0004_preview_token")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX cms_page_with_children ON wagtailcore_page (live, expire_at, path) WHERE numchild > 0",
            "DROP INDEX cms_page_with_children",
        ),
    ]
