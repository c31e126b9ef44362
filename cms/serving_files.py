"""Who is handed which file: documents through Wagtail's view, pictures of a local storage through
ours.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import patch_cache_control
from django.views.static import serve as serve_from_disk
from wagtail import hooks
from wagtail.documents.views.serve import serve as serve_by_wagtail

from cms.holders import holders, may_have
from cms.models import HubDocument, HubImage, HubPage, HubRendition
from cms.serving import OPENED_BY_LOGIN, ask_to_log_in
from cms.tree import Restriction
from cms.visibility import (
    Viewer,
    anonymous_viewer,
    can_see,
    collection_tree,
    viewer_of,
)

ADMIN = "wagtailadmin.access_admin"
# Pictures keep their names for good: another focal point or upload makes other files.
PICTURE_SECONDS = 24 * 60 * 60


def is_editor(viewer: Viewer) -> bool:
    return viewer.member is not None and bool(viewer.member.has_perm(ADMIN))


def keep_private(response: HttpResponseBase) -> None:
    patch_cache_control(response, private=True, no_store=True)


# Documents


# Before Wagtail's own check, which knows collections alone and offers a form for shared passwords.
@hooks.register("before_serve_document", order=-10)
def judge_document(document: HubDocument, request: HttpRequest) -> HttpResponse | None:
    viewer = viewer_of(request)
    pages = holders(document)
    everyone = anonymous_viewer() if viewer.is_member else viewer
    is_open = may_have(document, everyone, pages)
    request._hub_is_private = not is_open  # type: ignore[attr-defined]
    if is_open or may_have(document, viewer, pages):
        return None
    if is_editor(viewer):
        # Who works on content sees all files in the admin anyway; Wagtail's check would ask again.
        document.collection.get_view_restrictions = list
        return None
    if viewer.is_member or not login_may_open(document, pages, viewer):
        raise Http404
    return ask_to_log_in(request, [])


def serve_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Wagtail's view. Its hooks see no response, so what is not open to everyone is marked here."""
    response: HttpResponseBase = serve_by_wagtail(request, document_id, filename)
    if getattr(request, "_hub_is_private", True):
        keep_private(response)
    return response


def login_may_open(document: HubDocument, pages: list[HubPage], viewer: Viewer) -> bool:
    """Whether all that keeps an anonymous viewer from the document are log-ins."""
    closed = [
        restriction
        for restriction in collection_tree()[1]
        if document.collection.path.startswith(restriction.path)
    ]
    if not open_by_login(closed, viewer):
        return False
    return not pages or any(
        viewer.tree.shows(page)
        and open_by_login(
            [each for each in viewer.tree.restrictions if page.path.startswith(each.path)], viewer
        )
        for page in pages
    )


def open_by_login(restrictions: list[Restriction], viewer: Viewer) -> bool:
    return all(each.type in OPENED_BY_LOGIN or viewer.passes(each) for each in restrictions)


# Pictures


def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture to whoever may see it. Documents lie beside them, and are only handed out by their
    own address.
    """
    image = image_of(name)
    viewer = viewer_of(request)
    everyone = anonymous_viewer() if viewer.is_member else viewer
    is_open = can_see(image, viewer=everyone)
    if not is_open and not can_see(image, viewer=viewer) and not is_editor(viewer):
        raise Http404
    # Neither picture nor document: for example the portraits of accounts, which only the admin
    # shows.
    if image is None and is_document(name):
        raise Http404
    response = serve_from_disk(request, name, document_root=str(settings.MEDIA_ROOT))
    if is_open:
        patch_cache_control(response, public=True, max_age=PICTURE_SECONDS)
    else:
        keep_private(response)
    return response


def image_of(name: str) -> HubImage | None:
    rendition = HubRendition.objects.filter(file=name).select_related("image").first()
    return rendition.image if rendition else HubImage.objects.filter(file=name).first()


def is_document(name: str) -> bool:
    return HubDocument.objects.filter(file=name).exists()


def urls() -> list[URLPattern]:
    """To stand before Wagtail's addresses of documents. A bucket hands out its pictures itself, by
    signed addresses.
    """
    documents = path("documents/<int:document_id>/<path:filename>", serve_document)
    if settings.BUCKET:
        return [documents]
    media = f"{settings.MEDIA_URL.strip('/')}/<path:name>"
    return [documents, path(media, serve_media, name="media")]
