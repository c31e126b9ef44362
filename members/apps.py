from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from members import limits, personal_data

        limits.connect()
        personal_data.connect()
        # What each app does with a member's things when the account goes.
        autodiscover_modules("personal_data")
