"""Simple scenes for the pictures inside texts: their text alternative decides what is drawn."""

import re
from collections.abc import Callable

from demo.pictures.canvas import Canvas
from demo.pictures.palette import Colour, Palette

WIDTH, HEIGHT = 1080, 720
FLOOR = 520
SKIN: tuple[Colour, ...] = ((241, 205, 176), (222, 176, 142), (198, 147, 112), (246, 219, 196))
HAIR: tuple[Colour, ...] = (
    (58, 42, 36),
    (120, 78, 48),
    (205, 205, 210),
    (176, 118, 58),
    (30, 30, 38),
)
Draw = Callable[[Canvas, Palette], None]


def scene(alt: str, palette: Palette) -> bytes:
    canvas = Canvas(WIDTH, HEIGHT, palette.paper, alt)
    words = alt.lower()
    elements = [draw for pattern, draw in ELEMENTS if re.search(pattern, words)]
    if re.search(OUTSIDE, words):
        outside(canvas, palette)
    else:
        inside(canvas, palette)
        elements = furnished(elements)
    for draw in elements:
        draw(canvas, palette)
    return canvas.jpeg(width=800)


def furnished(elements: list[Draw]) -> list[Draw]:
    """No room with a single thing in it, and nothing in the air that belongs on a table."""
    if elements == [table]:
        return [window, table, book_pile]
    if set(elements) & {book_pile, boxes, laptop, lamp, mugs, machine} and table not in elements:
        return [shelves, table, *(each for each in elements if each is not shelves)]
    if len(elements) == 1:
        on_the_wall = elements[0] in (window, notes, screen, chart, map_sheet)
        return [shelves if on_the_wall else window, *elements]
    return elements or [shelves, window]


def inside(canvas: Canvas, palette: Palette) -> None:
    canvas.box(0, FLOOR, WIDTH, HEIGHT - FLOOR, palette.soft)
    canvas.box(0, FLOOR, WIDTH, 12, palette.main)


def outside(canvas: Canvas, palette: Palette) -> None:
    canvas.disc(900, 130, 70, palette.warm)
    for x, radius in ((120, 420), (560, 520), (1040, 460)):
        canvas.disc(x, FLOOR - 60 + radius, radius, palette.soft)
    canvas.box(0, FLOOR, WIDTH, HEIGHT - FLOOR, palette.main)
    for x in (90, 200):
        canvas.box(x - 9, FLOOR - 130, 18, 140, palette.deep)
        canvas.disc(x, FLOOR - 180, 78, palette.main)


def shelves(canvas: Canvas, palette: Palette) -> None:
    canvas.box(40, 60, 400, FLOOR - 50, palette.deep, radius=8)
    for y in (80, 225, 370):
        canvas.box(58, y, 364, 130, palette.paper)
        x = 66
        while x < 396:
            width, height = canvas.random.randint(16, 30), canvas.random.randint(70, 118)
            fill = canvas.random.choice((palette.main, palette.accent, palette.warm, palette.soft))
            canvas.box(x, y + 130 - height, width, height, fill, radius=3)
            x += width + canvas.random.choice((3, 3, 26))


def window(canvas: Canvas, palette: Palette) -> None:
    canvas.box(600, 80, 320, 300, palette.deep, radius=8)
    canvas.box(616, 96, 288, 268, (214, 234, 244))
    canvas.disc(840, 160, 36, palette.warm)
    canvas.box(752, 96, 14, 268, palette.deep)
    canvas.box(616, 222, 288, 14, palette.deep)


def notes(canvas: Canvas, palette: Palette) -> None:
    canvas.box(500, 70, 520, 300, palette.deep, radius=10)
    canvas.box(514, 84, 492, 272, palette.paper)
    for x in range(536, 980, 92):
        for y in (104, 190, 276):
            fill = canvas.random.choice((palette.warm, palette.accent, palette.soft))
            canvas.box(
                x + canvas.random.randint(-8, 8), y + canvas.random.randint(-8, 8), 66, 62, fill
            )


def screen(canvas: Canvas, palette: Palette) -> None:
    canvas.box(540, 90, 440, 270, palette.deep, radius=16)
    canvas.box(558, 108, 404, 234, palette.soft)
    canvas.disc(690, 226, 64, palette.accent)
    for y in (170, 212, 254):
        canvas.box(786, y, 140, 20, palette.paper, radius=10)


def chart(canvas: Canvas, palette: Palette) -> None:
    canvas.box(300, 90, 560, 400, (255, 255, 255), radius=12)
    canvas.box(360, 130, 8, 310, palette.deep)
    canvas.box(360, 432, 450, 8, palette.deep)
    for number, fill in enumerate((palette.soft, palette.main, palette.warm, palette.accent)):
        height = 120 + 44 * number
        canvas.box(400 + 100 * number, 432 - height, 64, height, fill)


def map_sheet(canvas: Canvas, palette: Palette) -> None:
    canvas.box(300, 130, 480, 330, (255, 255, 255), radius=8)
    points = [(340, 400), (430, 300), (520, 350), (600, 220), (690, 260), (740, 180)]
    canvas.line([(float(x), float(y)) for x, y in points], 10, palette.soft)
    for x, y in points:
        canvas.disc(x, y, 17, palette.accent)
    canvas.disc(430, 190, 48, palette.soft)


def table(canvas: Canvas, palette: Palette) -> None:
    for x in (250, 820):
        canvas.box(x, 500, 22, 160, palette.deep)
    canvas.box(190, 476, 720, 32, palette.deep, radius=10)


def papers(canvas: Canvas, palette: Palette) -> None:
    for number in range(4):
        x = 270 + 150 * number
        canvas.box(x, 566 + 20 * (number % 2), 110, 132, (255, 255, 255), radius=4)
        for y in range(4):
            canvas.box(
                x + 14, 586 + 20 * (number % 2) + 26 * y, 80 - 22 * (y % 2), 10, palette.main
            )


