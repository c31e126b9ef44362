"""Sharing drafts from the admin: who may, what is shown once, and taking it back."""

import datetime
import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from cms.models import PreviewToken
from cms.preview import make_token
from members.roles import Role
from tests.factories import (
    ArticleFactory,
    MemberFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
)

SECRET = re.compile(r"#([A-Za-z0-9_-]{43})")


def in_role(role):
    member = MemberFactory()
    member.groups.add(Group.objects.get(name=role))
    return member


def as_(member):
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def editor(home):
    return in_role(Role.EDITOR)


@pytest.fixture
def month(home):
    return ThematicMonthFactory(parent=SeriesFactory(), title="Senior w sieci", live=False)


def share(client, page, **data):
    url = reverse("share_draft", args=[page.pk])
    return client.post(url, {"recipient": "Anna Nowak", "days": "7", **data})


def stored_texts():
    """Every text in the database, of all tables."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield from (str(value) for value in row)


def test_link_is_shown_once_and_its_secret_kept_nowhere(editor, month, caplog):
    client = as_(editor)
    with caplog.at_level("DEBUG"):
        made = share(client, month, with_descendants="on")
        secret = SECRET.search(made.content.decode())[1]
        later = client.get(reverse("share_draft", args=[month.pk]))
    assert "no-store" in made["Cache-Control"]
    assert secret not in later.content.decode()
    assert "Anna Nowak" in later.content.decode()
    assert not [text for text in stored_texts() if secret in text]
    assert secret not in caplog.text


def test_link_lasts_as_long_as_chosen_and_covers_what_was_chosen(editor, month):
    share(as_(editor), month, days="3", with_descendants="on")
    token = PreviewToken.objects.get()
    assert token.with_descendants is True
    assert token.created_by == editor
    rest = token.expires_at - timezone.now()
    assert datetime.timedelta(days=2, hours=23) < rest <= datetime.timedelta(days=3)


def test_page_that_is_no_month_is_shared_alone(editor, month):
    article = ArticleFactory(parent=month, live=False)
    share(as_(editor), article, with_descendants="on")
    assert PreviewToken.objects.get().with_descendants is False


@pytest.mark.parametrize("days", ["0", "-1", "31", "4000", "", "siedem"])
def test_link_of_another_length_is_refused(editor, month, days):
    answer = share(as_(editor), month, days=days)
    assert answer.status_code == 200
    assert PreviewToken.objects.count() == 0


def test_setting_limits_how_long_a_link_works(editor, month, settings):
    settings.PREVIEW_MAX_DAYS = 2
    share(as_(editor), month, days="3")
    assert PreviewToken.objects.count() == 0
    with pytest.raises(ValueError, match="from 1 to 2 days"):
        make_token(month, recipient="Anna", creator=editor, days=3)


def test_page_has_at_most_twenty_links_that_work(editor, month):
    for _ in range(20):
        make_token(month, recipient="Anna", creator=editor, days=1)
    assert "Najpierw unieważnij" in share(as_(editor), month).content.decode()
    PreviewToken.objects.order_by("pk").first().delete()
    assert SECRET.search(share(as_(editor), month).content.decode())


def test_whoever_may_not_edit_the_page_neither_sees_nor_makes_nor_revokes_links(month, editor):
    token, _secret = make_token(month, recipient="Anna", creator=editor, days=1)
    client = as_(in_role(Role.MODERATOR))
    # The admin answers a missing permission with the way back to its start.
    refusals = [
        client.get(reverse("share_draft", args=[month.pk])),
        share(client, month),
        client.post(reverse("revoke_preview", args=[token.pk])),
    ]
    assert [urlsplit(each.url).path for each in refusals] == [reverse("wagtailadmin_home")] * 3
    token.refresh_from_db()
    assert (token.revoked_at, PreviewToken.objects.count()) == (None, 1)


def test_member_without_the_admin_is_sent_to_the_log_in(month):
    answer = as_(MemberFactory()).get(reverse("share_draft", args=[month.pk]))
    assert answer.status_code == 302
    assert urlsplit(answer.url).path == reverse("account_login")


def test_expert_shares_only_the_drafts_that_are_the_experts_own(month):
    expert = in_role(Role.EXPERT)
    own = ArticleFactory(parent=month, owner=expert, live=False)
    other = ArticleFactory(parent=month, live=False)
    client = as_(expert)
    assert SECRET.search(share(client, own).content.decode())
    assert urlsplit(share(client, other).url).path == reverse("wagtailadmin_home")


def test_editor_revokes_a_link(editor, month):
    token, _secret = make_token(month, recipient="Anna", creator=editor, days=1)
    answer = as_(editor).post(reverse("revoke_preview", args=[token.pk]), follow=True)
    token.refresh_from_db()
    assert token.revoked_at is not None
    page = answer.content.decode()
    assert "Link dla: Anna już nie działa." in page
    assert "unieważniony" in page


@pytest.mark.parametrize("name", ["share_draft", "revoke_preview"])
def test_changes_need_the_forms_token(editor, month, name):
    token, _secret = make_token(month, recipient="Anna", creator=editor, days=1)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    pk = month.pk if name == "share_draft" else token.pk
    url = reverse(name, args=[pk])
    assert client.post(url, {"recipient": "Jan", "days": "1"}).status_code == 403


def test_link_is_not_revoked_by_get(editor, month):
    token, _secret = make_token(month, recipient="Anna", creator=editor, days=1)
    assert as_(editor).get(reverse("revoke_preview", args=[token.pk])).status_code == 405


def test_menu_of_a_page_leads_to_sharing_only_for_those_who_may_edit_it(editor, month):
    url = reverse("share_draft", args=[month.pk])
    edit = as_(editor).get(reverse("wagtailadmin_pages:edit", args=[month.pk])).content.decode()
    assert url in edit
    list_of = reverse("wagtailadmin_explore", args=[month.pk])
    assert url not in as_(in_role(Role.MODERATOR)).get(list_of, follow=True).content.decode()


def test_report_lists_links_that_work_to_pages_that_one_may_edit(editor, month):
    make_token(month, recipient="Anna", creator=editor, days=1)
    old, _secret = make_token(month, recipient="Dawny", creator=editor, days=1)
    PreviewToken.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    report = reverse("shared_drafts")
    seen = as_(editor).get(report).content.decode()
    assert "Anna" in seen
    assert "Dawny" not in seen
    assert "Anna" not in as_(in_role(Role.EXPERT)).get(report).content.decode()


def test_tokens_do_not_count_as_uses_of_their_page(editor, month):
    make_token(month, recipient="Anna", creator=editor, days=1)
    assert not ReferenceIndex.get_references_to(month).exists()


def test_shared_page_can_be_deleted(editor):
    page = StandardPageFactory()
    make_token(page, recipient="Anna", creator=editor, days=1)
    with transaction.atomic():
        page.delete()
    assert PreviewToken.objects.count() == 0


def test_link_that_ended_three_months_ago_is_forgotten(editor, month):
    for days, name in ((91, "Dawna"), (89, "Niedawna")):
        old, _secret = make_token(month, recipient=name, creator=editor, days=1)
        ended = timezone.now() - datetime.timedelta(days=days)
        PreviewToken.objects.filter(pk=old.pk).update(expires_at=ended)
    make_token(month, recipient="Nowa", creator=editor, days=1)
    assert set(PreviewToken.objects.values_list("recipient", flat=True)) == {"Niedawna", "Nowa"}
