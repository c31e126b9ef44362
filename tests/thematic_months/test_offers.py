"""A member offers a text, which a moderator accepts as a draft article or declines."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.paths import path_of
from members.roles import Role
from tests.factories import MemberFactory, ThematicMonthFactory
from tests.home.admin import client_of
from tests.thematic_months.asking import logged_in, value_of
from tests.thematic_months.test_typed_forms import fields_of
from thematic_months.models import Article, ArticleIndex, OfferedText

pytestmark = pytest.mark.django_db

ADDRESS = "/moje-teksty/nowy/"
TEXT = "Zaczęliśmy od jednej półki.\n\nPotem <b>dorosła</b> do całego regału. " * 6
TYPED = {
    "title": "Łódź czyta na głos",
    "lead": "Jak w rok zbudowaliśmy półkę wymiany.",
    "text": TEXT,
    "author_name": "Ola Kos",
    "agrees": "on",
}


def offered(**values: Any) -> OfferedText:
    fields = {name: value for name, value in TYPED.items() if name != "agrees"}
    return OfferedText.objects.create(**fields | {"member": MemberFactory()} | values)


@pytest.fixture
def decide(django_capture_on_commit_callbacks):
    """decide(offer, state="…") as a moderator; what the admin answered."""
    moderator = client_of(Role.MODERATOR)

    def save(offer: OfferedText, **fields: Any) -> Any:
        url = reverse("wagtailsnippets_thematic_months_offeredtext:edit", args=[offer.pk])
        sent = {"state": "NEW", "decline_reason": "", "place": "", "seen_version": offer.version}
        with django_capture_on_commit_callbacks(execute=True):
            return moderator.post(url, sent | fields)

    return save


def test_text_is_written_down_with_the_consent():
    member = MemberFactory()
    client = logged_in(member)
    response = client.post(ADDRESS, TYPED)
    assert response["Location"] == "/moje-teksty/?wyslane=1"
    offer = OfferedText.objects.get()
    assert (offer.member, offer.state, offer.licence) == (member, "NEW", "CC_BY_SA_4")
    assert "Łódź czyta na głos" in client.get("/moje-teksty/").content.decode()


@pytest.mark.parametrize(("chosen", "offered"), [("Ola z Ełku", "Ola z Ełku"), ("", None)])
def test_author_on_offer_is_the_profiles_signature_and_never_the_full_name(chosen, offered):
    member = MemberFactory(first_name="Aleksandra", last_name="Kos", display_name=chosen)
    assert value_of(logged_in(member).get(ADDRESS).content, "author_name") == offered


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agrees": ""}, "Bez tej zgody nie możemy opublikować tekstu."),
        ({"text": "Za krótko"}, "co najmniej 300 znaków"),
        ({"text": "a" * 20_001}, "To za długo: najwyżej 20000 znaków, a jest 20001."),
        ({"lead": "Krótko"}, "co najmniej 20 znaków"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(change, message):
    response = logged_in().post(ADDRESS, TYPED | change)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert "Łódź czyta na głos" in response.content.decode()
    assert not OfferedText.objects.exists()


def test_same_text_again_is_the_one_that_is_there():
    client = logged_in()
    for _ in range(2):
        assert client.post(ADDRESS, TYPED).status_code == 302
    assert OfferedText.objects.count() == 1


def test_flood_is_stopped(settings):
    settings.OFFER_LIMITS = {"HOUR": 9, "DAY": 9, "OPEN": 1}
    member = MemberFactory()
    offered(member=member, text="Inny", offered_at=timezone.now() - datetime.timedelta(days=9))
    response = logged_in(member).post(ADDRESS, TYPED)
    assert "Wyślij następne, gdy zapadnie decyzja" in response.content.decode()
    assert OfferedText.objects.count() == 1


def test_text_comes_back_after_the_log_in():
    member = MemberFactory()
    client = logged_in(member)
    sender = fields_of(client.get(ADDRESS).content)["sender"]
    client.session.flush()
    assert client.post(ADDRESS, TYPED | {"sender": sender}).status_code == 302
    client.force_login(member)
    page = client.get(ADDRESS).content.decode()
    assert "Zaczęliśmy od jednej półki." in page
    assert "Logowanie wygasło" in page


def test_member_sees_their_own_texts_alone():
    offered(title="Cudzy tekst")
    member = MemberFactory()
    offered(member=member, title="Mój tekst", state="DECLINED", decline_reason="Już był.")
    page = logged_in(member).get("/moje-teksty/").content.decode()
    assert "Mój tekst" in page
    assert "Już był." in page
    assert "Cudzy tekst" not in page


def test_accepted_text_becomes_a_draft_below_the_chosen_page(decide):
    offer, month = offered(), ThematicMonthFactory()
    decide(offer, state="ACCEPTED", place=month.pk)
    article = Article.objects.get()
    offer.refresh_from_db()
    assert (offer.article, article.get_parent().specific) == (article, month)
    assert (article.live, article.title, article.slug) == (
        False,
        TYPED["title"],
        "lodz-czyta-na-glos",
    )
    assert [each.name for each in article.contributions.all()] == ["Ola Kos"]
    html = article.body[0].value.source
    assert html.startswith("<p>Zaczęliśmy od jednej półki.</p><p>Potem &lt;b&gt;dorosła&lt;/b&gt;")
    assert Client().get(article.url).status_code == 404
    [message] = mail.outbox
    assert message.subject == "Przyjęliśmy Twój tekst: Łódź czyta na głos"


def test_draft_can_be_published_and_its_author_finds_it(decide):
    offer = offered()
    decide(offer, state="ACCEPTED", place=ArticleIndex.objects.get().pk)
    Article.objects.get().latest_revision.publish()
    path = path_of(Article.objects.get())
    page = logged_in(offer.member).get("/moje-teksty/").content.decode()
    assert path.endswith("/lodz-czyta-na-glos/")
    assert f'href="{path}"' in page


def test_two_texts_of_one_title_get_slugs_of_their_own(decide):
    place = ArticleIndex.objects.get().pk
    for offer in (offered(), offered(text="Inny")):
        decide(offer, state="ACCEPTED", place=place)
    assert sorted(Article.objects.values_list("slug", flat=True)) == [
        "lodz-czyta-na-glos",
        "lodz-czyta-na-glos-2",
    ]


def test_accepting_needs_a_place_and_declining_a_reason(decide):
    offer = offered()
    assert "place" in decide(offer, state="ACCEPTED").context["form"].errors
    assert "decline_reason" in decide(offer, state="DECLINED").context["form"].errors
    assert not Article.objects.exists()


def test_declined_text_tells_its_author_the_reason(decide):
    decide(offered(), state="DECLINED", decline_reason="Podobny tekst już mamy.")
    [message] = mail.outbox
    assert "Powód: Podobny tekst już mamy." in message.body


def test_saving_again_makes_no_second_article_and_no_second_mail(decide):
    offer, place = offered(), ArticleIndex.objects.get().pk
    decide(offer, state="ACCEPTED", place=place)
    offer.refresh_from_db()
    decide(offer, state="ACCEPTED", place=place)
    assert Article.objects.count() == 1
    assert len(mail.outbox) == 1


def test_second_of_two_moderators_is_told_of_the_first(decide):
    offer = offered()
    decide(offer, state="DECLINED", decline_reason="Już był.")
    response = decide(offer, state="ACCEPTED", place=ArticleIndex.objects.get().pk)
    assert "Ktoś zdecydował o tym tekście" in str(response.context["form"].errors)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [(Role.MODERATOR, True), (Role.EDITOR, True), (Role.EXPERT, False)]
)
def test_moderators_and_editors_read_offered_texts(role, may):
    response = client_of(role).get("/admin/snippets/thematic_months/offeredtext/")
    assert (response.status_code == 200) is may
