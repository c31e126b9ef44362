"""`manage.py load_demo`: what is there afterwards."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
    TaskState,
    get_page_models,
)

from cms.models import Audience, Contribution, HubDocument, HubImage, HubPage, JournalEntry, Topic
from cms.visibility import anonymous_viewer, can_see
from home.models import Menu, Partner, SiteSettings
from members.models import Member
from projects.models import Event, Exchange, Publication
from thematic_months.models import (
    Answer,
    Article,
    Expert,
    Question,
    QuestionState,
    Series,
    ThematicMonth,
    Webinar,
    WebinarState,
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("demo")]


def counts():
    return {model: model._default_manager.count() for model in apps.get_models()}


def test_second_run_changes_nothing(demo):
    before, journal = counts(), JournalEntry.objects.count()
    passwords = demo["accounts_file"].read_text()
    call_command("load_demo", **demo)
    assert counts() == before
    assert JournalEntry.objects.count() == journal
    assert demo["accounts_file"].read_text() == passwords


def test_a_renamed_series_is_no_reason_to_load_again(demo):
    before = counts()
    series = Series.objects.get(slug="12-miesiecy-tematycznych")
    Series.objects.filter(pk=series.pk).update(slug="nowa-nazwa")
    call_command("load_demo", **demo)
    assert counts() == before
    Series.objects.filter(pk=series.pk).update(slug=series.slug)


def test_the_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])
    for page in Page.objects.filter(depth__gt=2).specific():
        parent = page.get_parent().specific_class
        assert type(page) in parent.allowed_subpage_models(), page
        assert page.url_path == f"{page.get_parent().url_path}{page.slug}/"


def test_it_is_as_large_as_promised():
    months = Counter(ThematicMonth.objects.values_list("path", flat=True))
    assert Series.objects.count() == 2
    assert len(months) >= 24
    assert Article.objects.live().count() >= 110
    assert Article.objects.count() >= 120
    assert Webinar.objects.count() >= 30
    assert Webinar.objects.filter(starts__gt=timezone.now()).count() >= 3
    assert Expert.objects.count() == 20
    assert Topic.objects.count() == 18
    assert Event.objects.values("place__town").distinct().count() >= 12


def test_everything_would_pass_the_admin_forms():
    for model in get_page_models():
        if issubclass(model, HubPage):
            for page in model.objects.all():
                page.full_clean()
                clean_body(page)
    for model in (Contribution, Question, Answer, Exchange, HubImage, HubDocument, Partner):
        for thing in model.objects.all():
            thing.full_clean()


def clean_body(page):
    for block in getattr(page, "body", None) or []:
        # Cleaning a video asks its site about it.
        if block.block_type != "video":
            block.block.clean(block.value)


def test_texts_have_no_block_without_its_page():
    for page in Page.objects.specific():
        for block in getattr(page, "body", None) or []:
            if block.block_type == "page_card":
                assert block.value["page"] is not None, page
            if block.block_type == "tip":
                assert block.value["expert"] is not None, page


def test_there_is_something_in_every_state():
    states = {webinar.state for webinar in Webinar.objects.all()}
    assert states >= set(WebinarState) - {WebinarState.LIVE}
    assert set(Question.objects.values_list("state", flat=True)) == set(QuestionState.values)
    assert Article.objects.filter(audience=Audience.MEMBERS).exists()
    assert Partner.objects.filter(live=False).count() == 1
    assert Page.objects.filter(live=True, has_unpublished_changes=True).count() == 2
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1


def test_one_month_is_scheduled_for_the_first_of_the_next():
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    go_live = timezone.localtime(revision.approved_go_live_at)
    month = revision.as_object()
    assert (go_live.year, go_live.month, go_live.day) == (month.year, month.month, 1)
    assert not month.live
    assert go_live > timezone.now()


def test_this_month_is_live_and_takes_questions():
    today = timezone.localdate()
    series = SiteSettings.load().main_series
    month = ThematicMonth.objects.child_of(series).get(year=today.year, month=today.month)
    assert month.live
    assert month.questions_open
    assert Webinar.objects.child_of(month).filter(starts__gt=timezone.now()).count() == 2


def test_nothing_live_was_published_in_the_future():
    for page in Page.objects.live().filter(depth__gt=2).specific():
        assert page.published_on <= timezone.localdate(), page


def test_a_closed_project_and_closed_files():
    restriction = PageViewRestriction.objects.get()
    assert restriction.restriction_type == PageViewRestriction.GROUPS
    assert not can_see(restriction.page.specific, viewer=anonymous_viewer())
    closed = CollectionViewRestriction.objects.values("collection")
    assert HubDocument.objects.filter(collection__in=closed).count() == 2
    for publication in Publication.objects.filter(audience=Audience.MEMBERS):
        assert not can_see(publication.file, viewer=anonymous_viewer())


def test_publications_have_pdf_files_of_several_pages():
    for publication in Publication.objects.all():
        data = publication.file.file.read()
        assert data.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type /Page\b(?!s)", data)) >= 5
        assert publication.file.file_size == len(data)


def test_pictures_are_small_and_described():
    for image in HubImage.objects.all():
        assert image.file_size < 200_000
        assert max(image.width, image.height) <= 1600
        assert image.description
        assert image.credit
    covers = ThematicMonth.objects.values("cover").distinct().count()
    assert covers == ThematicMonth.objects.count()


def test_accounts_can_log_in_and_only_their_owner_can_read_the_file(demo):
    file = demo["accounts_file"]
    assert file.stat().st_mode & 0o777 == 0o600
    lines = [line.split()[:2] for line in file.read_text().splitlines()]
    assert len(lines) == 5
    for email, password in lines:
        assert authenticate(username=email, password=password) is not None
    assert Member.objects.get(is_superuser=True).email == "administrator@labib.example"
    assert Expert.objects.get(member__email="ekspert@labib.example").live


def test_menus_settings_and_redirects_lead_somewhere():
    assert set(Menu.objects.values_list("key", flat=True)) == {"main", "footer"}
    assert SiteSettings.load().contact_email
    assert Redirect.objects.get(old_path="/getit").redirect_page.specific.title == "GET it"
