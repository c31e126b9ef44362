"""The admin as editors find it: Polish, a list for each kind of content, attention first."""

import datetime
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.snippets.models import get_snippet_models

from cms.listings import HubPageListing
from members.models import Member
from members.roles import Role
from tests import factories
from tests.home.admin import administrator, client_of
from thematic_months.models import MonthExpert

pytestmark = pytest.mark.django_db

PAGE_LISTS = sorted(listing.name for listing in HubPageListing.__subclasses__())
SEARCH_AND_FILTERS = {
    "months": "?q=bib&year=2026&state=past&attention=experts",
    "articles": "?q=bib&live=True",
    "webinars": "?q=bib&state=ENDED&attention=recording",
    "experts": "?q=bib&is_ambassador=true",
    "projects": "?q=bib&kind=GAME&status=RUNNING",
    "events": "?q=bib&kind=MEETING&when=past&status=PLANNED",
    "publications": "?q=bib&year=2015",
}


@pytest.fixture
def everything():
    """One of each kind of content."""
    question = factories.AnswerFactory().question
    factories.WebinarFactory(parent=question.month)
    factories.ArticleFactory(parent=question.month)
    factories.EventFactory(parent=factories.EditionFactory())
    factories.PublicationFactory()
    factories.WorkingGroupFactory()
    factories.PlaceFactory()
    factories.TopicFactory()
    factories.PartnerFactory()
    factories.MenuFactory()


def titles(client: Client, url: str) -> list[str]:
    return re.findall(
        r'<span id="page_\d+_title">.*?([^<>\s][^<>]*?)\s*</span>',
        client.get(url).content.decode(),
        re.S,
    )


def test_admin_is_polish():
    page = administrator().get(reverse("wagtailadmin_home")).content.decode()
    assert '<html lang="pl"' in page
    assert "Wymaga uwagi" in page
    # The menu is data for a script.
    for label in ("Miesiące tematyczne", "Projekty i wydarzenia", "Tematy, miejsca, partnerzy"):
        assert json.dumps(label)[1:-1] in page


@pytest.mark.parametrize("name", PAGE_LISTS)
def test_every_list_of_pages_opens_searches_filters_and_sorts(everything, name):
    client, url = administrator(), reverse(f"{name}:index")
    queries = [
        "",
        "?q=bib",
        SEARCH_AND_FILTERS.get(name, ""),
        "?q=bib&ordering=title",
        "?ordering=-live",
        "?q=bib&ordering=starts",
    ]
    for query in queries:
        assert client.get(url + query).status_code == 200, query


def test_every_list_and_form_of_snippets_opens(everything):
    client = administrator()
    for model in get_snippet_models():
        viewset = model.snippet_viewset
        assert client.get(reverse(viewset.get_url_name("list")) + "?q=bib").status_code == 200, (
            model
        )
        assert client.get(reverse(viewset.get_url_name("add"))).status_code == 200, model
        for thing in model.objects.all()[:1]:
            assert (
                client.get(reverse(viewset.get_url_name("edit"), args=[thing.pk])).status_code
                == 200
            ), model


def test_every_kind_of_page_has_a_form(everything, home):
    client = administrator()
    kinds = {page.specific_class: page for page in home.get_descendants(inclusive=True)}
    assert len(kinds) > 15
    for kind, page in kinds.items():
        answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200, kind
        assert "Tematy i dostęp" in answer.content.decode()


def test_months_are_listed_by_series_and_date_the_newest_first():
    old, new = factories.SeriesFactory(), factories.SeriesFactory()
    for series, year, month, title in (
        (new, 2025, 12, "Grudzień"),
        (old, 2013, 5, "Maj"),
        (new, 2026, 2, "Luty"),
        (old, 2014, 1, "Styczeń"),
    ):
        factories.ThematicMonthFactory(parent=series, year=year, month=month, title=title)
    assert titles(client_of(Role.EDITOR), "/admin/months/") == [
        "Luty",
        "Grudzień",
        "Styczeń",
        "Maj",
    ]
    assert titles(client_of(Role.EDITOR), f"/admin/months/?series={new.pk}") == ["Luty", "Grudzień"]
    assert titles(client_of(Role.EDITOR), "/admin/months/?year=2013") == ["Maj"]


def cost(client: Client, url: str) -> int:
    client.get(url)  # fills the caches of content types and of the site's paths
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    return len(captured)


