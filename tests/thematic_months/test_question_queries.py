"""What the pages of questions cost in SQL: the same for two questions and for twenty."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import AnswerFactory, MemberFactory, QuestionFactory, WebinarFactory
from tests.thematic_months.asking import ask_address, logged_in, open_month

pytestmark = pytest.mark.django_db

FEW, MANY = 2, 20


def cost(client: Client, address: str) -> int:
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
    return len(captured)


def test_pages_cost_the_same_for_any_number_of_questions():
    member, month = MemberFactory(), open_month()
    WebinarFactory(parent=month)
    pages = {
        "questions of a month, stranger": (Client(), ask_address(month)),
        "questions of a month, member": (logged_in(member), ask_address(month)),
        "own questions": (logged_in(member), "/moje-pytania/"),
    }

    def costs(number: int) -> dict[str, int]:
        for _ in range(number):
            answer = AnswerFactory(question__month=month, question__state="PUBLISHED")
            QuestionFactory(month=month, member=member)
        pages["question"] = (Client(), answer.question.path)
        return {name: cost(*page) for name, page in pages.items()}

    few = costs(FEW)
    assert costs(MANY - FEW) == few
    ceilings = {
        "questions of a month, stranger": 20,
        "questions of a month, member": 24,
        "own questions": 14,
        "question": 18,
    }
    assert {name: each for name, each in few.items() if each > ceilings[name]} == {}
