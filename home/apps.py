from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home page and site")

    def ready(self) -> None:
        from cms import visibility
        from home.models import Menu, SiteSettings

        for model in (Menu, SiteSettings):
            visibility.register(model, visibility.OpenRule())
