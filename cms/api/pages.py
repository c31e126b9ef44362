from typing import TypeVar

from wagtail.models import Page

from cms.paths import url_path_of

P = TypeVar("P", bound=Page)


def page_at(path: str, model: type[P]) -> P | None:
    """The page of this type at a path, whether or not anybody may see it: the guard judges."""
    url_path = url_path_of(path)
    return model.objects.filter(url_path=url_path).first() if url_path else None
