"""What editors work on: a scheduled month, unpublished changes, a review, restrictions."""

import datetime

from django.contrib.auth.models import Group
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Workflow,
)

from cms.models import HubPage, Licence
from demo.content import ContentError, Entry
from demo.loading.desk import Desk
from demo.loading.projects import booklet
from members.roles import Role

ASSOCIATION_COLLECTION = "Dokumenty stowarzyszenia"


def keep_drafts(desk: Desk) -> None:
    """An unpublished page as the editor left it: with a revision to open and to publish."""
    author = desk.accounts["redaktor"]
    for page in desk.pages.values():
        if not page.live:
            page.save_revision(user=author)


def schedule_months(desk: Desk) -> None:
    """What is to go live on the first of next month, as an editor does it: by a revision."""
    following = desk.today.replace(day=28) + datetime.timedelta(days=4)
    moment = desk.moment(following.replace(day=1), "06:00")
    author = desk.accounts["redaktor"]
    for entry in desk.content.months:
        if entry["state"] == "scheduled":
            page = desk.pages[entry["slug"]]
            page.go_live_at = moment
            page.save_revision(user=author).publish(user=author)


def draft_changes(desk: Desk) -> None:
    for entry in desk.content.editorial.entries("changes"):
        page = desk.find(desk.pages, entry["page"], entry.where)
        for key in ("title", "lead"):
            if key in entry:
                setattr(page, key, entry[key])
        page.save_revision(user=desk.accounts["redaktor"])


def start_reviews(desk: Desk) -> None:
    workflow = Workflow.objects.filter(name="Redakcja", active=True).first()
    if workflow is None:
        return
    for entry in desk.content.editorial.entries("reviews"):
        page = desk.find(desk.pages, entry["page"], entry.where)
        if page.live:
            raise ContentError(entry.where, f"“{page.slug}” is published: only drafts are reviewed")
        page.save_revision(user=desk.accounts["ekspert"])
        workflow.start(page, desk.accounts["ekspert"])


def restrict_pages(desk: Desk) -> None:
    for entry in desk.content.editorial.entries("restrictions"):
        page = desk.find(desk.pages, entry["page"], entry.where)
        restrict_page(page, entry)


def restrict_page(page: HubPage, entry: Entry) -> None:
    group = association()
    if entry["who"] == "association" and group is not None:
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(group)
    else:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def association() -> Group | None:
    return Group.objects.filter(name=Role.ASSOCIATION).first()


def load_private_documents(desk: Desk) -> None:
    names = {entry["slug"]: entry["title"] for entry in desk.content.experts}
    collection = Collection.objects.get(depth=1).add_child(name=ASSOCIATION_COLLECTION)
    group = association()
    restriction = CollectionViewRestriction.objects.create(
        collection=collection,
        restriction_type=CollectionViewRestriction.GROUPS
        if group
        else CollectionViewRestriction.LOGIN,
    )
    if group is not None:
        restriction.groups.add(group)
    for entry in desk.content.editorial.entries("documents"):
        licence = entry.choice("licence", Licence)
        desk.library.document(
            entry["slug"], booklet(entry, names), entry["topics"], licence, collection
        )
