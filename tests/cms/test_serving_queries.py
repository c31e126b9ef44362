"""Each kind of page costs the same number of queries with few things on it and with many."""

import pytest
from django.utils import timezone

from cms.paths import path_of
from home.models import SiteSettings
from projects.models import ProjectIndex, PublicationIndex, WorkingGroupIndex
from tests.factories import (
    AnswerFactory,
    ArticleFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    HubDocumentFactory,
    HubImageFactory,
    MenuFactory,
    PartnerFactory,
    PlaceFactory,
    ProjectFactory,
    PublicationFactory,
    QuestionFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    TopicFactory,
    WebinarFactory,
    WorkingGroupFactory,
    home_page,
)
from thematic_months.models import ArticleIndex, ExpertIndex, Invitation, QuestionState

FEW, MANY = 1, 4


def times(factory, size, **columns):
    return [factory(**columns) for _number in range(size)]


def covered(factory, size, **columns):
    return [factory(cover=HubImageFactory(), **columns) for _number in range(size)]


def common(size):
    """What every page may have: people, topics, a cover and a body full of references."""
    return {
        "cover": HubImageFactory(),
        "contributions": [{"expert": expert} for expert in times(ExpertFactory, size)],
        "topics": times(TopicFactory, size),
        "body": blocks(size),
    }


def blocks(size):
    made = []
    for _number in range(size):
        page, document, image = StandardPageFactory(), HubDocumentFactory(), HubImageFactory()
        links = (
            f'<p><a linktype="page" id="{page.pk}">Strona</a>'
            f'<a linktype="document" id="{document.pk}">Plik</a></p>'
        )
        made += [
            ("text", links),
            ("page_card", {"page": page}),
            ("document", {"document": document}),
            ("image", {"image": image, "caption": ""}),
            ("tip", {"text": links, "expert": ExpertFactory()}),
        ]
    return made


def home(size):
    series = SeriesFactory(cover=HubImageFactory())
    settings = SiteSettings.load()
    settings.main_series = series
    settings.save()
    today = timezone.localdate()
    ThematicMonthFactory(parent=series, year=today.year, month=today.month, experts=experts(size))
    covered(WebinarFactory, size)
    covered(ArticleFactory, size)
    return home_page()


def experts(size):
    return [
        {"expert": ExpertFactory(photo=HubImageFactory()), "invitation": Invitation.CONFIRMED}
        for _number in range(size)
    ]


def index(model, factory):
    def make(size):
        covered(factory, size)
        return model.objects.get()

    return make


def article_index(size):
    page = ArticleIndex.objects.get()
    covered(ArticleFactory, size, parent=page)
    return page


def series(size):
    page = SeriesFactory(
        **common(size),
        continues=SeriesFactory(),
        partnerships=[{"partner": partner} for partner in times(PartnerFactory, size)],
    )
    covered(ThematicMonthFactory, size, parent=page)
    covered(ArticleFactory, size, parent=page)
    return page


def month(size):
    page = ThematicMonthFactory(
        **common(size),
        experts=experts(size),
        programme=[
            {"title": "Punkt", "expert": ExpertFactory(), "page": ArticleFactory()}
            for _number in range(size)
        ],
    )
    covered(ArticleFactory, size, parent=page)
    covered(WebinarFactory, size, parent=page)
    for question in times(QuestionFactory, size, month=page, state=QuestionState.PUBLISHED):
        times(AnswerFactory, 2, question=question)
    return page


def article(size):
    return ArticleFactory(
        **common(size), subjects=[{"page": project} for project in times(ProjectFactory, size)]
    )


def webinar(size):
    materials = [{"title": "Plik", "document": each} for each in times(HubDocumentFactory, size)]
    return WebinarFactory(**common(size), materials=materials)


def expert(size):
    page = ExpertFactory(body=blocks(size), photo=HubImageFactory(), place=PlaceFactory())
    for factory in (ArticleFactory, WebinarFactory):
        covered(factory, size, contributions=[{"expert": page}])
    for _number in range(size):
        ThematicMonthFactory(experts=[{"expert": page, "invitation": Invitation.CONFIRMED}])
    return page


def project(size):
    page = ProjectFactory(
        **common(size),
        continues=ProjectFactory(),
        partnerships=[{"partner": partner} for partner in times(PartnerFactory, size)],
    )
    for factory in (EditionFactory, EventFactory):
        covered(factory, size, parent=page)
    covered(PublicationFactory, size, origin=page)
    covered(ArticleFactory, size, subjects=[{"page": page}])
    return page


def edition(size):
    page = EditionFactory(
        **common(size),
        laureates=[{"place": place} for place in times(PlaceFactory, size)],
        exchanges=[
            {"host": PlaceFactory(), "guest": PlaceFactory(), "report": ArticleFactory()}
            for _number in range(size)
        ],
    )
    covered(EventFactory, size, parent=page)
    return page


def event(size):
    programme = [{"title": f"Punkt {number}"} for number in range(size)]
    page = EventFactory(**common(size), place=PlaceFactory(), programme=programme)
    covered(ArticleFactory, size, subjects=[{"page": page}])
    return page


def publication(size):
    return PublicationFactory(**common(size), file=HubDocumentFactory(), origin=ProjectFactory())


def group(size):
    page = WorkingGroupFactory(**common(size))
    covered(ArticleFactory, size, subjects=[{"page": page}])
    return page


def plain(size):
    page = StandardPageFactory(**common(size))
    covered(StandardPageFactory, size, parent=page)
    return page


# Each with one query to spare.
CEILINGS = {
    home: 28,
    article_index: 22,
    index(ExpertIndex, ExpertFactory): 22,
    index(ProjectIndex, ProjectFactory): 22,
    index(PublicationIndex, PublicationFactory): 22,
    index(WorkingGroupIndex, WorkingGroupFactory): 22,
    series: 38,
    month: 42,
    article: 34,
    webinar: 34,
    expert: 37,
    project: 37,
    edition: 39,
    event: 35,
    publication: 32,
    group: 31,
    plain: 29,
}


def queries(client, page, django_assert_max_num_queries, ceiling):
    with django_assert_max_num_queries(ceiling) as captured:
        assert client.get(path_of(page)).status_code == 200
    return len(captured)


@pytest.mark.parametrize("kind", CEILINGS, ids=lambda kind: kind.__qualname__)
def test_queries_do_not_grow(db, client, django_assert_max_num_queries, kind):
    menu = MenuFactory(key="main")
    menu.items = [menu.items.model(page=page) for page in times(StandardPageFactory, 3)]
    menu.save()
    few = queries(client, kind(FEW), django_assert_max_num_queries, CEILINGS[kind])
    many = queries(client, kind(MANY), django_assert_max_num_queries, CEILINGS[kind])
    assert many <= few
