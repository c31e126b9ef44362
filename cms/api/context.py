from dataclasses import dataclass, field

from django.http import HttpRequest

from cms.api.execution import Loaders
from cms.visibility import Viewer


@dataclass
class HubContext:
    """What resolvers know of the request: who asks, and the loaders that live as long as it."""

    request: HttpRequest | None
    viewer: Viewer
    loaders: Loaders = field(init=False)

    def __post_init__(self) -> None:
        self.loaders = Loaders(self.viewer)
