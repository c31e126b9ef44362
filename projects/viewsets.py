"""Lists of projects, events, publications and the like, and their group in the admin's menu."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.ui.tables import Column, StatusTagColumn

from cms.listings import (
    WIDE_ONLY,
    HubFilterSet,
    HubIndexView,
    HubMenuGroup,
    HubPageListing,
    moment_column,
    page_columns,
)
from projects.models import (
    Edition,
    Event,
    EventKind,
    EventStatus,
    GroupStatus,
    Project,
    ProjectStatus,
    Publication,
    WorkingGroup,
)


class ProjectFilterSet(HubFilterSet):
    class Meta:
        model = Project
        fields = ["kind", "status"]


class ProjectListing(HubPageListing):
    model = Project
    name = "projects"
    icon = "tasks"
    menu_label = _("Projects")
    add_label = _("Add a project")
    filterset_class = ProjectFilterSet
    ordering = ("title", "pk")
    columns = page_columns(
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", width="14%"),
        StatusTagColumn(
            "progress",
            label=_("State"),
            accessor="get_status_display",
            primary=lambda project: project.status == ProjectStatus.RUNNING,
            width="10%",
        ),
    )


class EditionListing(HubPageListing):
    model = Edition
    name = "editions"
    icon = "history"
    menu_label = _("Editions")
    add_label = _("Add an edition")
    ordering = ("-year", "-pk")
    columns = page_columns(Column("year", label=_("Year"), width="8%"), parent=_("Project"))


EVENT_TIMES = [("coming", _("still to come")), ("past", _("past"))]


class EventFilterSet(HubFilterSet):
    kind = ChoiceFilter(label=_("Kind"), choices=EventKind.choices, method="by_kind")
    status = ChoiceFilter(label=_("State"), choices=EventStatus.choices)
    when = ChoiceFilter(label=_("When"), choices=EVENT_TIMES, method="by_time")

    class Meta:
        model = Event
        fields: list[str] = []

    # Below a subquery: while searching, only indexed fields may stand in a filter.
    def by_kind(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        return queryset.filter(pk__in=Event.objects.filter(kind=value).values("pk"))

    def by_time(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        now = timezone.now()
        found = (
            Event.objects.filter(ends__gt=now)
            if value == "coming"
            else Event.objects.filter(ends__lte=now)
        )
        return queryset.filter(pk__in=found.values("pk"))


class EventIndexView(HubIndexView):
    def get_base_queryset(self) -> QuerySet[Event]:
        # Not select_related: specific() loads the pages by itself.
        return super().get_base_queryset().prefetch_related("place")


class EventListing(HubPageListing):
    model = Event
    name = "events"
    icon = "date"
    menu_label = _("Events")
    add_label = _("Add an event")
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    ordering = ("-starts", "-pk")
    columns = page_columns(
        moment_column("starts", label=_("Starts")),
        Column(
            "place",
            label=_("Place"),
            accessor=lambda event: event.place or _("online"),
            width="16%",
            classname=WIDE_ONLY,
        ),
        StatusTagColumn("progress", label=_("State"), accessor="get_status_display", width="10%"),
        parent=_("Project"),
    )


class PublicationFilterSet(HubFilterSet):
    class Meta:
        model = Publication
        fields = ["year"]


class PublicationListing(HubPageListing):
    model = Publication
    name = "publications"
    icon = "doc-full-inverse"
    menu_label = _("Publications")
    add_label = _("Add a publication")
    filterset_class = PublicationFilterSet
    ordering = ("-year", "title", "pk")
    columns = page_columns(
        Column("year", label=_("Year"), sort_key="year", width="8%"),
        Column("publisher", label=_("Publisher"), width="16%", classname=WIDE_ONLY),
    )


class WorkingGroupListing(HubPageListing):
    model = WorkingGroup
    name = "working-groups"
    icon = "group"
    menu_label = _("Working groups")
    add_label = _("Add a working group")
    ordering = ("title", "pk")
    columns = page_columns(
        StatusTagColumn(
            "progress",
            label=_("State"),
            accessor="get_status_display",
            primary=lambda group: group.status == GroupStatus.ACTIVE,
            width="12%",
        )
    )


class ProjectsGroup(HubMenuGroup):
    menu_label = _("Projects and events")
    menu_name = "projects-and-events"
    menu_icon = "tasks"
    menu_order = 120
    items = (ProjectListing, EditionListing, EventListing, PublicationListing, WorkingGroupListing)