def book_pile(canvas: Canvas, palette: Palette) -> None:
    y = 476
    for fill in (palette.main, palette.warm, palette.accent, palette.deep):
        width = canvas.random.randint(150, 220)
        x = 360 + canvas.random.randint(-20, 20)
        y -= 34
        canvas.box(x, y, width, 30, fill, radius=4)
        canvas.box(x + width - 30, y + 8, 26, 14, palette.paper)


def boxes(canvas: Canvas, palette: Palette) -> None:
    canvas.box(560, 330, 220, 146, palette.warm, radius=6)
    canvas.box(548, 306, 244, 40, palette.accent, radius=6)
    canvas.box(650, 330, 40, 146, palette.paper)


def laptop(canvas: Canvas, palette: Palette) -> None:
    canvas.box(430, 300, 250, 166, palette.main, radius=10)
    canvas.box(444, 314, 222, 138, palette.paper)
    canvas.disc(555, 372, 34, palette.accent)
    canvas.box(390, 462, 330, 18, palette.main, radius=9)


def lamp(canvas: Canvas, palette: Palette) -> None:
    canvas.line([(800, 470), (850, 350), (780, 270)], 12, palette.main)
    canvas.shape([(720, 300), (800, 230), (840, 290)], palette.warm)
    canvas.box(752, 462, 100, 18, palette.main, radius=9)


def mugs(canvas: Canvas, palette: Palette) -> None:
    for x, fill in ((310, palette.accent), (760, palette.warm)):
        canvas.ring(x + 46, 446, 20, 9, fill)
        canvas.box(x, 416, 46, 60, fill, radius=8)


def plants(canvas: Canvas, palette: Palette) -> None:
    for x in (840, 960):
        for dx, dy in ((-34, -60), (0, -96), (34, -60)):
            canvas.disc(x + dx, 540 + dy, 36, palette.main)
        canvas.shape([(x - 46, 530), (x + 46, 530), (x + 32, 620), (x - 32, 620)], palette.warm)


def machine(canvas: Canvas, palette: Palette) -> None:
    canvas.box(420, 230, 270, 246, palette.main, radius=14)
    canvas.box(446, 260, 218, 160, palette.paper)
    canvas.box(540, 260, 30, 60, palette.deep)
    canvas.shape([(500, 420), (610, 420), (580, 360), (530, 360)], palette.accent)


def people(canvas: Canvas, palette: Palette) -> None:
    for x in range(150, 960, 195):
        person(canvas, palette, x + canvas.random.randint(-24, 24), canvas.random.uniform(0.9, 1.1))


def one_person(canvas: Canvas, palette: Palette) -> None:
    person(canvas, palette, 760, 1.25)


def children(canvas: Canvas, palette: Palette) -> None:
    for x in range(180, 960, 180):
        person(
            canvas, palette, x + canvas.random.randint(-30, 30), canvas.random.uniform(0.66, 0.8)
        )


def person(canvas: Canvas, palette: Palette, x: int, size: float) -> None:
    """Somebody seen to the waist, at the lower edge."""
    top = HEIGHT - 300 * size
    clothes = canvas.random.choice((palette.deep, palette.accent, palette.warm, palette.main))
    canvas.box(x - 74 * size, top + 104 * size, 148 * size, 300 * size, clothes, radius=60 * size)
    hair = canvas.random.choice(HAIR)
    canvas.disc(x, top + 36 * size, 56 * size, hair)
    if canvas.random.random() < 0.5:
        canvas.box(x - 56 * size, top + 36 * size, 112 * size, 62 * size, hair, radius=20 * size)
    canvas.disc(x, top + 52 * size, 46 * size, canvas.random.choice(SKIN))


# Stems of Polish words, from the back of the scene to its front.
OUTSIDE = r"parking|asfalt|most|leżak|wejściem|kałuż|schod|remiz|halą|drodze|spacer|rower"
ELEMENTS: tuple[tuple[str, Draw], ...] = (
    (r"regał|półk|czyteln|książ|bibliote|magazyn|szaf|katalog|rocznik", shelves),
    (r"okn|kąt|fotel|krzes", window),
    (r"ścian|tablic|plakat|karteczk|sznur|zdjęcie (rekina|piekarni)|strzałk", notes),
    (r"ekran|wideo|film|fotografi|wpis", screen),
    (r"wykres", chart),
    (r"map|plan |trasy|zarys", map_sheet),
    (
        r"stó[łl]|stoł[yu]|stol|biurk|lad[aęzy]\b|wadze|monitor|tac[eęa]|kubk|flamastr|szufladk",
        table,
    ),
    (r"stos|egzemplarz|album|księg|grzbiet|zeszyt", book_pile),
    (r"skrzynk|pudełk|koszu|karton|makiet|plecak|pionk|torebk|guzik|dzwonek", boxes),
    (r"laptop|komputer|monitor|webinar", laptop),
    (r"lamp|światł|aparat", lamp),
    (r"kub|herbat|czajnik", mugs),
    (r"zioł|nasion|lip|rośl|liści", plants),
    (r"drukarka|robot|gry na wadze", machine),
    (r"kart|wydruk|etykiet|kopert|ulot|opis|napis|pisem", papers),
    (r"dzieci|rodzin|chłop|nastolat|przedszkol|uczniow", children),
    (r"osob|uczestni|zespół|sąsie|rodzice|widz|publiczn|ludzi|robotnic|wspólne|starsze", people),
    (r"pani|bibliotekark|bibliotekarz|czytelniczk|tłumacz|mężczyzn|kobiet", one_person),
)
