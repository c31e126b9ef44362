"""Pages beside Wagtail's cost the same number of queries with little on them and with much."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms import journal
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    EventFactory,
    HubImageFactory,
    PlaceFactory,
    PublicationFactory,
    QuestionFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
)
from tests.search.held_documents import varia
from thematic_months.models import QuestionState

__all__ = ["varia"]

pytestmark = pytest.mark.django_db

# Anonymous and warm.
CEILINGS = {
    "/archiwum/": 17,
    "/archiwum/?q=kronika": 23,
    "/archiwum/podpowiedzi/?q=kro": 12,
    "/kanaly/": 7,
    "/tematy/": 8,
    "/tematy/historia/": 17,
    "/wydarzenia/": 11,
    "/miejsca/lodz/": 8,
}


def grow(number: int, topic, place) -> None:
    for _each in range(number):
        ArticleFactory(title="Kronika", topics=[topic], cover=HubImageFactory())
        WebinarFactory(title="Kronika w sieci", topics=[topic, TopicFactory()])
        EventFactory(title="Kronika na miejscu", topics=[topic], place=place)
        month = ThematicMonthFactory(topics=[topic])
        AnswerFactory(question=QuestionFactory(month=month, state=QuestionState.PUBLISHED))
    journal.deliver()


def cost(client, address: str) -> int:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def test_pages_of_the_portal_cost_the_same_with_few_things_and_with_many(client):
    topic = TopicFactory(title="Historia", slug="historia")
    place = PlaceFactory(name="Łódź", town="Łódź", slug="lodz")
    grow(1, topic, place)
    few = {address: cost(client, address) for address in CEILINGS}
    grow(5, topic, place)
    many = {address: cost(client, address) for address in CEILINGS}
    assert {each: (few[each], number) for each, number in many.items() if number > few[each]} == {}
    assert {each: number for each, number in many.items() if number > CEILINGS[each]} == {}


def test_text_of_a_document_costs_the_same_on_one_page_and_on_many(client, varia):
    address = f"/dokumenty/{varia.pk}/strona/2/?q=hipopotam"
    PublicationFactory(file=varia)
    journal.deliver()
    few = cost(client, address)
    for _each in range(4):
        PublicationFactory(file=varia)
    journal.deliver()
    assert cost(client, address) <= few <= 30
