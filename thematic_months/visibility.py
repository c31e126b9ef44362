from django.db.models import Q

from cms.visibility import PageRule, Viewer
from thematic_months.models import Question, QuestionState


class QuestionRule:
    """A question is seen when it is published and its month is."""

    month = PageRule()

    def q(self, viewer: Viewer, *, prefix: str = "") -> Q:
        published = Q(**{f"{prefix}state": QuestionState.PUBLISHED})
        return published & self.month.q(viewer, prefix=f"{prefix}month__")

    def sees(self, thing: Question, viewer: Viewer) -> bool:
        return thing.state == QuestionState.PUBLISHED and self.month.sees(thing.month, viewer)
