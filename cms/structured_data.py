"""Pages as search engines read them: schema.org in JSON-LD, made of what the viewer is shown."""

import datetime
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cms.images import ImagePreset, source
from cms.models import Audience, HubImage, HubPage, Licence
from cms.paths import absolute, canonical, path_of

Data = dict[str, Any]
# A page in front of a viewer, with the context of its template.
Describe = Callable[[Any, Data], Data]

MOST_PARTS = 50
LICENCES = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY_4: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA_4: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC_4: "https://creativecommons.org/licenses/by-nc/4.0/",
    Licence.CC_BY_NC_SA_4: "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    Licence.CC_BY_ND_4: "https://creativecommons.org/licenses/by-nd/4.0/",
}
# What is no letter of the text may end a script element, or a line of a script.
ESCAPES = {ord(each): f"\\u{ord(each):04X}" for each in "<>&\u2028\u2029"}

DESCRIPTIONS: dict[type[HubPage], Describe] = {}


def describes(*models: type[HubPage]) -> Callable[[Describe], Describe]:
    """Register the function (page, template's context) → what schema.org has for these kinds, in
    the app's structured_data.py. It adds to, and replaces, what every page says.
    """

    def register(function: Describe) -> Describe:
        DESCRIPTIONS.update(dict.fromkeys(models, function))
        return function

    return register


def json_ld(graph: list[Data]) -> SafeString:
    """For the inside of <script type="application/ld+json">, which no browser runs."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308  (escaped just now)


def without_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def site_id() -> str:
    return f"{canonical('/')}#site"


def organization() -> Data:
    return {"@type": "Organization", "@id": f"{canonical('/')}#labib", "name": "LABiB",
            "url": canonical("/")}  # fmt: skip


def website() -> Data:
    return {
        "@type": "WebSite",
        "@id": site_id(),
        "name": settings.WAGTAIL_SITE_NAME,
        "url": canonical("/"),
        "inLanguage": "pl",
        "publisher": organization(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{canonical('/archiwum/')}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def image_object(image: HubImage | None, *, preset: ImagePreset = ImagePreset.SHARE) -> Data:
    if image is None:
        return {}
    shared = source(image, preset, address=absolute)
    return {
        "@type": "ImageObject",
        "url": shared.src,
        "width": shared.width,
        "height": shared.height,
    }


def moment(value: datetime.datetime | None) -> str:
    return timezone.localtime(value).isoformat() if value else ""


def people(context: Data) -> list[Data]:
    return [person(each.name, each.path) for each in context["people"]]


def person(name: str, path: str = "") -> Data:
    return without_empty({"@type": "Person", "name": name, "url": canonical(path) if path else ""})


def parts(context: Data) -> list[Data]:
    """The pages on the shelves below."""
    shown = [page for shelf in context["parts"].shelves for page in shelf.pages]
    return [
        {"@type": "WebPage", "name": page.title, "url": canonical(path_of(page))}
        for page in shown[:MOST_PARTS]
    ]


def common(page: HubPage, context: Data) -> Data:
    url = canonical(path_of(page))
    return {
        "@type": "WebPage",
        "@id": f"{url}#strona",
        "url": url,
        "name": page.title,
        "description": page.search_description or page.lead,
        "inLanguage": "pl",
        "image": image_object(context["cover"]),
        "datePublished": page.published_on.isoformat() if page.published_on else "",
        "dateModified": moment(page.last_published_at),
        "keywords": [topic.title for topic in context["topics"]],
        "license": LICENCES.get(Licence(page.licence), ""),
        "isAccessibleForFree": page.audience != Audience.MEMBERS,
        "isPartOf": {"@id": site_id()},
    }


def work(page: HubPage, context: Data) -> Data:
    """What a text says beside: who wrote it, and who published it."""
    return {"author": people(context), "publisher": organization()}


def collection(page: HubPage, context: Data) -> Data:
    return {"@type": "CollectionPage", "hasPart": parts(context)}


def breadcrumbs(page: HubPage, context: Data) -> Data:
    steps = [*context["breadcrumb"], (page.title, path_of(page))]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": _("Home page") if path == "/" else title,
                "item": canonical(path),
            }
            for number, (title, path) in enumerate(steps, start=1)
        ],
    }


def described(page: HubPage, context: Data) -> list[Data]:
    """The nodes of a page's JSON-LD."""
    describe = DESCRIPTIONS.get(type(page))
    own = describe(page, context) if describe else {}
    graph = [without_empty(common(page, context) | own), website()]
    return [*graph, breadcrumbs(page, context)] if context["breadcrumb"] else graph
