"""Root fields of projects, editions, events, publications and working groups."""

from cms.api.pages import single
from projects.lists import EDITIONS, EVENTS, PROJECTS, PUBLICATIONS, WORKING_GROUPS
from projects.models import Edition, Event, Project, Publication, WorkingGroup


class Query:
    projects = PROJECTS.field("Projects.")
    project = single(Project, "A project", slug=True)
    editions = EDITIONS.field("Editions of all projects.")
    edition = single(Edition, "An edition of a project")
    events = EVENTS.field("Events of all projects.")
    event = single(Event, "An event")
    publications = PUBLICATIONS.field("Publications.")
    publication = single(Publication, "A publication", slug=True)
    working_groups = WORKING_GROUPS.field("Working groups.")
    working_group = single(WorkingGroup, "A working group", slug=True)
