"""What tests of questions and of offered texts share."""

import re
from typing import Any

from django.core import mail
from django.test import Client

from members.models import Member
from tests.factories import ExpertFactory, MemberFactory, ThematicMonthFactory, in_hours
from thematic_months.models import Assignment, Question, ThematicMonth
from thematic_months.questions import answering

TEXT = "Jak zacząć współpracę z przedszkolem?"
ANSWER = "Od rozmowy z dyrektorką i jednego wspólnego czytania."


def open_month(**values: Any) -> ThematicMonth:
    return ThematicMonthFactory(questions_open_until=in_hours(24), **values)


def ask_address(month: ThematicMonth) -> str:
    return f"/{month.url_path.split('/', 2)[2]}pytania/"


def logged_in(member: Member | None = None, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(member or MemberFactory())
    return client


def value_of(page: bytes, name: str) -> str | None:
    """What stands in the field when the page opens."""
    [field] = re.findall(rf'<input type="text" name="{name}"[^>]*>', page.decode())
    found = re.search(r' value="([^"]*)"', field)
    return found[1] if found else None


def post_question(client: Client, month: ThematicMonth, **fields: Any) -> Any:
    typed = {"text": TEXT, "signature": "anonymous", "display_name": ""}
    return client.post(ask_address(month), typed | fields)


def assigned(question: Question, email: str = "ekspertka@example.org") -> Assignment:
    return answering.assign(question, ExpertFactory(), email)


def answer_address(assignment: Assignment) -> str:
    return f"/odpowiedz/{answering.token_of(assignment)}/"


def link_in_last_mail() -> str:
    """The path of the link that an expert was mailed."""
    [path] = re.findall(r"https?://[^/\s]+(/odpowiedz/\S+)", mail.outbox[-1].body)
    return path


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]
