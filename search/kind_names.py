"""What readers call the kinds of things in the archive."""

from django.db.models import Model

from search.indexing import page_models
from thematic_months.models import Question


def kind_name(kind: str) -> str:
    return kind_names().get(kind, kind)


def kind_names() -> dict[str, str]:
    """By kind, in the reader's language, for one thing: „Artykuł”."""
    models: dict[str, type[Model]] = {**page_models(), Question.content_kind: Question}
    return {kind: str(model._meta.verbose_name).capitalize() for kind, model in models.items()}
