"""The roles, with the rights that each needs and no more, the review of what experts write, a collection for members, the settings.

Names are Polish: editors read them in the admin. Code knows them by members/roles.py.
"""

from django.db import migrations

EDITOR, MODERATOR, EXPERT, ASSOCIATION = "Redaktor", "Moderator", "Ekspert", "Stowarzyszenie LABiB"
WORKFLOW = "Redakcja"
MEMBERS_COLLECTION = "Materiały dla członków"
# What Wagtail makes for a new site, in place of which come ours.
STOCK_GROUPS, STOCK_WORKFLOW = ("Editors", "Moderators"), "Moderators approval"

ALL = ("add", "change", "delete", "view")
# Role: (app, model): actions. The access to the admin is beside it.
MODEL_RIGHTS = {
    EDITOR: {
        ("cms", "topic"): ALL,
        ("cms", "place"): ALL,
        ("home", "partner"): (*ALL, "publish"),
        ("home", "menu"): ALL,
        ("home", "sitesettings"): ("change",),
        ("wagtailredirects", "redirect"): ALL,
    },
    MODERATOR: {
        ("thematic_months", "question"): ("change", "view"),
        ("thematic_months", "thematicmonth"): ("view",),
    },
    EXPERT: {},
}
EDITOR_PAGE_RIGHTS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
FILE_RIGHTS = {EDITOR: ("add", "change", "choose"), EXPERT: ("add", "choose")}
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))


def permission(apps, app_label, model_name, action, name=""):
    """The row that Django makes only after all migrations, under the name that it would give."""
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model_name
    )
    if not name:
        name = f"Can {action} {apps.get_model(app_label, model_name)._meta.verbose_name_raw}"
    row, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=f"{action}_{model_name}", defaults={"name": name}
    )
    return row


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
    Group.objects.get_or_create(name=ASSOCIATION)
    access = permission(apps, "wagtailadmin", "admin", "access", name="Can access Wagtail admin")
    for role, rights in MODEL_RIGHTS.items():
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.add(
            access,
            *(
                permission(apps, *model, action)
                for model, actions in rights.items()
                for action in actions
            ),
        )


def give_pages(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    rights = apps.get_model("wagtailcore", "GroupPagePermission").objects
    editors, experts = Group.objects.get(name=EDITOR), Group.objects.get(name=EXPERT)
    for home in apps.get_model("home", "HomePage").objects.all():
        for action in EDITOR_PAGE_RIGHTS:
            rights.get_or_create(
                group=editors,
                page_id=home.pk,
                permission=permission(apps, "wagtailcore", "page", action),
            )
    # A series that is made later is opened to experts by thematic_months/signal_handlers.py.
    add = permission(apps, "wagtailcore", "page", "add")
    for model_name in ("ArticleIndex", "Series"):
        for page in apps.get_model("thematic_months", model_name).objects.all():
            rights.get_or_create(group=experts, page_id=page.pk, permission=add)


def give_files(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    rights = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role, actions in FILE_RIGHTS.items():
        for model in FILES:
            for action in actions:
                rights.get_or_create(
                    group=Group.objects.get(name=role),
                    collection=root,
                    permission=permission(apps, *model, action),
                )


def make_collection(apps, schema_editor):
    Collection = apps.get_model("wagtailcore", "Collection")
    root = Collection.objects.get(depth=1)
    if Collection.objects.filter(depth=2, name=MEMBERS_COLLECTION).exists():
        return
    # Historical models have no treebeard: a step of the path is four characters.
    collection = Collection.objects.create(
        name=MEMBERS_COLLECTION, path=f"{root.path}{root.numchild + 1:04d}", depth=2, numchild=0
    )
    Collection.objects.filter(pk=root.pk).update(numchild=root.numchild + 1)
    apps.get_model("wagtailcore", "CollectionViewRestriction").objects.create(
        collection=collection, restriction_type="login"
    )


def make_workflow(apps, schema_editor):
    def model(name):
        return apps.get_model("wagtailcore", name)

    model("Workflow").objects.filter(name=STOCK_WORKFLOW, workflow_states=None).delete()
    model("Task").objects.filter(
        name=STOCK_WORKFLOW, workflow_tasks=None, task_states=None
    ).delete()
    if model("Workflow").objects.filter(name=WORKFLOW).exists():
        return
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    task = model("GroupApprovalTask").objects.create(
        name=WORKFLOW, content_type=content_type, active=True
    )
    task.groups.add(apps.get_model("auth", "Group").objects.get(name=EDITOR))
    workflow = model("Workflow").objects.create(name=WORKFLOW, active=True)
    model("WorkflowTask").objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    home = apps.get_model("home", "HomePage").objects.first()
    model("WorkflowPage").objects.create(workflow=workflow, page_id=home.pk)


def make_settings(apps, schema_editor):
    # Wagtail would make the row on the first look at it, outside a transaction, where the journal refuses a change.
    SiteSettings = apps.get_model("home", "SiteSettings")
    if not SiteSettings.objects.exists():
        SiteSettings.objects.create()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_page_tree"),
        ("cms", "0002_initial"),
        ("thematic_months", "0001_initial"),
        ("members", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (
            make_groups,
            give_pages,
            give_files,
            make_collection,
            make_workflow,
            make_settings,
        )
    ]
