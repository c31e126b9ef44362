from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Content")

    def ready(self) -> None:
        from cms import (
            checks,
            collation,
            document_texts,  # noqa: F401  (it follows the journal)
            images,  # noqa: F401  (so does it)
            serving,  # noqa: F401  (Wagtail's hooks)
            serving_files,  # noqa: F401  (the hook that judges documents)
            signal_handlers,
            tree_writes,
            visibility,
        )
        from cms.models import Place, Topic

        for model in (Topic, Place):
            visibility.register(model, visibility.OpenRule())
        checks.connect()
        collation.connect()
        tree_writes.connect()
        signal_handlers.connect()
        # What each app's kinds of pages show on the hub's own site, and tell machines.
        autodiscover_modules("page_context", "structured_data", "citations", "calendars", "feeds")
