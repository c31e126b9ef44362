from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from cms.api.execution import Loaders
from cms.visibility import Viewer


@dataclass
class HubContext:
    """What resolvers know of the request: who asks, and the loaders that live as long as it."""

    request: HttpRequest | None
    viewer: Viewer
    loaders: Loaders = field(init=False)
    # What cms.api.selection found.
    selections: dict[tuple[Any, ...], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.viewer)
