"""What one can follow of the months."""

from django.utils.translation import gettext_lazy as _

from cms.feeds import followed
from thematic_months.models import Article, ThematicMonth, Webinar

followed(ThematicMonth, "miesiace", _("thematic months"))
followed(Article, "artykuly", _("articles"))
followed(Webinar, "webinary", _("webinars"))
