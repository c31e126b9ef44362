from thematic_months.models.article import Article, ArticleIndex, ArticleSubject
from thematic_months.models.assignment import Assignment
from thematic_months.models.expert import Expert, ExpertIndex, ExpertLink
from thematic_months.models.month import Invitation, MonthExpert, ProgrammeItem, ThematicMonth
from thematic_months.models.offer import OfferedText, OfferState
from thematic_months.models.question import Answer, Question, QuestionState
from thematic_months.models.series import Series
from thematic_months.models.webinar import Webinar, WebinarMaterial, WebinarState, WebinarStatus

__all__ = [
    "Answer",
    "Article",
    "ArticleIndex",
    "ArticleSubject",
    "Assignment",
    "Expert",
    "ExpertIndex",
    "ExpertLink",
    "Invitation",
    "MonthExpert",
    "OfferState",
    "OfferedText",
    "ProgrammeItem",
    "Question",
    "QuestionState",
    "Series",
    "ThematicMonth",
    "Webinar",
    "WebinarMaterial",
    "WebinarState",
    "WebinarStatus",
]
