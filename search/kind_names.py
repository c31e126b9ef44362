"""What readers call the kinds of things in the archive."""

from search.indexing import archived_models


def kind_name(kind: str) -> str:
    return kind_names().get(kind, kind)


def kind_names() -> dict[str, str]:
    """By kind, in the reader's language, for one thing: „Artykuł”."""
    models = archived_models().items()
    return {kind: str(model._meta.verbose_name).capitalize() for kind, model in models}
