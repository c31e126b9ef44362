"""What a member takes along, and what is left after the account is deleted."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from members import personal_data
from members.models import Member, MemberSession
from tests.factories import AnswerFactory, ExpertFactory, MemberFactory, QuestionFactory
from tests.members.accounts import PASSWORD, log_in, set_up_second_factor
from thematic_months.models import OfferedText, Question, QuestionState

pytestmark = pytest.mark.django_db(transaction=True)
EXPORT, OWN_DATA = "/konto/moje-dane/plik/", "/konto/moje-dane/"


@pytest.fixture
def inside(client, celina) -> Client:
    log_in(client, celina.email)
    return client


def delete(client: Client, **fields: str):
    return client.post(OWN_DATA, {"password": PASSWORD, **fields})


def export(client: Client) -> dict:
    asked = client.get(EXPORT)
    assert asked["Location"].startswith("/konto/to-ja/")
    client.post("/konto/to-ja/", {"password": PASSWORD})
    answer = client.get(EXPORT)
    assert answer["Content-Disposition"] == 'attachment; filename="labib-moje-dane.json"'
    assert "no-store" in answer["Cache-Control"]
    return json.loads(answer.content)


def test_profile_is_edited(inside, celina):
    data = {"display_name": "Celina z Łodzi", "library_kind": "SCHOOL", "town": "Łódź"}
    assert inside.post("/konto/profil/", data)["Location"] == "/konto/profil/"
    page = inside.get("/konto/").content.decode()
    assert "Celina z Łodzi" in page
    assert "biblioteka szkolna, Łódź" in page


def test_export_has_everything_and_nothing_that_logs_in(inside, celina):
    Member.objects.update(display_name="Celina z Łodzi", town="Łódź")
    QuestionFactory(member=celina, text="Jak zacząć żółtą półkę?")
    QuestionFactory(text="Cudze pytanie")
    set_up_second_factor(celina)
    data = export(inside)
    assert (data["account"]["email"], data["account"]["town"]) == (celina.email, "Łódź")
    [question] = data["thematic_months.Question.member"]
    assert question["text"] == "Jak zacząć żółtą półkę?"
    assert len(data["members.MemberSession.member"]) == 1
    assert len(data["mfa.Authenticator.user"]) == 2
    text = json.dumps(data)
    member = Member.objects.get(pk=celina.pk)
    secrets = [member.password, *MemberSession.objects.values_list("session_key", flat=True)]
    secrets += [
        each["secret"]
        for each in Authenticator.objects.values_list("data", flat=True)
        if "secret" in each
    ]
    assert not any(secret in text for secret in secrets)
    assert "Cudze" not in text


def test_export_looks_at_every_model_that_points_at_a_member():
    found = {
        f"{each.related_model._meta.label}.{each.field.name}" for each in personal_data.relations()
    }
    assert {
        "account.EmailAddress.user",
        "cms.PreviewToken.created_by",
        "members.MemberSession.member",
        "mfa.Authenticator.user",
        "thematic_months.Expert.member",
        "thematic_months.Question.member",
        "wagtailcore.PageLogEntry.user",
        "wagtailcore.Revision.user",
        "wagtailusers.UserProfile.user",
    } <= found


def test_strangers_export_nothing(client):
    assert client.get(EXPORT)["Location"].startswith("/konto/logowanie/")


def test_deletion_wants_the_password(inside, celina):
    page = inside.post(OWN_DATA, {"password": "zle"}).content.decode()
    assert "To nie jest Twoje hasło" in page
    assert Member.objects.filter(pk=celina.pk).exists()


def test_deletion_by_guessing_is_counted(inside):
    answers = [inside.post(OWN_DATA, {"password": "zle"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_deleted_account_leaves_nothing_but_what_is_public(inside, celina):
    set_up_second_factor(celina)
    expert = ExpertFactory(member=celina)
    other_device = Client()
    other_device.force_login(celina)
    public = QuestionFactory(
        member=celina,
        state=QuestionState.PUBLISHED,
        display_name="Celina",
        text="Publiczne",
        original_text="Publiczne, tak napisane",
    )
    OfferedText.objects.create(
        member=celina, title="Półka", lead="Lead", text="Tekst", author_name="Celina"
    )
    answered = QuestionFactory(member=celina, state=QuestionState.ANSWERED, display_name="Celina")
    AnswerFactory(question=answered)
    QuestionFactory(member=celina, state=QuestionState.NEW)
    QuestionFactory(member=celina, state=QuestionState.DECLINED)

    assert delete(inside)["Location"] == "/konto/usuniete/"
    assert "Twoje konto zostało usunięte" in inside.get("/konto/usuniete/").content.decode()
    assert other_device.get("/konto/").status_code == 302
    assert not Member.objects.filter(email="celina@example.org").exists()
    assert not EmailAddress.objects.filter(email="celina@example.org").exists()
    assert not MemberSession.objects.filter(member__isnull=False).exists()
    assert not Authenticator.objects.exists()
    left = {each.pk: (each.member, each.display_name) for each in Question.objects.all()}
    assert left == {public.pk: (None, ""), answered.pk: (None, "")}
    assert Question.objects.get(pk=public.pk).original_text == ""
    assert not OfferedText.objects.exists()
    expert.refresh_from_db()
    assert expert.member is None
    assert mail.outbox[-1].subject == "LABiB: Twoje konto zostało usunięte"
    assert mail.outbox[-1].to == ["celina@example.org"]


def test_name_stays_at_published_questions_when_the_member_wants_it(inside, celina):
    QuestionFactory(member=celina, state=QuestionState.PUBLISHED, display_name="Celina")
    delete(inside, keep_name="on")
    assert [(each.member, each.display_name) for each in Question.objects.all()] == [
        (None, "Celina")
    ]


def test_deletion_by_an_administrator_forgets_too(celina):
    QuestionFactory(member=celina, state=QuestionState.PUBLISHED, display_name="Celina")
    QuestionFactory(member=celina)
    Member.objects.filter(pk=celina.pk).delete()
    assert [each.display_name for each in Question.objects.all()] == [""]


def labels() -> list[str]:
    return list(ModelLogEntry.objects.order_by("label").values_list("label", flat=True))


def test_admins_log_keeps_no_words_of_a_deleted_account(inside, celina):
    text = {"title": "Tajny tytuł", "lead": "Lead", "text": "Tekst", "author_name": "Celina"}
    for thing in (
        QuestionFactory(member=celina, text="Tajne pytanie"),
        OfferedText.objects.create(member=celina, **text),
        QuestionFactory(text="Cudze pytanie"),
    ):
        log(thing, "wagtail.edit")
    delete(inside)
    assert labels() == ["Cudze pytanie"]


def test_admins_log_of_a_question_that_stays_names_it_as_it_is_now(inside, celina):
    question = QuestionFactory(member=celina, state=QuestionState.PUBLISHED, text="Tak napisane")
    log(question, "wagtail.edit")
    Question.objects.update(text="Publiczne", original_text="Tak napisane")
    delete(inside)
    assert labels() == ["Publiczne"]


def test_only_administrator_stays(client):
    MemberFactory(email="ada@example.org", password=PASSWORD, is_superuser=True)
    log_in(client, "ada@example.org")
    assert "Nikt inny nie administruje" in delete(client).content.decode()
    assert Member.objects.count() == 1
    MemberFactory(is_superuser=True)
    assert delete(client).status_code == 302
    assert Member.objects.count() == 1
