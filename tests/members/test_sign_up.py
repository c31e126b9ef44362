"""From a visitor to a member, and nobody learns who has an account."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core import mail, signing
from django.test import Client

from cms.models import Audience
from cms.paths import path_of
from members.models import Member
from tests.factories import ArticleFactory, MemberFactory, body
from tests.members.accounts import PASSWORD, link_in_mail, log_in, sign_up

# Mails go after the commit.
pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "żaneta@example.org".replace("ż", "z")


@pytest.fixture
def article():
    return ArticleFactory(
        audience=Audience.MEMBERS, lead="Wstęp dla wszystkich.", body=body("Sekret sieci.")
    )


def test_visitor_signs_up_confirms_and_reads_a_members_only_article(client, article):
    path = path_of(article)
    door = client.get(path).content.decode()
    assert "Sekret sieci." not in door
    assert f'href="/konto/rejestracja/?next={path.replace("/", "%2F")}"' in door

    assert sign_up(client, EMAIL, after=path)["Location"] == "/konto/potwierdzenie/"
    assert "Zajrzyj do swojej poczty" in client.get("/konto/potwierdzenie/").content.decode()
    link = link_in_mail()
    question = client.get(link)
    assert "Czy zaneta@example.org to Twój adres?" in question.content.decode()
    assert not EmailAddress.objects.get(email=EMAIL).verified

    answer = client.post(link.partition("?")[0], {"next": path})
    assert answer["Location"] == path
    assert "Sekret sieci." in client.get(path).content.decode()


def test_mail_opened_on_another_device_leads_to_the_page_too(client, article):
    path = path_of(article)
    sign_up(client, EMAIL, after=path)
    phone = Client()
    link = link_in_mail()
    assert f"next={path.replace('/', '%2F')}" in link
    assert f'name="next" value="{path}"' in phone.get(link).content.decode()
    assert phone.post(link.partition("?")[0], {"next": path})["Location"] == path
    # Who holds the link is not yet who knows the password.
    assert "Sekret sieci." not in phone.get(path).content.decode()
    assert log_in(phone, EMAIL, after=path)["Location"] == path
    assert "Sekret sieci." in phone.get(path).content.decode()


def test_account_opens_nothing_before_it_is_confirmed(client, article):
    sign_up(client, EMAIL)
    assert "Sekret sieci." not in client.get(path_of(article)).content.decode()
    other = Client()
    assert log_in(other, EMAIL)["Location"] == "/konto/potwierdzenie/"
    assert "Sekret sieci." not in other.get(path_of(article)).content.decode()


def test_used_link_says_so(client):
    sign_up(client, EMAIL)
    link = link_in_mail()
    client.post(link)
    page = Client().get(link).content.decode()
    assert "Ten link już nie działa" in page
    assert EMAIL not in page
    assert Client().post(link).status_code == 404


def test_link_works_for_three_days(client, settings):
    sign_up(client, EMAIL)
    address = EmailAddress.objects.get(email=EMAIL)
    key = EmailConfirmationHMAC(address).key
    assert signing.loads(key, salt="account", max_age=3 * 24 * 60 * 60) == address.pk
    settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 0
    assert "Ten link już nie działa" in client.get(f"/konto/potwierdzenie/{key}/").content.decode()


def test_link_that_somebody_made_up_says_no_more_than_an_old_one(client):
    made_up = client.get("/konto/potwierdzenie/MQ:1abcde:zmyslony/")
    assert "Ten link już nie działa" in made_up.content.decode()


def test_sign_up_mail_is_polish_and_from_the_sender_of_the_settings(client, settings):
    settings.DEFAULT_FROM_EMAIL = "Sieć LABiB <labib@example.org>"
    sign_up(client, EMAIL)
    [message] = mail.outbox
    assert message.subject == "LABiB: potwierdź swój adres"
    assert message.from_email == "Sieć LABiB <labib@example.org>"
    assert message.to == [EMAIL]
    assert message.body.startswith("Dzień dobry!\n\nKtoś, zapewne Ty, zakłada konto w LABiB-ie")
    assert "sieć bibliotekarek i bibliotekarzy" in message.body
    assert "potwierdź" in str(message.message().make_header if False else message.subject)
    assert message.message()["Subject"].startswith("=?utf-8?")


def test_taken_address_is_answered_as_a_free_one(client):
    MemberFactory(email="celina@example.org")
    free, taken = sign_up(client, EMAIL), sign_up(Client(), "celina@example.org")
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert taken.content == free.content
    assert [message.subject for message in mail.outbox] == [
        "LABiB: potwierdź swój adres",
        "LABiB: masz już konto",
    ]
    assert Member.objects.filter(email="celina@example.org").count() == 1


def test_case_and_spaces_of_an_address_make_no_second_account(client):
    MemberFactory(email="celina@example.org")
    sign_up(client, " Celina@Example.ORG ")
    assert Member.objects.count() == 1


def test_reset_answers_the_same_for_any_address(client):
    MemberFactory(email="celina@example.org", password=PASSWORD)
    known = client.post("/konto/haslo/", {"email": "celina@example.org"})
    unknown = Client().post("/konto/haslo/", {"email": "nikt@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.subject for message in mail.outbox] == [
        "LABiB: nowe hasło",
        "LABiB: nie ma konta z tym adresem",
    ]


def test_wrong_log_in_answers_the_same_for_any_address(client):
    MemberFactory(email="celina@example.org", password=PASSWORD)
    answers = [
        log_in(Client(), email, password="zle-haslo").content.decode()
        for email in ("celina@example.org", "ludmila@example.org")
    ]
    assert "Adres lub hasło są błędne." in answers[0]
    strip = [
        text.split("<main")[1].replace(email, "")
        for text, email in zip(answers, ("celina@example.org", "ludmila@example.org"), strict=True)
    ]
    without_token = [
        "".join(line for line in text.splitlines() if "csrf" not in line) for text in strip
    ]
    assert without_token[0] == without_token[1]


def test_form_keeps_what_was_typed_and_names_what_is_wrong(client):
    page = sign_up(client, EMAIL, password="12345678").content.decode()
    assert f'value="{EMAIL}"' in page
    assert "12345678" not in page
    assert 'href="#id_password1"' in page
    assert 'role="alert"' in page
