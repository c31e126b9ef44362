"""Content for tests: `ArticleFactory(parent=month, title="…", live=False)`.

A page without `parent` gets one: the index that the migrations made, or a new series, month or
project. Nested content is given as dictionaries: `contributions=[{"name": "Anna Nowak"}]`.
"""

import datetime
import itertools
from typing import Any

import factory
import wagtail_factories
from django.db import models, transaction
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Page

from cms.models import Contribution, HubDocument, HubImage, HubPage, Place, Topic, Voivodeship
from home.models import Menu, Partner, StandardPage
from members.models import Member
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
from thematic_months.models import (
    Answer,
    Article,
    ArticleIndex,
    Expert,
    ExpertIndex,
    Question,
    Series,
    ThematicMonth,
    Webinar,
)


page_numbers = itertools.count()


def home_page() -> Page:
    return Page.objects.get(depth=2).specific


def body(*paragraphs: str) -> list[tuple[str, str]]:
    """Paragraphs as a StreamField takes them."""
    return [("text", f"<p>{paragraph}</p>") for paragraph in paragraphs]


def in_hours(hours: float) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(hours=hours)


class HubFactory(DjangoModelFactory):
    """The journal is written in the transaction of a change, so there is one also in a test that commits."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[models.Model], *args: Any, **kwargs: Any) -> models.Model:
        with transaction.atomic():
            return super()._create(model_class, *args, **kwargs)


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
        relations = {name: fields.pop(name) for name in list(fields) if is_relation(model_class, name)}
        page = model_class(**fields)
        for name, values in relations.items():
            setattr(page, name, [related(model_class, name, value) for value in values])
        # treebeard adds by what the instance knows of its children, which another one may have changed.
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


class MemberFactory(HubFactory):
    class Meta:
        model = Member

    email = factory.Sequence(lambda number: f"osoba{number}@example.org")
    password = "tajne-haslo"

    @classmethod
    def _create(cls, model_class: type[Member], *args: Any, **kwargs: Any) -> Member:
        groups = kwargs.pop("groups", ())
        member = model_class.objects.create_user(**kwargs)
        member.groups.set(groups)
        return member


class TopicFactory(HubFactory):
    class Meta:
        model = Topic

    title = factory.Sequence(lambda number: f"Temat {number}")
    slug = factory.Sequence(lambda number: f"temat-{number}")


class PlaceFactory(HubFactory):
    class Meta:
        model = Place

    name = factory.Sequence(lambda number: f"Biblioteka Publiczna nr {number}")
    slug = factory.Sequence(lambda number: f"biblioteka-{number}")
    town = "Olsztyn"
    voivodeship = Voivodeship.WARMINSKO_MAZURSKIE


class PartnerFactory(HubFactory):
    class Meta:
        model = Partner

    name = factory.Sequence(lambda number: f"Partner {number}")
    slug = factory.Sequence(lambda number: f"partner-{number}")


class MenuFactory(HubFactory):
    class Meta:
        model = Menu

    key = factory.Sequence(lambda number: f"menu-{number}")
    title = "Menu"


class CollectionFactory(HubFactory):
    """Below the root collection unless `parent` says where."""

    class Meta:
        model = Collection

    name = factory.Sequence(lambda number: f"Kolekcja {number}")
    parent = factory.LazyFunction(Collection.get_first_root_node)

    @classmethod
    def _create(cls, model_class: type[Collection], *args: Any, **kwargs: Any) -> Collection:
        parent = kwargs.pop("parent")
        parent.refresh_from_db()
        return parent.add_child(instance=model_class(**kwargs))


class HubImageFactory(HubFactory, wagtail_factories.ImageFactory):
    class Meta:
        model = HubImage

    title = factory.Sequence(lambda number: f"Zdjęcie {number}")
    description = "Czytelnia pełna ludzi"
    collection = factory.LazyFunction(Collection.get_first_root_node)


class HubDocumentFactory(HubFactory, wagtail_factories.DocumentFactory):
    class Meta:
        model = HubDocument

    title = factory.Sequence(lambda number: f"Dokument {number}")
    collection = factory.LazyFunction(Collection.get_first_root_node)


class QuestionFactory(HubFactory):
    class Meta:
        model = Question

    month = factory.SubFactory(ThematicMonthFactory)
    member = factory.SubFactory(MemberFactory)
    text = "Jak zacząć współpracę ze szkołą?"


class AnswerFactory(HubFactory):
    class Meta:
        model = Answer

    question = factory.SubFactory(QuestionFactory)
    expert = factory.SubFactory(ExpertFactory)
    text = "Od rozmowy z nauczycielką."


class ContributionFactory(HubFactory):
    class Meta:
        model = Contribution

    page = factory.SubFactory(ArticleFactory)
    name = "Jan Kowalski"
