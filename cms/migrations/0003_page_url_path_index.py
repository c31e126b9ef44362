"""A page is found by its path through an index. Wagtail has none on `url_path`, so even an exact match would grow with the archive."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX cms_page_url_path ON wagtailcore_page (url_path)",
            "DROP INDEX cms_page_url_path",
        ),
    ]
