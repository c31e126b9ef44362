from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Content")

    def ready(self) -> None:
        from cms import checks, signal_handlers, visibility
        from cms.models import Place, Topic

        for model in (Topic, Place):
            visibility.register(model, visibility.OpenRule())
        checks.connect()
        signal_handlers.connect()
