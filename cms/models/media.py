"""Pictures and files, with what a reader and a lawyer need to know about them."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.models.vocabulary import Licence

if TYPE_CHECKING:
    from cms.images import Made


class HubImage(AbstractImage):
    """Its text alternative is Wagtail's own `description`; a decorative picture has none."""

    content_kind = "IMAGE"
    # Renditions by spec and focal point, once they are loaded (cms.images.with_renditions).
    made: "dict[tuple[str, str], Made] | None" = None

    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_(
            "The picture says nothing that the text does not: screen readers pass it over."
        ),
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made it, as readers will see it below the picture."),
    )
    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.ALL_RIGHTS
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = Image._meta.permissions

    def clean(self) -> None:
        super().clean()
        if not self.is_decorative and not self.description.strip():
            raise ValidationError(
                {
                    "description": _(
                        "Describe what the picture shows for those who cannot see it, or mark it "
                        "as decorative."
                    )
                }
            )

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description


class HubRendition(AbstractRendition):
    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="cms_rendition_is_unique"
            )
        ]


class HubDocument(AbstractDocument):
    """`page_count` is counted after the upload (cms/page_counts.py); null for what is no PDF, or
    cannot be read. `counted_file` is the name and hash of the file that was counted.
    """

    content_kind = "DOCUMENT"

    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.ALL_RIGHTS
    )
    page_count = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    counted_file = models.CharField(max_length=150, blank=True, editable=False)

    admin_form_fields = ("title", "file", "licence", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = Document._meta.permissions
