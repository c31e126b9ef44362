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


class TextState(models.TextChoices):
    """What became of the attempt to read a document's text, as editors see it."""

    WAITING = "WAITING", _("not read yet")
    NONE = "NONE", _("the search reads only PDF files")
    READ = "READ", _("readers find it")
    CUT = "CUT", _("very long: readers find only its beginning")
    EMPTY = "EMPTY", _("there is none: perhaps the pages are scans")
    LOCKED = "LOCKED", _("could not be read: the file is locked by a password")
    UNREADABLE = "UNREADABLE", _("could not be read: the file is damaged")
    TOO_LARGE = "TOO_LARGE", _("not read: the file is too large")


class HubDocument(AbstractDocument):
    """Its pages and their text are read after the upload (cms/document_texts.py); `page_count` is
    null for what is no PDF, or cannot be read.
    """

    content_kind = "DOCUMENT"

    licence = models.CharField(
        _("licence"), max_length=20, choices=Licence.choices, default=Licence.ALL_RIGHTS
    )
    page_count = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    text_state = models.CharField(
        _("text"),
        max_length=12,
        choices=TextState.choices,
        default=TextState.WAITING,
        editable=False,
    )
    # SHA-256 of the file that the text is from.
    text_source = models.CharField(max_length=64, blank=True, editable=False)
    # Whether the file is to be looked at: it is new, or something of the document changed.
    text_is_due = models.BooleanField(default=True, editable=False, db_index=True)

    admin_form_fields = ("title", "file", "licence", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = Document._meta.permissions


class DocumentPage(models.Model):
    """The text of one page of a PDF, whose first page is number 1."""

    document = models.ForeignKey(HubDocument, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="cms_page_is_unique")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.document_id}, page {self.number}"
