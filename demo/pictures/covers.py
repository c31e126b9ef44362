"""Covers and portraits: geometric patterns in the colours of a topic."""

from demo.pictures.canvas import Canvas
from demo.pictures.palette import Colour, Palette

WIDTH, HEIGHT = 1280, 720


def month_cover(seed: str, palette: Palette, month: int, year: int) -> bytes:
    """Tiles, and in the middle, where every crop keeps it, the number of the month."""
    canvas = Canvas(WIDTH, HEIGHT, palette.deep, seed)
    tiles(canvas, palette, 160)
    canvas.disc(640, 360, 252, palette.deep)
    canvas.disc(640, 360, 232, palette.paper)
    canvas.text(640, 325, str(month), 230, palette.deep)
    canvas.text(640, 490, str(year), 62, palette.main)
    return canvas.jpeg(width=960)


def article_cover(seed: str, palette: Palette) -> bytes:
    canvas = Canvas(WIDTH, HEIGHT, palette.paper, seed)
    canvas.random.choice((lines_of_text, leaves, book_spines, hills))(canvas, palette)
    return canvas.jpeg(width=960)


def webinar_cover(seed: str, palette: Palette) -> bytes:
    """A voice that spreads, and a sign to play it."""
    canvas = Canvas(WIDTH, HEIGHT, palette.deep, seed)
    colours = (palette.main, palette.deep, palette.main, palette.soft, palette.deep)
    for radius, fill in zip((620, 500, 400, 300, 220), colours, strict=True):
        canvas.disc(640, 360, radius, fill)
    canvas.disc(640, 360, 150, palette.paper)
    canvas.shape([(596, 270), (596, 450), (744, 360)], palette.accent)
    for x in (*range(60, 400, 48), *range(896, 1240, 48)):
        height = canvas.random.randint(40, 300)
        canvas.box(x, 360 - height / 2, 22, height, palette.warm, radius=11)
    return canvas.jpeg(width=960)


def project_cover(seed: str, palette: Palette) -> bytes:
    """Large tiles with a band across."""
    canvas = Canvas(WIDTH, HEIGHT, palette.soft, seed)
    tiles(canvas, palette, 240)
    return canvas.jpeg(width=960)


def publication_cover(seed: str, palette: Palette) -> bytes:
    """A book upright before a pattern of dots."""
    canvas = Canvas(WIDTH, HEIGHT, palette.soft, seed)
    for x in range(40, WIDTH, 80):
        for y in range(40, HEIGHT, 80):
            canvas.disc(x, y, 8, palette.paper)
    canvas.box(472, 92, 360, 560, palette.deep, radius=10)
    canvas.box(456, 76, 360, 560, palette.paper, radius=10)
    canvas.box(448, 68, 360, 560, palette.main, radius=10)
    canvas.box(448, 68, 44, 560, palette.deep, radius=10)
    canvas.disc(650, 270, 112, palette.warm)
    canvas.slice(650, 270, 112, canvas.random.choice((0, 90, 180)), 360, palette.accent)
    for number, width in enumerate((210, 210, 130)):
        canvas.box(545, 450 + 44 * number, width, 18, palette.paper, radius=9)
    return canvas.jpeg(width=960)


def portrait(seed: str, palette: Palette, initials: str) -> bytes:
    canvas = Canvas(640, 640, palette.soft, seed)
    corner = canvas.random.choice(((0, 0), (640, 0)))
    canvas.disc(*corner, 300, palette.warm)
    canvas.disc(640 - corner[0], 640, 250, palette.accent)
    canvas.disc(320, 320, 212, palette.deep)
    canvas.text(320, 316, initials, 158, palette.paper)
    return canvas.jpeg(width=480)


def tiles(canvas: Canvas, palette: Palette, size: int) -> None:
    for x in range(0, WIDTH, size):
        for y in range(0, HEIGHT, size):
            ground, figure = canvas.random.sample(palette.shades, 2)
            canvas.box(x, y, size, size, ground)
            canvas.random.choice(TILES)(canvas, x, y, size, figure)


