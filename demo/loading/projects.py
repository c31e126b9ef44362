"""Projects with their editions and events, publications with their files, working groups."""

import datetime

from wagtail.models import Collection

from cms.models import Audience, Contribution, ContributionRole, Licence, Organiser
from demo.booklet import Booklet
from demo.content import ContentError, Entry
from demo.loading.desk import Desk, numbered
from projects.isbn import compact_isbn
from projects.models import (
    Edition,
    Event,
    EventKind,
    EventProgrammeItem,
    EventStatus,
    Exchange,
    GroupStatus,
    Laureate,
    Project,
    ProjectKind,
    ProjectStatus,
    Publication,
    WorkingGroup,
)
from projects.models.publication import PublicationLanguage
from thematic_months.models import Article

MEMBERS_COLLECTION = "Materiały dla członków"
# A contribution has no room for the wording of the files; the first stem found decides its role.
ROLE_STEMS = (
    ("koordynator", ContributionRole.COORDINATOR),
    ("współorganizator", ContributionRole.COORDINATOR),
    ("przewodnicz", ContributionRole.COORDINATOR),
    ("trener", ContributionRole.TRAINER),
    ("redaktor", ContributionRole.EDITOR),
    ("autor", ContributionRole.AUTHOR),
    ("pomysłodaw", ContributionRole.AUTHOR),
    ("relacja", ContributionRole.AUTHOR),
)


def load_projects(desk: Desk) -> None:
    # An older project stands before the one that continues it.
    for entry in sorted(desk.content.projects, key=lambda it: "continues" in it):
        project = Project(
            **desk.common(entry, entry["start"]),
            kind=entry.choice("kind", ProjectKind),
            organiser=entry.choice("organiser", Organiser),
            status=entry.choice("status", ProjectStatus),
            starts_on=entry["start"],
            ends_on=entry.get("end"),
            cover=desk.library.cover("project", entry["slug"], entry["topics"]),
        )
        if "continues" in entry:
            project.continues = Project.objects.get(slug=entry["continues"])
        project.contributions = numbered(
            [person(desk, row["who"], row["role"], row.where) for row in entry.entries("people")]
        )
        project.partnerships = desk.partnerships(entry)
        desk.add(desk.index("projects"), project, entry)
        for row in entry.entries("editions"):
            load_edition(desk, row, project)
        for row in entry.entries("events"):
            load_event(desk, row, project)


def person(desk: Desk, who: str, role: str, where: str) -> Contribution:
    found = (each for stem, each in ROLE_STEMS if stem in role)
    return desk.contribution(who, next(found, ContributionRole.HOST), where)


def load_edition(desk: Desk, entry: Entry, project: Project) -> None:
    edition = Edition(
        **desk.common(entry, entry["start"]),
        year=entry["year"],
        starts_on=entry["start"],
        ends_on=entry.get("end"),
        cover=desk.library.cover("project", entry["slug"], first_topics(project)),
    )
    edition.laureates = numbered(
        [
            Laureate(place=desk.place(row), project_title=row["project"], award=row["award"])
            for row in entry.entries("laureates")
        ]
    )
    edition.topics = list(project.topics.all())
    edition.exchanges = numbered([exchange(desk, row) for row in entry.entries("exchanges")])
    desk.add(project, edition, entry)


def first_topics(project: Project) -> list[str]:
    return [topic.slug for topic in project.topics.all()][:1]


def exchange(desk: Desk, entry: Entry) -> Exchange:
    return Exchange(
        host=desk.place(entry, "host"),
        guest=desk.place(entry, "guest"),
        starts_on=entry["start"],
        ends_on=entry["end"],
    )


