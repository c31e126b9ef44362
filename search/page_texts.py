"""Text of a page's fields and child relations, by name, as `open_text` and `guarded` list them."""

from collections.abc import Callable

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import get_text_for_indexing

from cms.models import HubPage
from search.block_texts import stream_text
from thematic_months.models import Webinar

TextOf = Callable[[HubPage], str]

# Child relations that say something, and what of them: never an address, never the title of another
# page.
CHILD_TEXTS: dict[str, tuple[str, ...]] = {
    "materials": ("title",),
    "programme": ("title", "person"),
    "laureates": ("project_title", "award"),
}
# Open to everyone although no `open_text` names them, since that lists fields alone.
OPEN_CHILDREN = ("programme", "laureates")


def text_reader(model: type[HubPage], name: str) -> TextOf | None:
    """How to read the text of a field or relation; None when nobody has said what of it is text."""
    if name in CHILD_TEXTS:
        return lambda page: _children_text(page, name)
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if isinstance(field, StreamField):
        return lambda page: stream_text(field, getattr(page, name))
    if isinstance(field, RichTextField):
        return lambda page: get_text_for_indexing(getattr(page, name))
    if isinstance(field, models.URLField | models.ForeignKey | models.DateField):
        # An address or a day is no text; a chosen thing has a title and readers of its own.
        return lambda page: ""
    if isinstance(field, models.CharField | models.TextField):
        return lambda page: getattr(page, name)
    return None


def _children_text(page: HubPage, name: str) -> str:
    # Rows of the same place, as a form that was never sorted has them, come in any order.
    children = sorted(
        getattr(page, name).all(), key=lambda child: (child.sort_order or 0, child.pk or 0)
    )
    texts = (getattr(child, field, "") for child in children for field in CHILD_TEXTS[name])
    return "\n".join(text for text in texts if text)


def joined_text(page: HubPage, names: tuple[str, ...]) -> str:
    readers = (text_reader(type(page), name) for name in names if hasattr(page, name))
    texts = (read(page) for read in readers if read is not None)
    return "\n".join(text for text in texts if text)


def open_text(page: HubPage) -> str:
    """What everyone may find the page by, beside its title and lead."""
    names = tuple(name for name in page.open_text if name != "lead")
    return joined_text(page, names + OPEN_CHILDREN)


def guarded_text(page: HubPage) -> str:
    """What `audience` MEMBERS keeps for members."""
    names = page.guarded
    if isinstance(page, Webinar) and not page.recording_consent:
        # Its transcript is as private as the recording.
        names = tuple(name for name in names if name != "transcript")
    return joined_text(page, names)
