"""What editors see of the text of documents: whether readers find it, and if not, why."""

from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.documents.views.documents import IndexView


class DocumentIndexView(IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        state = Column(
            "text_state", label=_("Text in the search"), accessor="get_text_state_display"
        )
        return [*super().columns, state]


def urls() -> list[URLPattern]:
    """To stand before Wagtail's own of the same addresses."""
    return [
        path("documents/", DocumentIndexView.as_view()),
        path("documents/results/", DocumentIndexView.as_view(results_only=True)),
    ]
