"""Which pages hold a document, as a file, as a material or in a text: they decide who may have it
(docs/adr/0002). Pages whose drafts alone hold it are not among them.
"""

from collections.abc import Collection, Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail.models import Page, ReferenceIndex

from cms.models import HubDocument, HubPage
from cms.visibility import Viewer, can_read, can_see

# References from child rows: Wagtail leaves them behind when the last such row is deleted.
FROM_CHILD_ROWS = r"^\w+\.item\."
# Ids in one query.
BATCH = 500


def may_have(
    document: HubDocument, viewer: Viewer, pages: Collection[HubPage] | None = None
) -> bool:
    """By its collection and, when pages hold it, by one of them; a document that no page holds has
    only the collection. `pages` are its holders, if they are known.
    """
    if not can_see(document, viewer=viewer):
        return False
    pages = holders(document) if pages is None else pages
    return not pages or any(opens(page, viewer) for page in pages)


def opens(page: HubPage, viewer: Viewer) -> bool:
    """Whether a page gives this viewer the documents that it holds."""
    return can_see(page, viewer=viewer) and can_read(page, viewer=viewer)


def holders(document: HubDocument) -> list[HubPage]:
    ids = holder_ids([document.pk])[document.pk]
    return list(Page.objects.filter(pk__in=ids).order_by("pk").specific()) if ids else []


def holder_ids(document_ids: Iterable[int]) -> dict[int, set[int]]:
    """Pages by document, in a constant number of queries."""
    found: dict[int, set[int]] = {pk: set() for pk in document_ids}
    for page_id, document_id in _pairs(documents=list(found)):
        found[document_id].add(page_id)
    return found


def documents_on(page_ids: Iterable[int]) -> set[int]:
    """Documents that any of these pages holds."""
    ids = sorted(page_ids)
    some = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return {document_id for each in some for _page_id, document_id in _pairs(pages=each)}


def _pairs(
    *, documents: Collection[int] | None = None, pages: Collection[int] | None = None
) -> Iterator[tuple[int, int]]:
    """A page and a document that it holds: of these documents, or of these pages."""
    for model, page_field, document_field in _foreign_keys():
        yield from (
            model._default_manager.filter(
                **_among(page_field, pages), **_among(f"{document_field}_id", documents)
            )
            .exclude(**{document_field: None})
            .order_by()
            .values_list(page_field, f"{document_field}_id")
        )
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(HubDocument),
        **_among("object_id", pages and list(map(str, pages))),
        **_among("to_object_id", documents and list(map(str, documents))),
    ).exclude(model_path__regex=FROM_CHILD_ROWS)
    for page_id, document_id in references.values_list("object_id", "to_object_id"):
        yield int(page_id), int(document_id)


def _among(field: str, values: Collection[int | str] | None) -> dict[str, Collection[int | str]]:
    return {} if values is None else {f"{field}__in": values}


def _foreign_keys() -> Iterator[tuple[type[Model], str, str]]:
    """From pages and their child rows: known at once, whereas the reference index may be a task
    behind. Each as a model with its fields of the page and of the document.
    """
    # Hidden ones too: these foreign keys have no name back.
    for relation in HubDocument._meta.get_fields(include_hidden=True):
        if not relation.one_to_many or not relation.auto_created:
            continue
        model = relation.related_model
        parental = [each for each in model._meta.get_fields() if isinstance(each, ParentalKey)]
        if issubclass(model, Page):
            yield model, "pk", relation.field.name
        elif parental and issubclass(parental[0].related_model, Page):
            yield model, parental[0].attname, relation.field.name
