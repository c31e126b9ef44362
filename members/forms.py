"""Forms of an account."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm


class MemberFormMixin(forms.ModelForm):
    """Who registered may have given no name: an administrator can save the account all the same."""

    error_messages = {
        **UserCreationForm.error_messages,
        "duplicate_username": _("Somebody already has an account with this e-mail address."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = False
        self.fields["email"].help_text = _("The member logs in with it.")
        self.fields["groups"].help_text = _(
            "Redaktor: edits and publishes everything. Moderator: looks after members' questions. "
            "Ekspert: writes articles, which an editor publishes. Stowarzyszenie LABiB: no rights "
            "in the admin; opens pages that are kept for the association."
        )

    def clean_email(self) -> str:
        # As the model keeps it, so that the form finds the account that already has it.
        return self.cleaned_data["email"].strip().lower()


class MemberCreationForm(MemberFormMixin, UserCreationForm):
    pass


class MemberEditForm(MemberFormMixin, UserEditForm):
    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  (Django's)
        """Another address is confirmed at the next log-in; the one before opens nothing more."""
        member = super().save(commit)
        if commit and "email" in self.changed_data:
            EmailAddress.objects.filter(user=member).delete()
        return member
