"""„Moje konto”: the account's own pages beside allauth's."""

import json
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from members import second_factor
from members.account_forms import DeletionForm, ProfileForm
from members.models import Member
from members.personal_data import all_about


def owner(request: HttpRequest) -> Member:
    """Who is logged in: behind `login_required` that is a member."""
    return cast(Member, request.user)


@never_cache
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    member = owner(request)
    return render(
        request,
        "members/overview.html",
        {
            "has_second_factor": second_factor.is_set_up(member),
            "needs_second_factor": second_factor.is_required(member),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    # Another object than request.user: what is typed must not show in the page's head unsaved.
    member = Member.objects.get(pk=owner(request).pk)
    form = ProfileForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("account_profile")
    return render(request, "members/profile.html", {"form": form})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """The export's link, and the deletion."""
    member = owner(request)
    form = DeletionForm(request.POST or None)
    is_only_one = is_only_administrator(member)
    if request.method == "POST" and not is_only_one and form.is_valid():
        # Counted among the attempts at the password; too many raise the answer 429.
        if get_adapter().reauthenticate(member, form.cleaned_data["password"]):
            delete(request, member, keep_name=form.cleaned_data["keep_name"])
            return redirect("account_deleted")
        form.add_error("password", get_adapter().error_messages["incorrect_password"])
    context = {"form": form, "is_only_administrator": is_only_one}
    return render(request, "members/own_data.html", context)


def is_only_administrator(member: Member) -> bool:
    others = Member.objects.filter(is_superuser=True, is_active=True).exclude(pk=member.pk)
    return member.is_superuser and not others.exists()


def delete(request: HttpRequest, member: Member, *, keep_name: bool) -> None:
    # Not request.user, which is nobody after the log-out.
    address = member.email
    account = Member.objects.get(pk=member.pk)
    account.keeps_name = keep_name  # type: ignore[attr-defined]
    logout(request)
    account.delete()
    get_adapter().send_mail("account/email/account_deleted", address, {})


@require_GET
@never_cache
@login_required
@reauthentication_required
def export(request: HttpRequest) -> HttpResponse:
    data = {"exported_at": timezone.now(), **all_about(owner(request))}
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, sort_keys=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="labib-moje-dane.json"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "members/deleted.html")


class ActivateSecondFactor(ActivateTOTPView):
    """Whoever has just typed a code has given the second factor in this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class RecoveryCodes(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "opens_admin": self.request.user.opens_admin}
