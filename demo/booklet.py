"""The publications' PDF files: text that can be searched, bookmarks, Polish letters."""

import io
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus.doctemplate import BaseDocTemplate
from reportlab.platypus.flowables import Flowable

from demo.pictures.palette import Palette

FONTS = Path(__file__).parent / "fonts"
TEXT, BOLD, TITLE = "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSans-Bold"

BODY_STYLE = ParagraphStyle("body", fontName=TEXT, fontSize=9.5, leading=14.5, spaceAfter=7)
SMALL_STYLE = ParagraphStyle("small", parent=BODY_STYLE, fontSize=8, leading=12)
LEAD_STYLE = ParagraphStyle("lead", parent=BODY_STYLE, fontSize=11, leading=17)


@dataclass(frozen=True)
class Booklet:
    title: str
    authors: list[str]
    lead: str
    imprint: list[str]
    chapters: list[tuple[str, list[str]]]


class Heading(Paragraph):
    """A chapter's heading, which readers also find among the bookmarks."""

    def draw(self) -> None:
        name = f"chapter-{id(self)}"
        self.canv.bookmarkPage(name)
        self.canv.addOutlineEntry(self.getPlainText(), name, 0)
        super().draw()


def pdf(booklet: Booklet, palette: Palette) -> bytes:
    register_fonts()
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A5,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        title=booklet.title,
        author=", ".join(booklet.authors),
        subject=booklet.lead,
        lang="pl-PL",
        # Two runs give the same bytes: no date of production inside.
        invariant=1,
    )
    document.build(
        story(booklet, palette),
        onFirstPage=lambda canvas, _document: paint_cover(canvas, palette),
        onLaterPages=lambda canvas, page: paint_footer(canvas, page, booklet.title),
    )
    return buffer.getvalue()


def register_fonts() -> None:
    for name in (TEXT, BOLD, TITLE):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))


def ink(colour: tuple[int, int, int]) -> Color:
    return Color(*(part / 255 for part in colour))


def story(booklet: Booklet, palette: Palette) -> list[Flowable]:
    title_style = ParagraphStyle(
        "title", fontName=TITLE, fontSize=22, leading=28, textColor=ink(palette.deep), spaceAfter=16
    )
    heading_style = ParagraphStyle(
        "heading",
        fontName=TITLE,
        fontSize=15,
        leading=20,
        textColor=ink(palette.main),
        spaceAfter=12,
    )
    parts: list[Flowable] = [
        Spacer(1, 62 * mm),
        Paragraph(booklet.title, title_style),
        Paragraph(", ".join(booklet.authors), LEAD_STYLE),
        Spacer(1, 6 * mm),
        Paragraph(booklet.lead, LEAD_STYLE),
        PageBreak(),
        *(Paragraph(line, SMALL_STYLE) for line in booklet.imprint),
        Spacer(1, 10 * mm),
        Paragraph("Spis treści", heading_style),
        *(Paragraph(title, BODY_STYLE) for title, _text in booklet.chapters),
    ]
    for title, paragraphs in booklet.chapters:
        parts += [PageBreak(), Heading(title, heading_style)]
        parts += [Paragraph(each, BODY_STYLE) for each in paragraphs]
    return parts


def paint_cover(canvas: Canvas, palette: Palette) -> None:
    width, height = A5
    canvas.setFillColor(ink(palette.paper))
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    canvas.setFillColor(ink(palette.main))
    canvas.rect(0, height - 52 * mm, width, 52 * mm, stroke=0, fill=1)
    for number, colour in enumerate((palette.warm, palette.accent, palette.soft)):
        canvas.setFillColor(ink(colour))
        canvas.circle((28 + 46 * number) * mm, height - 52 * mm, 17 * mm, stroke=0, fill=1)


def paint_footer(canvas: Canvas, document: BaseDocTemplate, title: str) -> None:
    canvas.setFont(TEXT, 7.5)
    canvas.drawString(18 * mm, 10 * mm, title)
    canvas.drawRightString(A5[0] - 18 * mm, 10 * mm, str(document.page))
