"""A drawing surface, twice as large as the picture so that edges come out smooth."""

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from demo.pictures.palette import Colour

FONT = Path(__file__).parent.parent / "fonts" / "DejaVuSans-Bold.ttf"
OVERSIZE = 2


class Canvas:
    def __init__(self, width: int, height: int, background: Colour, seed: str) -> None:
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width * OVERSIZE, height * OVERSIZE), background)
        self.pen = ImageDraw.Draw(self.image)
        # A picture is the same on every machine: its own generator, seeded by its name.
        self.random = random.Random(seed)  # noqa: S311

    def box(
        self, x: float, y: float, width: float, height: float, fill: Colour, radius: float = 0
    ) -> None:
        corners = scaled(x, y, x + width, y + height)
        if radius:
            self.pen.rounded_rectangle(corners, radius * OVERSIZE, fill)
        else:
            self.pen.rectangle(corners, fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.pen.ellipse(scaled(x - radius, y - radius, x + radius, y + radius), fill)

    def ring(self, x: float, y: float, radius: float, thickness: float, fill: Colour) -> None:
        corners = scaled(x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse(corners, outline=fill, width=round(thickness * OVERSIZE))

    def slice(self, x: float, y: float, radius: float, start: int, end: int, fill: Colour) -> None:
        self.pen.pieslice(scaled(x - radius, y - radius, x + radius, y + radius), start, end, fill)

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        self.pen.polygon([(x * OVERSIZE, y * OVERSIZE) for x, y in points], fill)

    def line(self, points: list[tuple[float, float]], thickness: float, fill: Colour) -> None:
        scaled_points = [(x * OVERSIZE, y * OVERSIZE) for x, y in points]
        self.pen.line(scaled_points, fill, round(thickness * OVERSIZE), joint="curve")

    def text(self, x: float, y: float, text: str, size: float, fill: Colour) -> None:
        font = ImageFont.truetype(FONT, round(size * OVERSIZE))
        self.pen.text((x * OVERSIZE, y * OVERSIZE), text, fill, font, anchor="mm")

    def jpeg(self, *, width: int | None = None) -> bytes:
        """The finished file, by default as wide as the canvas."""
        width = width or self.width
        size = (width, round(self.height * width / self.width))
        picture = self.image.resize(size, Image.Resampling.BOX)
        buffer = io.BytesIO()
        # No chroma subsampling: it would blur the edges of flat colours.
        picture.save(buffer, "JPEG", quality=84, subsampling=0, optimize=True)
        return buffer.getvalue()


def scaled(*numbers: float) -> tuple[float, ...]:
    return tuple(number * OVERSIZE for number in numbers)
