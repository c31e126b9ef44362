"""A registered librarian. The account is the same for the portal and the admin."""

from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import LibraryKind


class MemberManager(BaseUserManager["Member"]):
    use_in_migrations = True

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """An account made by an administrator or a command, whose address counts as confirmed."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        member = self.model(email=email.strip().lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email=(username or "").strip().lower())


class Member(AbstractBaseUser, PermissionsMixin):
    """Logs in by e-mail, which is kept in lower case: one address is one account however it is
    typed.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=150, blank=True)
    last_name = models.CharField(_("last name"), max_length=150, blank=True)
    display_name = models.CharField(
        _("name shown to readers"),
        max_length=100,
        blank=True,
        help_text=_(
            "With what you publish here, when you choose so. Empty: nobody is told who you are."
        ),
    )
    library_kind = models.CharField(
        _("kind of library"), max_length=20, choices=LibraryKind.choices, blank=True
    )
    town = models.CharField(_("town"), max_length=100, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Uncheck instead of deleting the account: it can no longer log in."),
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = MemberManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def opens_admin(self) -> bool:
        """Whether the account has a role in the admin, which asks for a second factor."""
        return self.has_perm("wagtailadmin.access_admin")

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


class MemberSession(AbstractBaseSession):
    """A session that knows whose it is (members/sessions.py), and goes with the account."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, null=True, related_name="sessions", editable=False
    )

    @classmethod
    def get_session_store_class(cls) -> type:
        from members.sessions import SessionStore

        return SessionStore


class Limit(models.Model):
    """Rows of the cache `limits`: Django's DatabaseCache reads and writes them by itself."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "members_limit"

    def __str__(self) -> str:
        return self.cache_key