def link_reports(desk: Desk) -> None:
    """An exchange's report is an article, and articles come after projects."""
    for project in desk.content.projects:
        for edition in project.entries("editions"):
            rows = Exchange.objects.filter(edition__slug=edition["slug"]).order_by("sort_order")
            for entry, row in zip(edition.entries("exchanges"), rows, strict=True):
                if "report" in entry:
                    row.report = Article.objects.filter(slug=entry["report"]).first()
                    if row.report is None:
                        raise ContentError(entry.where, f"there is no article “{entry['report']}”")
                    row.save()


def load_event(desk: Desk, entry: Entry, project: Project) -> None:
    span = desk.span(entry)
    event = Event(
        **desk.common(entry, span["starts"].date() - datetime.timedelta(days=40)),
        **span,
        kind=entry.choice("kind", EventKind),
        status=entry.choice("status", EventStatus),
        place=desk.place(entry),
        is_online=entry["online"],
        registration_url=entry.get("registration_url", ""),
        # Events of one project share its picture.
        cover=project.cover,
    )
    event.programme = numbered([programme_item(desk, row) for row in entry.entries("programme")])
    event.topics = list(project.topics.all())
    desk.add(project, event, entry)


def programme_item(desk: Desk, entry: Entry) -> EventProgrammeItem:
    who = entry["person"]
    return EventProgrammeItem(
        time=datetime.time.fromisoformat(entry["time"]),
        title=entry["title"],
        person=who if not who or " " in who else desk.expert(who, entry.where).title,
    )


def make_documents(desk: Desk) -> None:
    """The PDF files. Texts refer to them, so they come before any page."""
    names = {entry["slug"]: entry["title"] for entry in desk.content.experts}
    root = Collection.objects.get(depth=1)
    # Everybody who knows its address can fetch a file; a closed collection keeps those for members.
    members = root.get_children().filter(name=MEMBERS_COLLECTION).first() or root
    for entry in desk.content.publications:
        desk.library.document(
            entry["slug"],
            booklet(entry, names),
            entry["topics"],
            entry.choice("licence", Licence),
            members if entry.get("audience") == Audience.MEMBERS else root,
        )


def booklet(entry: Entry, names: dict[str, str]) -> Booklet:
    authors = [names.get(who, who) for who in entry["authors"]]
    imprint = [f"{entry['publisher']}, {entry['year']}", f"Teksty: {', '.join(authors)}"]
    if entry.get("isbn"):
        imprint.append(f"ISBN {entry['isbn']}")
    imprint.append(f"Licencja: {entry.choice('licence', Licence).label}")
    imprint.append("Publikacja demonstracyjna. Osoby są zmyślone.")
    chapters = [
        (row["title"], [part for part in row["text"].strip().split("\n\n") if part.strip()])
        for row in entry.entries("chapters")
    ]
    return Booklet(entry["title"], authors, entry["lead"], imprint, chapters)


def load_publications(desk: Desk) -> None:
    for entry in desk.content.publications:
        publication = Publication(
            **desk.common(entry, datetime.date(entry["year"], 6, 1)),
            year=entry["year"],
            publisher=entry["publisher"],
            isbn=compact_isbn(entry.get("isbn", "")),
            language=PublicationLanguage(entry["language"].upper()),
            file=desk.library.documents[entry["slug"]],
            cover=desk.library.cover("publication", entry["slug"], entry["topics"]),
        )
        if "project" in entry:
            origin = desk.find(desk.pages, entry["project"], entry.where)
            publication.origin = Project.objects.get(pk=origin.pk)
        desk.credit(publication, entry["authors"], ContributionRole.AUTHOR, entry.where)
        desk.add(desk.index("publications"), publication, entry)


def load_groups(desk: Desk) -> None:
    for number, entry in enumerate(desk.content.groups):
        group = WorkingGroup(
            **desk.common(entry, datetime.date(2016 + number, 9, 1)),
            status=entry.choice("status", GroupStatus),
            cover=desk.library.cover("project", entry["slug"], entry["topics"]),
        )
        desk.credit(group, entry["coordinators"], ContributionRole.COORDINATOR, entry.where)
        desk.add(desk.index("groups"), group, entry)
