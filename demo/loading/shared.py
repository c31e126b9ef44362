"""Topics, places, partners, the home page and its neighbours, settings and menus."""

from wagtail.contrib.redirects.models import Redirect

from cms.models import HubPage, LibraryKind, Place, Topic, Voivodeship
from demo.content import ContentError, Entry
from demo.loading.desk import Desk, numbered
from home.models import Menu, MenuItem, Partner, SiteSettings, StandardPage
from projects.models import ProjectIndex, PublicationIndex, WorkingGroupIndex
from thematic_months.models import ArticleIndex, ExpertIndex, Series

INDEXES: dict[str, type[HubPage]] = {
    "experts": ExpertIndex,
    "projects": ProjectIndex,
    "publications": PublicationIndex,
    "groups": WorkingGroupIndex,
    "articles": ArticleIndex,
}


def load_vocabulary(desk: Desk) -> None:
    for entry in desk.content.topics:
        topic, _created = Topic.objects.get_or_create(
            slug=entry["slug"], defaults={"title": entry["title"]}
        )
        desk.topics[topic.slug] = topic
    for entry in desk.content.places:
        place, _created = Place.objects.get_or_create(
            slug=entry["slug"], defaults=place_fields(entry)
        )
        desk.places[place.slug] = place
    for entry in desk.content.partners:
        live = entry.get("state", "live") == "live"
        fields = {key: entry[key] for key in ("name", "url", "description")}
        partner, created = Partner.objects.get_or_create(
            slug=entry["slug"],
            defaults={**fields, "live": live, "has_unpublished_changes": not live},
        )
        if created and not live:
            partner.save_revision(user=desk.accounts["redaktor"])
        desk.partners[partner.slug] = partner


def place_fields(entry: Entry) -> dict[str, str]:
    by_label = {choice.label: choice for choice in Voivodeship}
    if entry["voivodeship"] not in by_label:
        raise ContentError(entry.where, f"“{entry['voivodeship']}” is no voivodeship")
    return {
        "name": entry["name"],
        "town": entry["town"],
        "voivodeship": by_label[entry["voivodeship"]],
        "kind": entry.choice("kind", LibraryKind),
    }


def load_indexes(desk: Desk) -> None:
    """The migration made them; they get the texts of the demo."""
    index = desk.content.site.entry("index")
    for kind, model in INDEXES.items():
        entry = index.entry(kind)
        page = model.objects.get()
        page.title = page.draft_title = entry["title"]
        page.slug, page.lead = entry["slug"], entry["lead"]
        page.save()
        desk.pages[page.slug] = page


def load_standard_pages(desk: Desk) -> None:
    for entry in desk.content.site.entries("pages"):
        page = StandardPage(**desk.common(entry, desk.today))
        page.cover = desk.library.cover("project", entry["slug"], [])
        desk.add(desk.home, page, entry)


def load_home(desk: Desk) -> None:
    entry = desk.content.site.entry("home")
    page = desk.home
    page.refresh_from_db()
    page.title = page.draft_title = entry["title"]
    page.lead = entry["lead"]
    page.cover = desk.library.cover("project", "labib", [])
    desk.write(page, desk.blocks(entry))
    page.save()


def load_settings(desk: Desk) -> None:
    entry = desk.content.site.entry("settings")
    settings = SiteSettings.load()
    series = desk.find(desk.pages, entry["main_series"], entry.where)
    if not isinstance(series, Series):
        raise ContentError(entry.where, f"“{series.slug}” is no series")
    settings.main_series = series
    for key in ("motto", "network_url", "association_url", "facebook_url", "contact_email"):
        setattr(settings, key, entry[key])
    settings.full_clean()
    settings.save()


MENU_TITLES = {"main": "Menu główne", "footer": "Stopka"}


def load_menus(desk: Desk) -> None:
    for entry in desk.content.site.entries("menus"):
        menu = Menu(key=entry["key"], title=MENU_TITLES.get(entry["key"], entry["key"]))
        menu.items = numbered([menu_item(desk, item) for item in entry.entries("items")])
        menu.full_clean()
        menu.save()


def menu_item(desk: Desk, entry: Entry) -> MenuItem:
    kind, _colon, slug = entry["link"].partition(":")
    if kind == "page":
        return MenuItem(label=entry["label"], page=desk.find(desk.pages, slug, entry.where))
    return MenuItem(label=entry["label"], url=entry["link"])


def load_redirects(desk: Desk) -> None:
    for entry in desk.content.editorial.entries("redirects"):
        Redirect.add_redirect(
            entry["path"], redirect_to=desk.find(desk.pages, entry["page"], entry.where)
        )
