"""PDF files as libraries upload them, and as nobody should."""

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cms.document_texts import read_due
from cms.models import HubDocument
from tests.factories import HubDocumentFactory

FONT = Path(__file__).parents[1] / "demo" / "fonts" / "DejaVuSerif.ttf"


def pdf(*pages: str, **options: Any) -> bytes:
    """One with these texts on its pages, a line of the text on a line of the page."""
    pdfmetrics.registerFont(TTFont("Polish", FONT))
    content = io.BytesIO()
    canvas = Canvas(content, **options)
    for page in pages:
        canvas.setFont("Polish", 10)
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(50, 800 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def bomb(megabytes: int) -> bytes:
    """A page whose drawing unpacks to so much."""
    packed = zlib.compressobj()
    parts = [packed.compress(b"q Q " * 250_000) for _ in range(megabytes)]
    stream = b"".join([*parts, packed.flush()])
    head = b"%PDF-1.4\n"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    return head + b"".join(numbered(objects)) + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def numbered(objects: list[bytes]) -> Iterator[bytes]:
    for number, each in enumerate(objects, 1):
        yield b"%d 0 obj%b endobj\n" % (number, each)


def document(content: bytes, name: str = "varia.pdf", **fields: Any) -> HubDocument:
    return HubDocumentFactory(file=ContentFile(content, name=name), **fields)


def read_all() -> int:
    """As the clock does; how many documents were looked at."""
    return sum(1 for _document in read_due())
