"""Content for tests: `ArticleFactory(parent=month, title="…", live=False)`.

A page without `parent` gets one: the index that the migrations made, or a new series, month or
project. Nested content is given as dictionaries: `contributions=[{"name": "Anna Nowak"}]`.
"""

from tests.factories.base import HubFactory, body, home_page, in_hours
from tests.factories.pages import (
    ArticleFactory,
    ArticleIndexFactory,
    EditionFactory,
    EventFactory,
    ExpertFactory,
    ExpertIndexFactory,
    HubPageFactory,
    ProjectFactory,
    ProjectIndexFactory,
    PublicationFactory,
    PublicationIndexFactory,
    SeriesFactory,
    StandardPageFactory,
    ThematicMonthFactory,
    WebinarFactory,
    WorkingGroupFactory,
    WorkingGroupIndexFactory,
)
from tests.factories.things import (
    AnswerFactory,
    CollectionFactory,
    ContributionFactory,
    HubDocumentFactory,
    HubImageFactory,
    MemberFactory,
    MenuFactory,
    PartnerFactory,
    PlaceFactory,
    QuestionFactory,
    TopicFactory,
)

__all__ = [
    "AnswerFactory",
    "ArticleFactory",
    "ArticleIndexFactory",
    "CollectionFactory",
    "ContributionFactory",
    "EditionFactory",
    "EventFactory",
    "ExpertFactory",
    "ExpertIndexFactory",
    "HubDocumentFactory",
    "HubFactory",
    "HubImageFactory",
    "HubPageFactory",
    "MemberFactory",
    "MenuFactory",
    "PartnerFactory",
    "PlaceFactory",
    "ProjectFactory",
    "ProjectIndexFactory",
    "PublicationFactory",
    "PublicationIndexFactory",
    "QuestionFactory",
    "SeriesFactory",
    "StandardPageFactory",
    "ThematicMonthFactory",
    "TopicFactory",
    "WebinarFactory",
    "WorkingGroupFactory",
    "WorkingGroupIndexFactory",
    "body",
    "home_page",
    "in_hours",
]
