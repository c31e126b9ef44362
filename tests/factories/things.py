"""Factories of what is no page."""

from typing import Any

import factory
import wagtail_factories
from wagtail.models import Collection

from cms.models import Contribution, HubDocument, HubImage, Place, Topic, Voivodeship
from home.models import Menu, Partner
from members.models import Member
from tests.factories.base import HubFactory
from tests.factories.pages import ArticleFactory, ExpertFactory, ThematicMonthFactory
from thematic_months.models import Answer, Question


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