@pytest.mark.parametrize(
    "url", ["/admin/months/", "/admin/webinars/", "/admin/experts/", "/admin/"]
)
def test_more_content_costs_no_more_queries(url):
    def add(number: int) -> None:
        past = timezone.now() - datetime.timedelta(days=2)
        month = factories.ThematicMonthFactory(parent=series)
        for _count in range(number):
            factories.ThematicMonthFactory(parent=series)
            factories.WebinarFactory(
                parent=month, starts=past, ends=past + datetime.timedelta(hours=1)
            )
            factories.ExpertFactory(place=factories.PlaceFactory())

    client, series = client_of(Role.EDITOR), factories.SeriesFactory()
    add(2)
    few = cost(client, url)
    add(6)
    assert cost(client, url) == few


def attention(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_moderator_is_told_of_new_questions_alone():
    factories.QuestionFactory(text="Jak zacząć?")
    factories.QuestionFactory(text="Przyjęte", state="ACCEPTED")
    today = timezone.localdate()
    factories.ThematicMonthFactory(title="Bez eksperta", year=today.year, month=today.month)
    page = attention(client_of(Role.MODERATOR))
    assert "Jak zacząć?" in page
    assert "Przyjęte" not in page
    assert "Bez eksperta" not in page


def test_editor_is_told_of_months_and_webinars_that_lack_something():
    today, past = timezone.localdate(), timezone.now() - datetime.timedelta(days=2)
    month = factories.ThematicMonthFactory(
        title="Miesiąc bez nikogo", year=today.year, month=today.month
    )
    sure = factories.ThematicMonthFactory(title="Miesiąc pewny", year=today.year, month=today.month)
    MonthExpert.objects.create(month=sure, expert=factories.ExpertFactory(), invitation="CONFIRMED")
    over = {"parent": month, "starts": past, "ends": past + datetime.timedelta(hours=1)}
    recorded = {"recording_url": "https://example.org/", "recording_consent": True}
    factories.WebinarFactory(title="Bez nagrania", **over)
    factories.WebinarFactory(title="Bez zapisu mowy", **over, **recorded)
    factories.WebinarFactory(title="Kompletne", **over, **recorded, transcript="Dzień dobry")
    factories.WebinarFactory(title="Odwołane spotkanie", **over, status="CANCELLED")
    factories.QuestionFactory(text="Jak zacząć?")
    page = attention(client_of(Role.EDITOR))
    for text in ("Miesiąc bez nikogo", "Bez nagrania", "Bez zapisu mowy"):
        assert text in page
    for text in ("Miesiąc pewny", "Kompletne", "Odwołane spotkanie", "Jak zacząć?"):
        assert text not in page


def test_confirmation_in_a_draft_of_an_unpublished_month_counts():
    today = timezone.localdate()
    month = factories.ThematicMonthFactory(
        title="W przygotowaniu", live=False, year=today.year, month=today.month
    )
    month.experts.add(MonthExpert(expert=factories.ExpertFactory(), invitation="CONFIRMED"))
    month.save_revision()
    assert MonthExpert.objects.count() == 0
    assert "W przygotowaniu" not in attention(client_of(Role.EDITOR))


def test_expert_has_no_panel():
    assert "Wymaga uwagi" not in attention(client_of(Role.EXPERT))


def test_administrator_creates_and_edits_an_account():
    client = administrator()
    fields = {
        "email": "Nowa@Example.org",
        "password1": "dlugie-haslo-91",
        "password2": "dlugie-haslo-91",
        "first_name": "",
        "last_name": "",
    }
    assert client.post(reverse("wagtailusers_users:add"), fields).status_code == 302
    member = Member.objects.get(email="nowa@example.org")
    assert member.check_password("dlugie-haslo-91")
    edit = reverse("wagtailusers_users:edit", args=[member.pk])
    assert client.get(edit).status_code == 200
    assert (
        client.post(
            edit,
            {"email": "nowa@example.org", "first_name": "Ewa", "last_name": "", "is_active": "on"},
        ).status_code
        == 302
    )
    member.refresh_from_db()
    assert member.first_name == "Ewa"
    assert member.check_password("dlugie-haslo-91")
    assert "Ewa" in client.get(reverse("wagtailusers_users:index") + "?q=nowa").content.decode()


def test_one_address_is_one_account_however_it_is_typed():
    factories.MemberFactory(email="ktos@example.org")
    fields = {
        "email": "KTOS@example.org",
        "password1": "dlugie-haslo-91",
        "password2": "dlugie-haslo-91",
    }
    answer = administrator().post(reverse("wagtailusers_users:add"), fields)
    assert answer.status_code == 200
    assert "już konto z tym adresem" in str(answer.context["form"].errors)
