"""Drafts, tokens for them, and operations sent with such a token."""

from django.db import transaction
from django.test import Client

from cms.api.operations import operations
from cms.preview import make_token
from tests.contract.operations import send


def token(page, editor, **options):
    return make_token(page, recipient="Anna", creator=editor, days=7, **options)[1]


def save_draft(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    with transaction.atomic():
        page.save_revision()


def post(name, *, secret=None, member=None, **variables):
    client = Client(headers={} if secret is None else {"Preview-Token": secret})
    if member is not None:
        client.force_login(member)
    return send(client, operations()[name].text, variables=variables)


def data(name, **options):
    answer = post(name, **options).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def article_at(page, **options):
    path = "/" + page.url_path.split("/", 2)[2]
    return data("ArticleDetail", path=path, **options)["article"]


def month_of(month, **options):
    return data("MonthDetail", series="12-miesiecy", year=month.year, month=month.month, **options)[
        "thematicMonth"
    ]
