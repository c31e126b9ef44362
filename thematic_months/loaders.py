"""Invited experts of months, loaded for many at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from graphql import GraphQLResolveInfo

from cms.api.execution import gather
from cms.api.loaders import load_thing
from cms.api.selection import selected, without_unread
from thematic_months.models import Expert, Invitation, ThematicMonth


def load_confirmed_experts(info: GraphQLResolveInfo, month: ThematicMonth) -> Any:
    """A future of the experts who confirmed, in the editors' order."""
    if "experts" in getattr(month, "_cluster_related_objects", {}):
        rows = [row for row in month.experts.all() if row.invitation == Invitation.CONFIRMED]
        return gather([load_thing(info, Expert, row.expert_id) for row in rows])
    names = selected(info)

    def load(keys: Sequence[int]) -> dict[int, list[Expert]]:
        experts: dict[int, list[Expert]] = {key: [] for key in keys}
        invited = without_unread(Expert.objects.all(), names).filter(
            invitations__month__in=keys, invitations__invitation=Invitation.CONFIRMED
        )
        place = F("invitations__sort_order"), F("invitations__pk")
        for expert in invited.annotate(month_key=F("invitations__month")).order_by(*place):
            experts[expert.month_key].append(expert)
        return experts

    return info.context.loaders.get(("confirmed experts", names), lambda: load).load(month.pk)
