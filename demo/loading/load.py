"""The whole demo in one transaction: all of it or nothing, in the database and among the files."""

from pathlib import Path

from django.db import transaction

from demo.content import Content
from demo.loading import editorial, months, people, projects, shared
from demo.loading.desk import Desk
from demo.loading.indexing import index, indexes_left_alone
from demo.loading.library import Library
from home.models import Menu, SiteSettings


def load(content: Content, *, accounts_file: Path, with_renditions: bool = True) -> Desk:
    library = Library(content.topics, with_renditions=with_renditions)
    try:
        with transaction.atomic():
            desk = Desk(content, library)
            passwords = people.load_accounts(desk)
            with indexes_left_alone():
                fill(desk)
            index([*desk.pages.values(), desk.home, *Menu.objects.all(), SiteSettings.load()])
            library.store_renditions()
            people.write_accounts(accounts_file, passwords)
    except BaseException:
        # An interrupted load too: the rows are rolled back, the files would stay.
        library.close()
        library.remove_files()
        raise
    library.close()
    return desk


def fill(desk: Desk) -> None:
    """In this order, so that most texts find what they name; the others are finished later."""
    shared.load_vocabulary(desk)
    projects.make_documents(desk)
    shared.load_indexes(desk)
    people.load_experts(desk)
    projects.load_projects(desk)
    projects.load_publications(desk)
    projects.load_groups(desk)
    months.load_series(desk)
    months.load_months(desk)
    months.load_practice(desk)
    shared.load_standard_pages(desk)
    shared.load_home(desk)
    desk.finish()
    projects.link_reports(desk)
    months.remember_videos(desk)
    shared.load_settings(desk)
    shared.load_menus(desk)
    shared.load_redirects(desk)
    editorial.keep_drafts(desk)
    editorial.schedule_months(desk)
    editorial.start_reviews(desk)
    editorial.draft_changes(desk)
    editorial.restrict_pages(desk)
    editorial.load_private_documents(desk)
