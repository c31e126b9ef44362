from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Archive")

    def ready(self) -> None:
        from search import checks, journal_reader, search_log  # noqa: F401  (they register themselves)
