from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThematicMonthsConfig(AppConfig):
    name = "thematic_months"
    verbose_name = _("Thematic months")

    def ready(self) -> None:
        from cms import visibility
        from thematic_months import clock, signal_handlers
        from thematic_months.models import Question
        from thematic_months.questions import letters
        from thematic_months.visibility import QuestionRule

        visibility.register(Question, QuestionRule())
        clock.connect()
        signal_handlers.connect()
        letters.connect()
