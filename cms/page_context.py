"""What the templates of pages are given: everything judged by the viewer, and nothing loaded while
they are rendered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Page

from cms.body import ReadyBlock, ready_blocks
from cms.models import HubPage
from cms.outward import outward
from cms.sight import Sight
from cms.tiles import Fact, Shelf, contributors, picture_id
from cms.visibility import PreviewScope, Viewer, can_read, can_see, viewer_of

F = TypeVar("F", bound=Callable[..., Any])


@dataclass
class Parts:
    """What a kind of page adds: facts beside the text, shelves below it, and what its own template
    alone knows.
    """

    facts: list[Fact] = field(default_factory=list)
    shelves: list[Shelf] = field(default_factory=list)
    is_dated: bool = False
    own: dict[str, Any] = field(default_factory=dict)
    # Of a list that was narrowed: what stands in the addresses of all its pages, „rodzaj=GAME&”.
    query: str = ""


class Scene:
    """A page in front of a viewer."""

    def __init__(self, page: HubPage, request: HttpRequest) -> None:
        self.page = page
        self.viewer: Viewer = viewer_of(request)
        self.sight = Sight(self.viewer)
        self.list_page = request.GET.get("strona")
        self.choices = request.GET

    def chosen(self, name: str) -> str:
        """A choice in the page's address, or nothing."""
        return str(self.choices.get(name, ""))

    @cached_property
    def is_readable(self) -> bool:
        """Whether what the page's `guarded` names may be shown."""
        return can_read(self.page, viewer=self.viewer)


KINDS: dict[type[HubPage], Callable[[Any, Scene], Parts]] = {}


def parts_of(*models: type[HubPage]) -> Callable[[F], F]:
    """Register the function (page, scene) → Parts of these kinds of pages, in the app's
    page_context.py.
    """

    def register(function: F) -> F:
        KINDS.update(dict.fromkeys(models, function))
        return function

    return register


def context_of(page: HubPage, request: HttpRequest) -> dict[str, Any]:
    scene = Scene(page, request)
    make_parts = KINDS.get(type(page))
    parts = make_parts(page, scene) if make_parts else Parts()
    blocks = body_of(page, scene)
    listed = [picture_id(each) for shelf in parts.shelves for each in shelf.pages]
    scene.sight.images([page.cover_id, *listed])
    context = {
        "breadcrumb": breadcrumb(page, scene.sight),
        "cover": scene.sight.image(page.cover_id),
        "people": contributors(page, scene.sight),
        "topics": list(page.topics.all()),
        "blocks": blocks,
        # A page that only holds others has nothing of its own to guard.
        "is_index": not page.guarded,
        "is_locked": bool(page.guarded) and not scene.is_readable,
        "log_in_url": log_in_url(request),
        "sign_up_url": with_next("account_signup", request),
        "parts": parts,
        **parts.own,
    }
    return {**context, "outward": outward(page, scene.sight, context)}


def body_of(page: HubPage, scene: Scene) -> list[ReadyBlock]:
    has_body = any(each.name == "body" for each in page._meta.fields)
    return ready_blocks(page.body, scene.sight) if has_body and scene.is_readable else []


def breadcrumb(page: HubPage, sight: Sight) -> list[tuple[str, str]]:
    """Titles and paths of the pages above that the viewer may see."""
    steps = range(2 * Page.steplen, len(page.path), Page.steplen)
    above = Page.objects.filter(path__in=[page.path[:length] for length in steps]).order_by("path")
    seen = [each for each in above if can_see(each, viewer=sight.viewer)]
    return [(each.title, sight.path(each)) for each in sight.versions(seen)]


def log_in_url(request: HttpRequest) -> str:
    return with_next("account_login", request)


def with_next(name: str, request: HttpRequest) -> str:
    """The address of the account's page, from which one comes back to this one."""
    return f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"


def show_draft(page: HubPage, request: HttpRequest) -> None:
    """In the admin's preview the editor sees the page and what is below it whatever its state."""
    user = getattr(request, "user", None)
    request._hub_viewer = Viewer(  # type: ignore[attr-defined]
        member=user if user is not None and user.is_authenticated else None,
        # A page that has no place in the tree yet covers nothing; an empty path would cover
        # everything.
        preview=PreviewScope(page.path, with_descendants=True) if page.path else None,
    )
