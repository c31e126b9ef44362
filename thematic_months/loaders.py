"""What months, experts and series show of other pages, loaded for many at once."""

from collections.abc import Sequence
from typing import Any

from graphql import GraphQLResolveInfo

from cms.api.execution import gather, then
from cms.api.loaders import load_thing
from cms.models import HubPage
from cms.visibility import visible
from thematic_months.models import Expert, Invitation, MonthExpert, Question, ThematicMonth


def load_confirmed_experts(info: GraphQLResolveInfo, month: ThematicMonth) -> Any:
    """A future of the experts who confirmed, in the editors' order."""
    if "experts" in getattr(month, "_cluster_related_objects", {}):
        rows = [row for row in month.experts.all() if row.invitation == Invitation.CONFIRMED]
        found = gather([load_thing(info, Expert, row.expert_id) for row in rows])
        return then(found, lambda experts: [each for each in experts if each is not None])

    def load(keys: Sequence[int]) -> dict[int, list[HubPage]]:
        experts: dict[int, list[HubPage]] = {key: [] for key in keys}
        rows = MonthExpert.objects.filter(month_id__in=keys, invitation=Invitation.CONFIRMED)
        for row in rows.select_related("expert").order_by("sort_order", "pk"):
            experts[row.month_id].append(row.expert)
        return experts

    return info.context.loaders.get("confirmed experts", lambda: load).load(month.pk)


def load_questions(info: GraphQLResolveInfo, month_id: int) -> Any:
    """A future of the published questions, oldest first."""

    def load(keys: Sequence[int]) -> dict[int, list[Question]]:
        questions: dict[int, list[Question]] = {key: [] for key in keys}
        rows = visible(Question.objects.filter(month_id__in=keys), viewer=info.context.viewer)
        for row in rows.select_related("month").order_by("published_at", "pk"):
            questions[row.month_id].append(row)
        return questions

    return info.context.loaders.get("questions", lambda: load).load(month_id)