def quarter(canvas: Canvas, x: int, y: int, size: int, fill: Colour) -> None:
    start, dx, dy = canvas.random.choice(((0, 0, 0), (90, 1, 0), (180, 1, 1), (270, 0, 1)))
    canvas.slice(x + dx * size, y + dy * size, size, start, start + 90, fill)


def leaf(canvas: Canvas, x: int, y: int, size: int, fill: Colour) -> None:
    """Two corners round, two pointed."""
    half = size / 2
    canvas.disc(x + half, y + half, half, fill)
    for dx, dy in canvas.random.choice((((0, 0), (1, 1)), ((1, 0), (0, 1)))):
        canvas.box(x + dx * half, y + dy * half, half, half, fill)


def circle(canvas: Canvas, x: int, y: int, size: int, fill: Colour) -> None:
    canvas.disc(x + size / 2, y + size / 2, size * 0.34, fill)


def stripes(canvas: Canvas, x: int, y: int, size: int, fill: Colour) -> None:
    for number in range(3):
        canvas.box(x, y + size * (number / 3 + 1 / 12), size, size / 6, fill)


def triangle(canvas: Canvas, x: int, y: int, size: int, fill: Colour) -> None:
    corners: list[tuple[float, float]] = [
        (x, y),
        (x + size, y),
        (x + size, y + size),
        (x, y + size),
    ]
    corners.pop(canvas.random.randrange(4))
    canvas.shape(corners, fill)


def books(canvas: Canvas, x: int, y: int, size: int, fill: Colour) -> None:
    for number in range(4):
        height = size * canvas.random.uniform(0.45, 0.9)
        canvas.box(x + size * (0.1 + 0.21 * number), y + size - height, size * 0.15, height, fill)


TILES = (quarter, quarter, leaf, leaf, circle, stripes, triangle, books)


def book_spines(canvas: Canvas, palette: Palette) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, palette.soft)
    for floor in (350, 700):
        x = 24
        while x < WIDTH - 60:
            width, height = canvas.random.randint(34, 76), canvas.random.randint(190, 310)
            fill = canvas.random.choice((palette.deep, palette.main, palette.accent, palette.warm))
            canvas.box(x, floor - height, width, height, fill, radius=4)
            canvas.box(x, floor - height + 34, width, 12, palette.paper)
            x += width + canvas.random.choice((4, 4, 4, 60))
        canvas.box(0, floor, WIDTH, 20, palette.deep)


def hills(canvas: Canvas, palette: Palette) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, palette.paper)
    canvas.disc(canvas.random.randint(300, 980), 250, 130, palette.warm)
    for level, fill in enumerate((palette.soft, palette.accent, palette.main, palette.deep)):
        for _each in range(3):
            radius = canvas.random.randint(320, 560)
            x = canvas.random.randint(-100, WIDTH + 100)
            canvas.disc(x, 400 + level * 90 + radius, radius, fill)


def leaves(canvas: Canvas, palette: Palette) -> None:
    for x in range(0, WIDTH, 160):
        for y in range(0, HEIGHT, 180):
            fill = canvas.random.choice(palette.shades)
            leaf(canvas, x + 12, y + 22, 136, fill)


def lines_of_text(canvas: Canvas, palette: Palette) -> None:
    """A page full of lines, some of them marked."""
    canvas.box(0, 0, WIDTH, HEIGHT, palette.main)
    canvas.disc(1080, 120, 300, palette.deep)
    canvas.disc(160, 640, 240, palette.warm)
    canvas.box(330, 60, 620, 720, palette.paper, radius=16)
    canvas.box(400, 130, 330, 40, palette.deep, radius=20)
    for y in range(230, 700, 52):
        width = canvas.random.randint(280, 480)
        marked = canvas.random.random() < 0.25
        canvas.box(400, y, width, 24, palette.accent if marked else palette.soft, radius=12)
