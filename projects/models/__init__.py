from projects.models.event import Event, EventKind, EventProgrammeItem, EventStatus
from projects.models.group import GroupStatus, WorkingGroup, WorkingGroupIndex
from projects.models.project import (
    Edition,
    Exchange,
    Laureate,
    Project,
    ProjectIndex,
    ProjectKind,
    ProjectStatus,
)
from projects.models.publication import Publication, PublicationIndex

__all__ = [
    "Edition",
    "Event",
    "EventKind",
    "EventProgrammeItem",
    "EventStatus",
    "Exchange",
    "GroupStatus",
    "Laureate",
    "Project",
    "ProjectIndex",
    "ProjectKind",
    "ProjectStatus",
    "Publication",
    "PublicationIndex",
    "WorkingGroup",
    "WorkingGroupIndex",
]
