"""Pictures in templates. Whatever a template of the hub shows was judged before
(cms/page_context.py, cms/body.py).
"""

from typing import Any

from django import template

from cms.images import ImagePreset, source
from cms.models import HubImage

register = template.Library()

# How wide each preset stands on the hub's own pages, for the browser's choice among the sizes.
SIZES = {
    ImagePreset.TILE: "(min-width: 64rem) 21rem, (min-width: 40rem) 45vw, 92vw",
    ImagePreset.HERO: "(min-width: 72rem) 68rem, 94vw",
    ImagePreset.INLINE: "(min-width: 48rem) 42rem, 92vw",
    ImagePreset.PORTRAIT: "10rem",
    ImagePreset.COVER: "(min-width: 40rem) 15rem, 45vw",
}


@register.inclusion_tag("cms/picture.html")
def picture(
    image: HubImage, preset: str, alt: str | None = None, *, first: bool = False, sizes: str = ""
) -> dict[str, Any]:
    """An img of the preset, from renditions that exist. `first`: it is seen without scrolling.
    `sizes`: how wide it stands there, if not as elsewhere.
    """
    name = ImagePreset(preset)
    return {
        "source": source(image, name),
        "alt": image.default_alt_text if alt is None else alt,
        "sizes": sizes or SIZES[name],
        "first": first,
    }
