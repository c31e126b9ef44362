"""Blocks of a page's body. Each is a class of its own, and a type of its own in the API
(cms/api/blocks.py).
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock

RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript", "subscript"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("2", _("section")), ("3", _("part of a section"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")


class TextBlock(blocks.RichTextBlock):
    """Rich text with the features that a frontend can be expected to style."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": RICH_TEXT, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Image")


class GalleryBlock(blocks.StructBlock):
    images = blocks.ListBlock(FigureBlock(), label=_("images"), min_num=2, max_num=40)

    class Meta:
        icon = "copy"
        label = _("Gallery")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quotation"), max_length=1500)
    person = blocks.CharBlock(label=_("who said it"), required=False, max_length=200)
    source = blocks.CharBlock(label=_("source"), required=False, max_length=300)

    class Meta:
        icon = "openquote"
        label = _("Quotation")


class VideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("title"),
        max_length=200,
        help_text=_("Read aloud to those who cannot see the player."),
    )
    video = EmbedBlock(
        label=_("address of the recording"), help_text=_("For example a YouTube or Vimeo address.")
    )

    class Meta:
        icon = "media"
        label = _("Video or recording")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(
        label=_("title"),
        required=False,
        max_length=200,
        help_text=_("Leave empty to show the document's own title."),
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Document to download")


class PageCardBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("page"))
    text = blocks.TextBlock(
        label=_("why it is worth reading"),
        required=False,
        max_length=400,
        help_text=_("Leave empty to show the page's own lead."),
    )

    class Meta:
        icon = "link"
        label = _("Card of another page")


class TipBlock(blocks.StructBlock):
    text = TextBlock(label=_("tip"))
    expert = blocks.PageChooserBlock(
        label=_("expert"), page_type="thematic_months.Expert", required=False
    )

    class Meta:
        icon = "help"
        label = _("Tip from an expert")


class FrequentQuestion(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=300)
    answer = TextBlock(label=_("answer"))

    class Meta:
        label = _("Question and answer")


class FrequentQuestionsBlock(blocks.StructBlock):
    questions = blocks.ListBlock(FrequentQuestion(), label=_("questions"), min_num=1, max_num=40)

    class Meta:
        icon = "list-ul"
        label = _("Frequent questions")


class Step(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=200)
    text = TextBlock(label=_("what to do"))

    class Meta:
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title of the scenario"), required=False, max_length=200)
    steps = blocks.ListBlock(Step(), label=_("steps"), min_num=1, max_num=40)

    class Meta:
        icon = "list-ol"
        label = _("Steps of a scenario")


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("sentence above the button"), required=False, max_length=300)
    label = blocks.CharBlock(label=_("text on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or an address outside the hub"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Choose a page or write an address: one of the two.")]
            )
        return cleaned


class BodyBlock(blocks.StreamBlock):
    """The body of every page."""

    heading = HeadingBlock()
    text = TextBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    video = VideoBlock()
    document = DocumentBlock()
    page_card = PageCardBlock()
    tip = TipBlock()
    frequent_questions = FrequentQuestionsBlock()
    steps = StepsBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        max_num = 200
