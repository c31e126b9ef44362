"""The second factor of those who may open the admin."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from members.models import Member


def is_required(member: Member) -> bool:
    return settings.ADMIN_SECOND_FACTOR and member.opens_admin


def is_set_up(member: Member) -> bool:
    return bool(is_mfa_enabled(member, [Authenticator.Type.TOTP]))


def was_given(request: HttpRequest) -> bool:
    """Whether this session gave it: one from before it was set up, or that only knew the password,
    did not.
    """
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)
