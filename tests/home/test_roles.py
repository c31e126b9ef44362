"""Each role may do what it is for, and no more."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page, Workflow

from members.roles import Role
from tests.factories import ArticleFactory, QuestionFactory, SeriesFactory, ThematicMonthFactory
from tests.home.admin import administrator, client_of, may_open, member_of
from thematic_months.models import Article, ArticleIndex

pytestmark = pytest.mark.django_db

LISTS = {
    "months": "/admin/months/",
    "articles": "/admin/articles/",
    "questions": "/admin/snippets/thematic_months/question/",
    "topics": "/admin/snippets/cms/topic/",
    "places": "/admin/snippets/cms/place/",
    "partners": "/admin/snippets/home/partner/",
    "menus": "/admin/snippets/home/menu/",
    "settings": "/admin/settings/home/sitesettings/",
    "redirects": "/admin/redirects/",
    "images": "/admin/images/",
    "documents": "/admin/documents/",
    "users": "/admin/users/",
    "groups": "/admin/groups/",
    "sites": "/admin/sites/",
    "workflows": "/admin/workflows/list/",
    "collections": "/admin/collections/",
}
OPEN = {
    Role.EDITOR: {
        "months",
        "articles",
        "topics",
        "places",
        "partners",
        "menus",
        "settings",
        "redirects",
        "images",
        "documents",
    },
    Role.MODERATOR: {"months", "questions"},
    Role.EXPERT: {"months", "articles", "images", "documents"},
}


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(model_name: str, parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["thematic_months", model_name, parent.pk])


def form_of(client: Client, url: str, **changes: str) -> dict[str, str]:
    """What a browser would send back of an empty form of a page."""
    fields = {
        "title": "Gra terenowa",
        "slug": "gra-terenowa",
        "lead": "",
        "cover": "",
        "audience": "PUBLIC",
        "published_on": "2026-11-01",
        "licence": "CC_BY_SA_4",
        "seo_title": "",
        "search_description": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "text",
        "body-0-id": "",
        "body-0-value": '{"blocks": [{"key": "a", "text": "Tekst", "type": "unstyled", "depth": 0, '
        '"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
    }
    for formset in ("contributions", "subjects", "comments"):
        fields |= {
            f"{formset}-{name}": value
            for name, value in (
                ("TOTAL_FORMS", "0"),
                ("INITIAL_FORMS", "0"),
                ("MIN_NUM_FORMS", "0"),
                ("MAX_NUM_FORMS", ""),
            )
        }
    return fields | changes


@pytest.mark.parametrize("role", OPEN)
def test_role_opens_its_lists_and_no_others(role):
    client = client_of(role)
    assert {name for name, url in LISTS.items() if may_open(client, url)} == OPEN[role]


def test_association_group_opens_nothing_in_the_admin():
    client = client_of(Role.ASSOCIATION)
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    group = Group.objects.get(name=Role.ASSOCIATION)
    assert not group.permissions.exists()
    assert not group.page_permissions.exists()
    assert not group.collection_permissions.exists()


def test_wagtails_own_groups_are_gone():
    assert set(Group.objects.values_list("name", flat=True)) == set(Role)


def test_permissions_made_by_the_migration_are_those_that_django_would_make():
    names = dict(Permission.objects.values_list("codename", "name"))
    assert names["change_question"] == "Can change question"
    assert names["publish_partner"] == "Can publish partner"
    assert Permission.objects.filter(codename="change_topic").count() == 1


def test_editor_edits_and_publishes_everywhere():
    month = ThematicMonthFactory()
    rights = month.permissions_for_user(member_of(Role.EDITOR))
    assert rights.can_edit()
    assert rights.can_publish()
    assert rights.can_lock()
    assert rights.can_delete()
    assert may_open(client_of(Role.EDITOR), add_url("webinar", month))


def test_editor_cannot_delete_the_home_page(home):
    client = client_of(Role.EDITOR)
    client.post(reverse("wagtailadmin_pages:delete", args=[home.pk]))
    assert Page.objects.filter(pk=home.pk).exists()


def test_moderator_changes_questions_but_neither_deletes_nor_adds_them():
    client, question = client_of(Role.MODERATOR), QuestionFactory()
    name = "wagtailsnippets_thematic_months_question"
    assert may_open(client, reverse(f"{name}:edit", args=[question.pk]))
    assert not may_open(client, reverse(f"{name}:delete", args=[question.pk]))
    assert not may_open(client, reverse(f"{name}:add"))


def test_moderator_sees_months_but_does_not_edit_them():
    client, month = client_of(Role.MODERATOR), ThematicMonthFactory(title="Zielona biblioteka")
    page = client.get("/admin/months/").content.decode()
    assert "Zielona biblioteka" in page
    assert edit_url(month) not in page
    assert not may_open(client, edit_url(month))


def test_expert_writes_articles_below_months_series_and_index():
    client, month = client_of(Role.EXPERT), ThematicMonthFactory()
    for parent in (month, month.get_parent(), ArticleIndex.objects.get()):
        assert may_open(client, add_url("article", parent))


def test_expert_creates_no_months_webinars_or_series(home):
    client, month = client_of(Role.EXPERT), ThematicMonthFactory()
    assert not may_open(client, add_url("thematicmonth", month.get_parent()))
    assert not may_open(client, add_url("webinar", month))
    assert not may_open(client, add_url("series", home))
    assert not may_open(client, reverse("wagtailadmin_pages:copy", args=[month.pk]))


def test_menu_offers_each_role_its_own_work():
    def menu(role: Role) -> str:
        return client_of(role).get(reverse("wagtailadmin_home")).content.decode()

    assert "/admin/articles/" in menu(Role.EXPERT)
    assert "/admin/projects/" not in menu(Role.EXPERT)
    assert "/admin/months/" in menu(Role.MODERATOR)
    assert "/admin/articles/" not in menu(Role.MODERATOR)
    assert "/admin/projects/" in menu(Role.EDITOR)


def test_expert_is_led_straight_to_the_article():
    month = ThematicMonthFactory()
    answer = client_of(Role.EXPERT).get(reverse("wagtailadmin_pages:add_subpage", args=[month.pk]))
    assert answer.url == add_url("article", month)


def test_expert_edits_own_articles_alone():
    own = member_of(Role.EXPERT)
    client = Client()
    client.force_login(own)
    assert may_open(client, edit_url(ArticleFactory(owner=own)))
    assert not may_open(client, edit_url(ArticleFactory()))
    assert not may_open(client, edit_url(ThematicMonthFactory()))


def test_expert_publishes_nothing():
    own = member_of(Role.EXPERT)
    rights = ArticleFactory(owner=own, live=False).permissions_for_user(own)
    assert not rights.can_publish()
    assert rights.can_submit_for_moderation()


def test_article_goes_from_expert_through_review_to_readers():
    month, expert, editor = ThematicMonthFactory(), client_of(Role.EXPERT), client_of(Role.EDITOR)
    url = add_url("article", month)
    expert.post(url, form_of(expert, url) | {"action-submit": "1"})
    article = Article.objects.get(title="Gra terenowa")
    assert not article.live
    assert article.current_workflow_state.workflow.name == "Redakcja"
    task_state = article.current_workflow_task_state
    editor.post(
        reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task_state.pk]),
        {"comment": ""},
    )
    article.refresh_from_db()
    assert article.live


def test_review_is_by_editors_and_holds_for_all_pages():
    [workflow] = Workflow.objects.all()
    [task] = [link.task.specific for link in workflow.workflow_tasks.all()]
    assert [group.name for group in task.groups.all()] == [Role.EDITOR]
    assert ThematicMonthFactory().get_workflow() == workflow


def test_new_series_is_opened_to_experts_once():
    series = SeriesFactory()
    series.save()
    rights = Group.objects.get(name=Role.EXPERT).page_permissions.filter(page_id=series.pk)
    assert [right.permission.codename for right in rights] == ["add_page"]


def test_files_for_members_need_a_log_in():
    collection = Collection.objects.get(name="Materiały dla członków")
    assert collection.get_parent() == Collection.get_first_root_node()
    assert [restriction.restriction_type for restriction in collection.get_view_restrictions()] == [
        "login"
    ]
    collection.add_child(name="Dalsza")  # treebeard accepts the path that the migration wrote


def test_settings_are_there_before_anybody_looks():
    assert may_open(administrator(), LISTS["settings"])
