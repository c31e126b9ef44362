"""What one can follow of the projects."""

from django.utils.translation import gettext_lazy as _

from cms.feeds import followed
from projects.models import Event, Publication

followed(Event, "wydarzenia", _("events"))
followed(Publication, "publikacje", _("publications"))
