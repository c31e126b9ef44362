"""One factory for each type of page."""

import datetime
import itertools
from typing import Any

import factory
from django.db import models, transaction
from wagtail.models import Page

from cms.models import HubPage
from home.models import StandardPage
from projects.models import (
    Edition,
    Event,
    Project,
    ProjectIndex,
    Publication,
    PublicationIndex,
    WorkingGroup,
    WorkingGroupIndex,
)
from tests.factories.base import HubFactory, body, home_page, in_hours
from thematic_months.models import (
    Article,
    ArticleIndex,
    Expert,
    ExpertIndex,
    Series,
    ThematicMonth,
    Webinar,
)

page_numbers = itertools.count()


class HubPageFactory(HubFactory):
    class Meta:
        abstract = True

    title = factory.Sequence(lambda number: f"Strona {number}")
    # One row of numbers for all types, since several types stand below one parent.
    slug = factory.LazyFunction(lambda: f"strona-{next(page_numbers)}")
    parent = factory.LazyFunction(home_page)

    @classmethod
    def _create(cls, model_class: type[HubPage], *args: Any, **kwargs: Any) -> HubPage:
        with transaction.atomic():
            return cls.add_below(model_class, **kwargs)

    @classmethod
    def add_below(cls, model_class: type[HubPage], *, parent: Page, **fields: Any) -> HubPage:
        relations = {
            name: fields.pop(name) for name in list(fields) if is_relation(model_class, name)
        }
        page = model_class(**fields)
        for name, values in relations.items():
            setattr(page, name, [related(model_class, name, value) for value in values])
        # treebeard goes by what the instance knows of its children; another may have added some.
        parent.refresh_from_db(fields=["path", "depth", "numchild", "url_path"])
        parent.add_child(instance=page)
        return page


def is_relation(model: type[HubPage], name: str) -> bool:
    field = model._meta.get_field(name)
    return field.one_to_many or field.many_to_many


def related(model: type[HubPage], name: str, value: Any) -> models.Model:
    if not isinstance(value, dict):
        return value
    return model._meta.get_field(name).related_model(**value)


class SeriesFactory(HubPageFactory):
    class Meta:
        model = Series


class ThematicMonthFactory(HubPageFactory):
    class Meta:
        model = ThematicMonth

    parent = factory.SubFactory(SeriesFactory)
    # A date of its own for each: September 2016, October 2016 …
    year = factory.Sequence(lambda number: 2016 + (number + 8) // 12 % 80)
    month = factory.Sequence(lambda number: (number + 8) % 12 + 1)
    theme = "Temat miesiąca"


class ArticleIndexFactory(HubPageFactory):
    class Meta:
        model = ArticleIndex


class ArticleFactory(HubPageFactory):
    class Meta:
        model = Article

    parent = factory.SubFactory(ThematicMonthFactory)
    body = factory.LazyFunction(lambda: body("Tekst artykułu."))


class WebinarFactory(HubPageFactory):
    class Meta:
        model = Webinar

    parent = factory.SubFactory(ThematicMonthFactory)
    starts = factory.LazyFunction(lambda: in_hours(24))
    ends = factory.LazyAttribute(lambda it: it.starts + datetime.timedelta(hours=1))


class ExpertIndexFactory(HubPageFactory):
    class Meta:
        model = ExpertIndex


class ExpertFactory(HubPageFactory):
    class Meta:
        model = Expert

    title = factory.Sequence(lambda number: f"Anna Ekspertka {number}")
    parent = factory.LazyFunction(lambda: ExpertIndex.objects.get())


class ProjectIndexFactory(HubPageFactory):
    class Meta:
        model = ProjectIndex


class ProjectFactory(HubPageFactory):
    class Meta:
        model = Project

    parent = factory.LazyFunction(lambda: ProjectIndex.objects.get())


class EditionFactory(HubPageFactory):
    class Meta:
        model = Edition

    parent = factory.SubFactory(ProjectFactory)
    year = 2016


class EventFactory(HubPageFactory):
    class Meta:
        model = Event

    parent = factory.SubFactory(ProjectFactory)
    starts = factory.LazyFunction(lambda: in_hours(24))
    ends = factory.LazyAttribute(lambda it: it.starts + datetime.timedelta(hours=2))
    is_online = True


class PublicationIndexFactory(HubPageFactory):
    class Meta:
        model = PublicationIndex


class PublicationFactory(HubPageFactory):
    class Meta:
        model = Publication

    parent = factory.LazyFunction(lambda: PublicationIndex.objects.get())
    year = 2015


class WorkingGroupIndexFactory(HubPageFactory):
    class Meta:
        model = WorkingGroupIndex


class WorkingGroupFactory(HubPageFactory):
    class Meta:
        model = WorkingGroup

    parent = factory.LazyFunction(lambda: WorkingGroupIndex.objects.get())


class StandardPageFactory(HubPageFactory):
    class Meta:
        model = StandardPage
