"""The mutation askQuestion, and a member's own questions."""

import json

import pytest
from django.core import mail
from django.test import Client

from cms.api.operations import operations
from tests.contract.operations import send
from tests.factories import MemberFactory, QuestionFactory, ThematicMonthFactory, WebinarFactory
from tests.thematic_months.asking import TEXT, open_month
from thematic_months.models import Question

pytestmark = pytest.mark.django_db

ASK = operations()["AskQuestion"]


def code(response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


@pytest.fixture
def ask(run_operation):
    """ask(member, month, text="…") → the payload."""

    def run(member, month, **fields):
        given = {"month": str(month.pk), "text": TEXT, **fields}
        return run_operation("AskQuestion", member=member, input=given)["askQuestion"]

    return run


def problems(payload) -> list[str]:
    assert payload["question"] is None
    return [each["code"] for each in payload["errors"]]


def test_member_asks_and_finds_the_question_among_their_own(ask, run_operation):
    member, month = MemberFactory(), open_month(title="Ekologia")
    payload = ask(member, month, displayName="Ola")
    assert payload["errors"] == []
    question = Question.objects.get()
    assert payload["question"]["id"] == str(question.pk)
    [own] = run_operation("OwnQuestions", member=member)["viewer"]["questions"]
    assert (own["state"], own["text"], own["displayName"], own["path"], own["declineReason"]) == (
        "NEW",
        TEXT,
        "Ola",
        None,
        None,
    )
    assert own["month"]["title"] == "Ekologia"


def test_own_question_tells_its_reason_and_its_address(run_operation):
    member = MemberFactory()
    QuestionFactory(member=member, state="DECLINED", decline_reason="Nie na temat.")
    published = QuestionFactory(member=member, state="PUBLISHED", decline_reason="Dawny powód")
    newest, oldest = run_operation("OwnQuestions", member=member)["viewer"]["questions"]
    assert (newest["path"], newest["declineReason"]) == (published.path, None)
    assert (oldest["path"], oldest["declineReason"]) == (None, "Nie na temat.")


def test_questions_of_others_are_not_among_ones_own(run_operation):
    QuestionFactory()
    viewer = run_operation("OwnQuestions", member=MemberFactory())["viewer"]
    assert viewer["questions"] == []


@pytest.mark.parametrize("first", [0, 101])
def test_number_of_own_questions_is_bounded(first):
    client = Client()
    client.force_login(MemberFactory())
    response = send(client, f"{{ viewer {{ questions(first: {first}) {{ id }} }} }}")
    assert code(response) == "BAD_USER_INPUT"


def test_stranger_is_told_to_log_in(ask):
    assert problems(ask(None, open_month())) == ["NOT_LOGGED_IN"]
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"text": ""}, ["TEXT_TOO_SHORT"]),
        ({"text": "Krótko"}, ["TEXT_TOO_SHORT"]),
        ({"text": "a" * 2001}, ["TEXT_TOO_LONG"]),
        ({"displayName": "a" * 101}, ["NAME_TOO_LONG"]),
        ({"webinar": "1"}, ["WEBINAR_NOT_FOUND"]),
        ({"text": "", "displayName": "a" * 101}, ["TEXT_TOO_SHORT", "NAME_TOO_LONG"]),
    ],
)
def test_what_is_wrong_is_data_of_the_answer(ask, fields, expected):
    assert problems(ask(MemberFactory(), open_month(), **fields)) == expected
    assert not Question.objects.exists()


def test_hidden_month_is_answered_as_one_that_does_not_exist(ask):
    hidden = open_month(live=False)
    assert problems(ask(MemberFactory(), hidden)) == ["MONTH_NOT_FOUND"]


def test_closed_month_takes_no_question(ask):
    assert problems(ask(MemberFactory(), ThematicMonthFactory())) == ["QUESTIONS_CLOSED"]


def test_hidden_webinar_cannot_be_asked_about(ask):
    month = open_month()
    draft = WebinarFactory(parent=month, live=False)
    assert problems(ask(MemberFactory(), month, webinar=str(draft.pk))) == ["WEBINAR_NOT_FOUND"]
    shown = WebinarFactory(parent=month)
    assert ask(MemberFactory(), month, webinar=str(shown.pk))["errors"] == []


def test_same_question_again_is_the_one_that_is_there(ask):
    member, month = MemberFactory(), open_month()
    first, second = ask(member, month), ask(member, month)
    assert (first["isRepeated"], second["isRepeated"]) == (False, True)
    assert first["question"]["id"] == second["question"]["id"]


def test_limit_holds_over_aliases_of_one_request_and_says_when_there_is_room(settings):
    settings.QUESTION_LIMITS = {"HOUR": 2, "DAY": 9, "OPEN": 9}
    month, client = open_month(), Client()
    client.force_login(MemberFactory())
    fields = "{ errors { code retryAt } }"
    asked = " ".join(
        f'a{n}: askQuestion(input: {{month: "{month.pk}", text: "{TEXT} {n}"}}) {fields}'
        for n in range(4)
    )
    data = send(client, f"mutation {{ {asked} }}").json()["data"]
    codes = [[each["code"] for each in data[f"a{n}"]["errors"]] for n in range(4)]
    assert codes == [[], [], ["TOO_MANY_THIS_HOUR"], ["TOO_MANY_THIS_HOUR"]]
    assert data["a3"]["errors"][0]["retryAt"] is not None
    assert Question.objects.count() == 2
    assert mail.outbox == []


def test_get_refuses_it_by_text_and_by_hash():
    client = Client()
    client.force_login(MemberFactory())
    variables = json.dumps({"input": {"month": str(open_month().pk), "text": TEXT}})
    by_hash = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": ASK.sha256}})
    for parameters in ({"query": ASK.text}, {"extensions": by_hash}):
        response = client.get("/graphql/", {**parameters, "variables": variables})
        assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://testserver", 200),
        ("https://testserver", 200),
        ("https://site.example", 200),
        ("https://evil.example", 403),
        ("null", 403),
    ],
)
def test_mutation_is_taken_from_known_origins_alone(settings, origin, status):
    settings.CORS_ALLOWED_ORIGINS = ["https://site.example"]
    client = Client(headers={"origin": origin})
    client.force_login(MemberFactory())
    variables = {"input": {"month": str(open_month().pk), "text": TEXT}}
    response = send(client, ASK.text, variables=variables)
    assert response.status_code == status
    assert Question.objects.count() == (1 if status == 200 else 0)


def test_answer_is_kept_by_no_cache():
    client = Client()
    client.force_login(MemberFactory())
    variables = {"input": {"month": str(open_month().pk), "text": TEXT}}
    response = send(client, ASK.text, variables=variables)
    assert response["Cache-Control"] == "private, no-store"


def test_trusted_only_endpoint_takes_it(settings):
    settings.GRAPHQL_TRUSTED_ONLY = True
    variables = {"input": {"month": str(open_month().pk), "text": TEXT}}
    assert send(Client(), ASK.text, variables=variables).status_code == 200
    own = ASK.text.replace("AskQuestion(", "Mine(")
    assert code(send(Client(), own, variables=variables)) == "OPERATION_NOT_TRUSTED"
