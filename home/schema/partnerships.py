"""Partners of series and projects."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.api.execution import then
from cms.api.loaders import load_children, load_thing, with_visible
from cms.api.types import extend, rows_of, type_of
from cms.models import HubPage
from home.models import Partner, Partnership


@extend(Partnership)
class PartnershipFields:
    """A partner's part in a series or project."""

    partner = graphene.Field(
        type_of(Partner), description="Null only when it was hidden while the answer was made."
    )

    @staticmethod
    def resolve_partner(partnership: Partnership, info: GraphQLResolveInfo) -> Any:
        return load_thing(info, Partner, partnership.partner_id)


class WithPartnerships:
    """Base for extensions of page types that have partners."""

    partnerships = rows_of(
        Partnership, "Partners, in order. One that is not announced yet is left out."
    )

    @staticmethod
    def resolve_partnerships(page: HubPage, info: GraphQLResolveInfo) -> Any:
        return then(
            load_children(info, page, "partnerships"),
            lambda rows: with_visible(
                info, rows or [], "partner", lambda row: load_thing(info, Partner, row.partner_id)
            ),
        )
