"""Accounts, with passwords made at random, and the experts' pages."""

import datetime
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from demo.loading.desk import Desk, numbered
from members.models import Member
from members.roles import Role
from thematic_months.models import Expert, ExpertLink

EXPERT_WITH_ACCOUNT = "ziemowit-sygnatura"


@dataclass(frozen=True)
class Account:
    key: str
    first_name: str
    last_name: str
    what: str
    groups: tuple[str, ...] = ()
    is_admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@labib.example"


ACCOUNTS = (
    Account("administrator", "Ada", "Zarządzalska", "may do everything", is_admin=True),
    Account(
        "redaktor", "Róża", "Redakcyjna", "edits and publishes", (Role.EDITOR, Role.ASSOCIATION)
    ),
    Account("moderator", "Maurycy", "Rozjemski", "moderates questions", (Role.MODERATOR,)),
    Account("ekspert", "Ziemowit", "Sygnatura", "writes articles", (Role.EXPERT,)),
    Account("czlonek", "Celina", "Członkowska", "a member: reads what is for members"),
)


def load_accounts(desk: Desk) -> dict[str, str]:
    """Make the accounts; the passwords by e-mail address. An account that exists keeps its own."""
    passwords = {}
    for account in ACCOUNTS:
        member = Member.objects.filter(email=account.email).first()
        if member is None:
            passwords[account.email] = secrets.token_urlsafe(12)
            member = Member.objects.create_user(
                account.email,
                passwords[account.email],
                first_name=account.first_name,
                last_name=account.last_name,
                is_staff=account.is_admin,
                is_superuser=account.is_admin,
            )
        member.groups.add(*Group.objects.filter(name__in=account.groups))
        refuse_mail(member)
        desk.accounts[account.key] = member
    return passwords


def refuse_mail(member: Member) -> None:
    """The addresses do not exist: Wagtail shall not write to them about reviews."""
    profile = UserProfile.get_for_user(member)
    profile.submitted_notifications = False
    profile.approved_notifications = False
    profile.rejected_notifications = False
    profile.save()


def account_lines(passwords: dict[str, str]) -> list[str]:
    return [
        f"{account.email:<30} {passwords.get(account.email, '(as before)'):<18} {account.what}"
        for account in ACCOUNTS
    ]


def write_accounts(path: Path, passwords: dict[str, str]) -> None:
    """For the owner of the file alone; replaced as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(account_lines(passwords)) + "\n")
    draft.replace(path)


def load_experts(desk: Desk) -> None:
    for number, entry in enumerate(desk.content.experts):
        topics = entry["topics"]
        expert = Expert(
            **desk.common(entry, datetime.date(2014 + number // 2, 1 + number % 12, 10)),
            place=desk.place(entry),
            is_ambassador=entry["is_ambassador"],
            photo=desk.library.portrait(entry["slug"], entry["title"], topics),
        )
        expert.cover = expert.photo
        if entry["slug"] == EXPERT_WITH_ACCOUNT:
            expert.member = desk.accounts["ekspert"]
        expert.links = numbered(
            [ExpertLink(label=row["label"], url=row["url"]) for row in entry.entries("links")]
        )
        desk.add(desk.index("experts"), expert, entry)
