"""The tree that editors begin with: the home page in place of Wagtail's welcome page, and the indexes below it."""

import datetime

from django.db import migrations
from django.utils import timezone

INDEXES = [
    ("projects", "ProjectIndex", "Projekty", "projekty"),
    ("thematic_months", "ExpertIndex", "Eksperci", "eksperci"),
    ("thematic_months", "ArticleIndex", "Praktyka", "praktyka"),
    ("projects", "PublicationIndex", "Publikacje", "publikacje"),
    ("projects", "WorkingGroupIndex", "Grupy robocze", "grupy"),
]
STEP = 4  # Characters of a tree path for each level, as in wagtailcore.Page.


def page(apps, app_label, model_name, *, path, title, slug, url_path, children):
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model_name.lower()
    )
    now = timezone.now()
    return apps.get_model(app_label, model_name).objects.create(
        path=path,
        depth=len(path) // STEP,
        numchild=children,
        title=title,
        draft_title=title,
        slug=slug,
        url_path=url_path,
        content_type=content_type,
        locale=apps.get_model("wagtailcore", "Locale").objects.first(),
        live=True,
        first_published_at=now,
        last_published_at=now,
        published_on=datetime.date.today(),
    )


def build(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    path = root.path + "0001"
    home = page(
        apps, "home", "HomePage", path=path, title="LABiB", slug="home", url_path="/home/", children=len(INDEXES)
    )
    for number, (app_label, model_name, title, slug) in enumerate(INDEXES, start=1):
        page(
            apps, app_label, model_name,
            path=f"{path}{number:04d}", title=title, slug=slug, url_path=f"/home/{slug}/", children=0,
        )
    Page.objects.filter(pk=root.pk).update(numchild=1)
    Site.objects.create(
        hostname="localhost", port=80, site_name="LABiB", root_page_id=home.pk, is_default_site=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_initial"),
        ("projects", "0002_initial"),
        ("thematic_months", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
