"""How tests enter the admin."""

from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from members.models import Member
from members.roles import Role
from tests.factories import MemberFactory


def member_of(*roles: Role, **fields: Any) -> Member:
    member = MemberFactory(**fields)
    member.groups.set(Group.objects.filter(name__in=roles))
    return member


def client_of(*roles: Role) -> Client:
    client = Client()
    client.force_login(member_of(*roles))
    return client


def administrator() -> Client:
    client = Client()
    client.force_login(MemberFactory(is_superuser=True))
    return client


def may_open(client: Client, url: str) -> bool:
    """Whether the admin shows the page; a refusal leads to its first page, or to the log-in."""
    answer = client.get(url, follow=True)
    assert answer.status_code in (200, 403), (url, answer.status_code)
    refused = (reverse("wagtailadmin_home"), reverse("wagtailadmin_login"))
    # Some pages lead on: the settings to their form, adding to the form of the only kind.
    return answer.status_code == 200 and (
        answer.request["PATH_INFO"] not in refused or url in refused
    )
