"""Reads demo/content. Whatever is wrong there is reported with its file and place."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CONTENT_DIR = Path(__file__).parent / "content"
KINDS = (
    "site",
    "topics",
    "places",
    "partners",
    "experts",
    "projects",
    "publications",
    "groups",
    "articles",
    "editorial",
)
MISSING = object()


class ContentError(Exception):
    """A mistake in a file of the demo content."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


class Entry:
    """A table of a TOML file that knows where it stands."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.data = data
        self.where = where

    def __getitem__(self, key: str) -> Any:
        if key not in self.data:
            raise ContentError(self.where, f"“{key}” is missing")
        return self.data[key]

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def get(self, key: str, default: Any = None) -> Any:
        return self.data.get(key, default)

    def entry(self, key: str) -> "Entry":
        return Entry(self[key], f"{self.where}, {key}")

    def entries(self, key: str) -> list["Entry"]:
        rows = self.data.get(key, [])
        return [Entry(row, f"{self.where}, {key} {name_of(row, i)}") for i, row in enumerate(rows)]

    def choice(self, key: str, choices: Any, default: Any = MISSING) -> Any:
        """A member of a Django enumeration, by its value."""
        value = self[key] if default is MISSING else self.get(key, default)
        if value not in choices.values:
            allowed = ", ".join(choices.values)
            raise ContentError(self.where, f"“{key}” is “{value}”, but may be: {allowed}")
        return choices(value)


def name_of(row: Mapping[str, Any], index: int) -> str:
    for key in ("slug", "key", "who", "label", "title", "page"):
        if isinstance(row.get(key), str) and row[key]:
            return str(row[key])
    return f"number {index + 1}"


class Content:
    """All files. Entries keep the order of their files; months that of their file names."""

    def __init__(self, folder: Path = CONTENT_DIR) -> None:
        self.folder = folder
        files = {kind: self.read(f"{kind}.toml") for kind in KINDS}
        self.site = files["site"]
        self.editorial = files["editorial"]
        self.topics = files["topics"].entries("topics")
        self.places = files["places"].entries("places")
        self.experts = files["experts"].entries("experts")
        self.publications = files["publications"].entries("publications")
        self.groups = files["groups"].entries("groups")
        self.articles = files["articles"].entries("articles")
        self.partners = [
            *files["partners"].entries("partners"),
            *self.editorial.entries("partners"),
        ]
        self.projects = [
            *files["projects"].entries("projects"),
            *self.editorial.entries("projects"),
        ]
        self.months = [
            self.read(str(path.relative_to(folder)))
            for path in sorted(folder.glob("months/*.toml"))
        ]
        self.page_slugs = self.collect_page_slugs()

    def read(self, name: str) -> Entry:
        try:
            data = tomllib.loads((self.folder / name).read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise ContentError(name, str(error)) from error
        return Entry(data, name)

    def pages(self) -> Iterator[Entry]:
        """Every entry that becomes a page."""
        yield from self.experts
        for project in self.projects:
            yield project
            yield from project.entries("editions")
            yield from project.entries("events")
        yield from self.publications
        yield from self.groups
        yield from self.articles
        for month in self.months:
            yield month
            yield from month.entries("articles")
            yield from month.entries("webinars")
        for key in ("series", "pages"):
            yield from self.site.entries(key)
        index = self.site.entry("index")
        for kind in index.data:
            yield index.entry(kind)

    def collect_page_slugs(self) -> frozenset[str]:
        """Texts name pages by slug alone, so a slug may occur once."""
        seen: dict[str, str] = {}
        for entry in self.pages():
            slug = entry["slug"]
            if slug in seen:
                raise ContentError(entry.where, f"the slug “{slug}” is taken by {seen[slug]}")
            seen[slug] = entry.where
        return frozenset(seen)
