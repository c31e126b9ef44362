"""Pages as their newest drafts have them, for whoever previews them: any number in as many queries
as one.

Wagtail's own `with_content_json()` asks the database for each foreign key, each relation and each
page's parent, which is too much for a month of articles.
"""

import copy
import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import CASCADE, Field, ForeignKey, Model
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Page, Revision

from cms.models import HubPage
from cms.visibility import Viewer

Content = dict[str, Any]
Found = dict[type[Model], dict[Any, Model]]

# What a version of a page holds of Wagtail's own columns. The rest (place, address, state, owner)
# is the row's, whatever a draft says.
VERSIONED = frozenset({"title", "seo_title", "search_description"})
OF_THE_ROW = [field for field in Page._meta.concrete_fields if field.name not in VERSIONED]


def shows_draft(page: Page, viewer: Viewer) -> bool:
    """Whether this viewer is to see another version of the page than its row."""
    if not viewer.previews(page.path):
        return False
    if own_content(page, viewer) is not None:
        return True
    return page.latest_revision_id is not None and (not page.live or page.has_unpublished_changes)


def own_content(page: Page, viewer: Viewer) -> Content | None:
    preview = viewer.preview
    return preview.content if preview is not None and page.path == preview.path else None


def versions_of(pages: Sequence[Page], viewer: Viewer) -> list[Page]:
    """Each page, or in its place the draft that this viewer is to see, specific. A page may come
    twice, read in part and in full.
    """
    changed = [page for page in pages if shows_draft(page, viewer)]
    revisions = Revision.objects.in_bulk({page.latest_revision_id for page in changed})
    contents: dict[int, Content] = {}
    for page in changed:
        content = own_content(page, viewer)
        if content is None and page.latest_revision_id in revisions:
            content = revisions[page.latest_revision_id].content
        if content is not None:
            contents[page.pk] = pruned(page, content)
    found = referred_to(
        (page.specific_class, contents[page.pk]) for page in changed if page.pk in contents
    )
    return [
        built(page, copy.deepcopy(contents[page.pk]), found) if page.pk in contents else page
        for page in pages
    ]


def pruned(page: Page, content: Content) -> Content:
    """The content without what is the row's, and without the editors' comments."""
    dropped = {field.name for field in OF_THE_ROW} | {"page_ptr", COMMENTS_RELATION_NAME}
    kept = {name: value for name, value in content.items() if name not in dropped}
    return {**kept, "pk": page.pk}


def references(model: type[Model], content: Content) -> Iterator[tuple[Field[Any, Any], Any]]:
    """Each foreign key and many-to-many field of the content with its value, without that of a
    child row to its parent.
    """
    for field in model._meta.get_fields():
        if not isinstance(field, ForeignKey | ParentalManyToManyField):
            continue
        if isinstance(field, ParentalKey) or field.remote_field.parent_link:
            continue
        if content.get(field.name):
            yield field, content[field.name]


def child_contents(model: type[Model], content: Content) -> Iterator[tuple[str, type[Model]]]:
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in content:
            yield name, relation.related_model


def referred_to(contents: Iterable[tuple[type[Model], Content]]) -> Found:
    """What the contents refer to, as far as it still exists: one query for each kind of thing."""
    ids: dict[type[Model], set[Any]] = defaultdict(set)

    def collect(model: type[Model], content: Content) -> None:
        for field, value in references(model, content):
            target: Any = field.related_model
            ids[target] |= set(value) if isinstance(value, list) else {value}
        for name, child_model in child_contents(model, content):
            for child in content[name]:
                collect(child_model, child)

    for model, content in contents:
        collect(model, content)
    return {model: model._base_manager.in_bulk(sorted(keys)) for model, keys in ids.items()}


def mended(model: type[Model], content: Content, found: Found) -> bool:
    """Take out in place what exists no more. False for a row that goes with what it referred to."""
    for field, value in references(model, content):
        target: Any = field.related_model
        if not isinstance(value, list) and value not in found[target]:
            relation: Any = field.remote_field
            if relation.on_delete is CASCADE and not issubclass(model, Page):
                return False
            content[field.name] = None
    for name, child_model in child_contents(model, content):
        content[name] = [each for each in content[name] if mended(child_model, each, found)]
    return True


def in_utc(thing: Model) -> None:
    """Moments as the database gives them; modelcluster gives them in the local zone."""
    for field in thing._meta.concrete_fields:
        moment = getattr(thing, field.attname)
        if isinstance(moment, datetime.datetime):
            setattr(thing, field.attname, moment.astimezone(datetime.UTC))


def built(page: Page, content: Content, found: Found) -> HubPage:
    model: Any = page.specific_class
    mended(model, content, found)
    many = {
        field.name: content.pop(field.name, [])
        for field in model._meta.many_to_many
        if isinstance(field, ParentalManyToManyField)
    }
    draft: HubPage = model.from_serializable_data(content, check_fks=False)
    in_utc(draft)
    for relation in get_all_child_relations(model):
        for row in getattr(draft, "_cluster_related_objects", {}).get(
            relation.get_accessor_name(), ()
        ):
            in_utc(row)
    for name, keys in many.items():
        things = found.get(model._meta.get_field(name).related_model, {})
        getattr(draft, name).set([things[key] for key in keys if key in things])
    # As far as the row was read: of a page that is only linked to, some columns are enough.
    for field in OF_THE_ROW:
        if field.attname in page.__dict__:
            setattr(draft, field.attname, page.__dict__[field.attname])
    draft.pk = page.pk
    # A preview while somebody writes may lack what a page cannot be saved without.
    for field in model._meta.concrete_fields:
        if not field.null and getattr(draft, field.attname) is None and type(page) is model:
            setattr(draft, field.attname, page.__dict__.get(field.attname))
    draft._state.adding, draft._state.db = False, page._state.db
    return draft
