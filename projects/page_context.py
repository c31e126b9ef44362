"""What the pages of projects, editions, events, publications and working groups show."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cms.calendars import calendar_address
from cms.following import follow_facts
from cms.models import HubPage, Place
from cms.page_context import Parts, Scene, parts_of
from cms.sight import Sight
from cms.tiles import (
    Fact,
    Note,
    Shelf,
    children_of,
    days,
    note_of,
    numbered_shelf,
    page_facts,
    when,
)
from cms.visibility import can_read, visible
from home.partner_facts import partner_facts
from projects.models import (
    Edition,
    Event,
    EventStatus,
    Project,
    ProjectIndex,
    ProjectKind,
    Publication,
    PublicationIndex,
    WorkingGroup,
    WorkingGroupIndex,
)
from thematic_months.models import Article

MOST_PROJECTS = 60


@note_of(Project)
def project_note(project: Project) -> Note:
    return Note(f"{project.get_kind_display()}, {project.get_status_display()}")


@note_of(Edition, Publication)
def year_note(page: Edition | Publication) -> Note:
    return Note(str(page.year))


@note_of(Event)
def event_note(event: Event) -> Note:
    starts = timezone.localtime(event.starts)
    text = date_format(starts, "DATE_FORMAT")
    if event.status != EventStatus.PLANNED:
        text = f"{text}, {event.get_status_display()}"
    return Note(text, starts)


@note_of(WorkingGroup)
def group_note(group: WorkingGroup) -> Note:
    return Note(str(group.get_status_display()))


@parts_of(ProjectIndex)
def project_index_parts(page: ProjectIndex, scene: Scene) -> Parts:
    """By kind on the first page; what is more, or of one kind alone, page by page."""
    projects = children_of(page, Project, scene.sight).order_by("title", "pk")
    kind = scene.chosen("rodzaj")
    if kind in ProjectKind.values:
        chosen = projects.filter(kind=kind)
        heading = ProjectKind(kind).label.capitalize()
        shelves = [numbered_shelf(heading, chosen, scene.sight, scene.list_page)]
        return Parts(
            shelves=shelves,
            own={"one_kind": heading, **kinds_of(projects)},
            query=f"rodzaj={kind}&",
        )
    grouped = defaultdict(list)
    for project in projects[:MOST_PROJECTS]:
        grouped[project.kind].append(project)
    return Parts(
        shelves=[
            Shelf(kind.label.capitalize(), grouped[kind], scene.sight)
            for kind in ProjectKind
            if grouped[kind]
        ],
        own=kinds_of(projects),
    )


def kinds_of(projects: "QuerySet[Project]") -> dict[str, Any]:
    """The kinds that there are, as links that a reader chooses from."""
    counts = dict(projects.order_by().values_list("kind").annotate(number=Count("pk")))
    return {
        "kinds": [
            {"value": kind.value, "name": kind.label.capitalize(), "number": counts[kind]}
            for kind in ProjectKind
            if kind in counts
        ]
    }


@parts_of(PublicationIndex)
def publication_index_parts(page: PublicationIndex, scene: Scene) -> Parts:
    publications = children_of(page, Publication, scene.sight).order_by("-year", "title", "pk")
    shelf = numbered_shelf(_("Publications"), publications, scene.sight, scene.list_page)
    files = scene.sight.documents(
        each.file_id for each in shelf.pages if can_read(each, viewer=scene.viewer)
    )
    books = [
        {"tile": tile, "file": files.get(each.file_id or 0)}
        for tile, each in zip(shelf.tiles, shelf.pages, strict=True)
    ]
    return Parts(own={"books": books, "numbers": shelf.numbers, "heading": shelf.heading})


@parts_of(WorkingGroupIndex)
def group_index_parts(page: WorkingGroupIndex, scene: Scene) -> Parts:
    groups = children_of(page, WorkingGroup, scene.sight).order_by("title", "pk")
    return Parts(
        shelves=[numbered_shelf(_("Working groups"), groups, scene.sight, scene.list_page)]
    )


@parts_of(Project)
def project_parts(project: Project, scene: Scene) -> Parts:
    sight = scene.sight
    facts = [
        Fact(_("Kind"), project.get_kind_display()),
        Fact(_("Status"), project.get_status_display()),
        Fact(_("When"), days(project.starts_on, project.ends_on)),
        Fact(_("Organiser"), project.get_organiser_display()),
    ]
    facts += page_facts(_("Continues"), [project.continues_id], sight)
    return Parts(
        facts=[*facts, *partner_facts(project, sight), *follow_facts(project, scene.viewer)],
        shelves=[
            Shelf(
                _("Editions"), children_of(project, Edition, sight).order_by("-year", "pk"), sight
            ),
            events_of(project, sight),
            Shelf(_("Publications"), publications_of(project, sight), sight),
            articles_about(project, sight),
        ],
    )


def publications_of(project: Project, sight: Sight) -> list[Publication]:
    if not project.pk:
        return []
    publications = Publication.objects.filter(origin=project)
    return list(visible(publications, viewer=sight.viewer).order_by("-year", "pk"))


def events_of(page: Project | Edition, sight: Sight) -> Shelf:
    return Shelf(_("Events"), children_of(page, Event, sight).order_by("-starts", "pk"), sight)


def articles_about(page: HubPage, sight: Sight) -> Shelf:
    if not page.pk:
        return Shelf(_("Articles"), [], sight)
    articles = Article.objects.filter(subjects__page=page).distinct()
    newest = visible(articles, viewer=sight.viewer).order_by("-published_on", "-pk")
    return Shelf(_("Articles"), newest, sight)


@parts_of(Edition)
def edition_parts(edition: Edition, scene: Scene) -> Parts:
    sight = scene.sight
    facts = [Fact(_("When"), days(edition.starts_on, edition.ends_on) or str(edition.year or ""))]
    return Parts(
        facts=facts,
        own={"laureates": laureates(edition, sight), "exchanges": exchanges(edition, sight)},
        shelves=[events_of(edition, sight), articles_about(edition, sight)],
    )


def laureates(edition: Edition, sight: Sight) -> list[dict[str, Any]]:
    rows = list(edition.laureates.all())
    places = sight.of(Place, (row.place_id for row in rows))
    return [
        {"place": places.get(row.place_id or 0), "title": row.project_title, "award": row.award}
        for row in rows
    ]


def exchanges(edition: Edition, sight: Sight) -> list[dict[str, Any]]:
    rows = list(edition.exchanges.all())
    places = sight.of(Place, [pk for row in rows for pk in (row.host_id, row.guest_id)])
    reports = sight.links(row.report_id for row in rows)
    return [
        {
            "guest": places.get(row.guest_id or 0),
            "host": places.get(row.host_id or 0),
            "when": days(row.starts_on, row.ends_on),
            "report": sight.path(reports[row.report_id]) if row.report_id in reports else "",
        }
        for row in rows
    ]


@parts_of(Event)
def event_parts(event: Event, scene: Scene) -> Parts:
    sight = scene.sight
    places = list(sight.of(Place, [event.place_id]).values())
    where = [str(place) for place in places]
    if event.is_online:
        where.append(str(_("online")))
    facts = [
        Fact(_("Kind"), event.get_kind_display()),
        when(event.starts, event.ends),
        Fact(_("Where"), ", ".join(where)),
    ]
    is_on = event.status == EventStatus.PLANNED
    is_ahead = event.ends is not None and event.ends > scene.viewer.now
    return Parts(
        facts=facts,
        own={
            # A cancelled or postponed event says so in a place that nobody overlooks.
            "warning": "" if is_on else event.get_status_display(),
            "registration_url": event.registration_url if is_on and is_ahead else "",
            "place": places[0] if places else None,
            "calendar_url": calendar_address(event, scene.viewer) if is_ahead else "",
            "timetable": list(event.programme.all()),
        },
        shelves=[articles_about(event, sight)],
    )


@parts_of(Publication)
def publication_parts(publication: Publication, scene: Scene) -> Parts:
    facts = [
        Fact(_("Year"), str(publication.year or "")),
        Fact(_("Publisher"), publication.publisher),
        Fact("ISBN", publication.isbn),
        Fact(_("Language"), publication.get_language_display()),
    ]
    facts += page_facts(_("Project"), [publication.origin_id], scene.sight)
    file = scene.sight.document(publication.file_id) if scene.is_readable else None
    return Parts(facts=facts, own={"file": file})


@parts_of(WorkingGroup)
def group_parts(group: WorkingGroup, scene: Scene) -> Parts:
    return Parts(
        facts=[Fact(_("Status"), group.get_status_display())],
        shelves=[articles_about(group, scene.sight)],
    )
