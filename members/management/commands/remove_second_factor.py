import argparse

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from members.models import Member, MemberSession


class Command(BaseCommand):
    help = "Take the second factor off an account whose owner has lost it, and end its sessions."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the address that the member logs in with")

    def handle(self, *args: object, email: str, **options: object) -> None:
        member = Member.objects.filter(email=email.strip().lower()).first()
        if member is None:
            raise CommandError(f"Nobody logs in with {email}.")
        removed, _tables = Authenticator.objects.filter(user=member).delete()
        if not removed:
            raise CommandError(f"{email} has no second factor.")
        MemberSession.objects.filter(member=member).delete()
        self.stdout.write(f"{email} has no second factor any more, and is logged out everywhere.")
