"""Colours: each topic has a family of its own, so that what belongs together looks together."""

import colorsys
from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    deep: Colour
    main: Colour
    soft: Colour
    paper: Colour
    accent: Colour
    warm: Colour

    @property
    def shades(self) -> tuple[Colour, ...]:
        return (self.deep, self.main, self.soft, self.accent, self.warm)


def colour(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return (round(red * 255), round(green * 255), round(blue * 255))


def palette(number: int, count: int = 18) -> Palette:
    """The family of the topic with this number; neighbours in the list are far apart in colour."""
    # 7 has no divisor in common with 18: every topic gets a hue of its own.
    hue = (number * 7 % count) / count + 0.02
    return Palette(
        deep=colour(hue, 0.20, 0.50),
        main=colour(hue, 0.40, 0.52),
        soft=colour(hue + 0.02, 0.74, 0.48),
        paper=colour(hue + 0.04, 0.95, 0.45),
        accent=colour(hue + 0.46, 0.58, 0.42),
        warm=colour(hue + 0.09, 0.66, 0.58),
    )
