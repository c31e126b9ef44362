"""Whom series and projects name as partners on their pages."""

from django.utils.translation import gettext_lazy as _

from cms.sight import Sight
from cms.tiles import Fact
from home.models import Partner
from projects.models import Project
from thematic_months.models import Series


def partner_facts(page: Project | Series, sight: Sight) -> list[Fact]:
    """One line with the partners that are published."""
    rows = list(page.partnerships.all())
    partners = sight.of(Partner, (row.partner_id for row in rows))
    named = [
        Fact(
            label=", ".join(part for part in (row.role, row.years) if part),
            text=partners[row.partner_id].name,
            url=partners[row.partner_id].url,
        )
        for row in rows
        if row.partner_id in partners
    ]
    return [Fact(_("Partners"), "", more=named)] if named else []
