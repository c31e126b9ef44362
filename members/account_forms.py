"""The forms of the account's pages: allauth's, with our words and without texts inside of fields,
which vanish when one begins to type.
"""

from typing import Any, ClassVar, cast

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Member

PASSWORD_RULES = _("At least 8 characters, not digits alone, nothing that many people use.")
CODE_HELP = _("Six digits from the app, or one of your recovery codes.")


class OwnWords(forms.Form):
    """Gives each field named in `words` its label and the help below it."""

    words: ClassVar[dict[str, tuple[str | Promise, str | Promise]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                label, help_text = self.words[name]
                field.label, field.help_text = cast(str, label), cast(str, help_text)


class LogInForm(OwnWords, account.LoginForm):
    words: ClassVar = {
        "login": (_("E-mail address"), ""),
        "password": (_("Password"), ""),
        "remember": (
            _("Remember me on this device"),
            _("Not on a computer that others use too."),
        ),
    }


class SignUpForm(OwnWords, account.SignupForm):
    words: ClassVar = {
        "email": (_("E-mail address"), _("We will send a link there to confirm it.")),
        "password1": (_("Password"), PASSWORD_RULES),
    }


class NewAddressForm(OwnWords, account.AddEmailForm):
    words: ClassVar = {
        "email": (
            _("New e-mail address"),
            _("The old one stays until you confirm the new one."),
        )
    }


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):
    words: ClassVar = {
        "oldpassword": (_("Current password"), ""),
        "password1": (_("New password"), PASSWORD_RULES),
        "password2": (_("New password once more"), ""),
    }


class SetPasswordForm(OwnWords, account.SetPasswordForm):
    words: ClassVar = {
        "password1": (_("New password"), PASSWORD_RULES),
        "password2": (_("New password once more"), ""),
    }


class ResetPasswordForm(OwnWords, account.ResetPasswordForm):
    words: ClassVar = {"email": (_("E-mail address"), "")}


class NewPasswordForm(OwnWords, account.ResetPasswordKeyForm):
    words: ClassVar = {
        "password1": (_("New password"), PASSWORD_RULES),
        "password2": (_("New password once more"), ""),
    }


class PasswordAgainForm(OwnWords, account.ReauthenticateForm):
    words: ClassVar = {"password": (_("Password"), "")}


class CodeForm(OwnWords, second_factor.AuthenticateForm):
    words: ClassVar = {"code": (_("Code"), CODE_HELP)}


class CodeAgainForm(OwnWords, second_factor.ReauthenticateForm):
    words: ClassVar = {"code": (_("Code"), CODE_HELP)}


class FirstCodeForm(OwnWords, totp.ActivateTOTPForm):
    words: ClassVar = {"code": (_("Code from the app"), _("Six digits; they change every 30 s."))}


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ("first_name", "last_name", "display_name", "library_kind", "town")
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "town": forms.TextInput(attrs={"autocomplete": "address-level2"}),
        }


class DeletionForm(forms.Form):
    """Asks for the password by hand: who finds an open session must not end the account."""

    keep_name = forms.BooleanField(
        label=_("Leave my name at my published questions"),
        help_text=_("Without it they stay as questions of a member."),
        required=False,
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
