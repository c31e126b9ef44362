"""A draft in which nothing was changed answers as its page does: no column, row or relation of any
kind of page gets lost on the way from its revision.
"""

from collections import Counter

from django.test import Client
from wagtail.models import Page

from cms.api.operations import operations
from cms.models import Audience, HubPage
from cms.paths import path_of
from cms.preview import make_token
from members.models import Member
from tests.contract.operations import send
from tests.demo.conftest import undone
from thematic_months.models import ThematicMonth

OF_A_KIND = 5


def ask(name, secret=None, **variables):
    headers = {} if secret is None else {"Preview-Token": secret}
    return send(Client(headers=headers), operations()[name].text, variables=variables).json()


def answers(page, secret=None):
    found = [ask("PageByPath", secret, path=path_of(page))]
    if isinstance(page, ThematicMonth):
        series = page.get_parent().slug
        found.append(ask("MonthDetail", secret, series=series, year=page.year, month=page.month))
    return found


def is_open(page):
    answer = ask("PageByPath", path=path_of(page))["data"]["route"]
    return page.audience != Audience.MEMBERS and answer is not None and answer["page"] is not None


def test_unchanged_draft_of_each_kind_of_page_answers_as_the_page(demo):
    with undone():
        editor = Member.objects.filter(is_superuser=True).first()
        compared: Counter[type] = Counter()
        pages = [each for each in Page.objects.live().specific() if isinstance(each, HubPage)]
        for page in sorted(pages, key=lambda each: each.content_kind):
            if compared[type(page)] == OF_A_KIND or not is_open(page):
                continue
            published = answers(page)
            page.save_revision()
            Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
            _token, secret = make_token(page, recipient="Anna", creator=editor, days=1)
            draft = answers(page, secret)
            # By the row's own moment of publication or, before it has one, of its revision.
            for answer in (published[0], draft[0]):
                del answer["data"]["route"]["page"]["updatedAt"]
            assert draft == published, path_of(page)
            compared[type(page)] += 1
    assert len(compared) >= 15
