"""What both sides are filled with: plain dictionaries, the same in every run.

Stock grapple's folder brings a content.py of the same shape; when that folder is given its content
is taken, so that both sides hold the same to the letter.
"""

import random
import runpy
import uuid
from pathlib import Path
from typing import Any

SERIES, MONTHS, ARTICLES, WEBINARS, EXPERTS, IMAGES = 8, 120, 3000, 400, 150, 60
ARTICLES_OF_A_MONTH = ARTICLES // MONTHS
BLOCKS = ("heading", "paragraph", "paragraph", "image", "quote", "paragraph")
WORDS = [
    "biblioteka",
    "czytelnik",
    "książka",
    "katalog",
    "zbiory",
    "bibliotekarz",
    "edukacja",
    "cyfrowa",
    "warsztat",
    "spotkanie",
    "młodzież",
    "dzieci",
    "senior",
    "komiks",
    "archiwum",
    "promocja",
    "dostępność",
    "fundusz",
    "projekt",
    "partner",
    "szkoła",
    "muzeum",
    "historia",
    "społeczność",
    "robotyka",
    "programowanie",
    "licencja",
    "repozytorium",
    "digitalizacja",
    "metadane",
    "język",
    "podcast",
    "webinar",
    "ekspert",
    "artykuł",
    "raport",
    "badanie",
    "ankieta",
    "zespół",
    "zmiana",
]

Content = dict[str, list[dict[str, Any]]]


def load(peer: Path | None) -> Content:
    if peer is not None:
        return runpy.run_path(str(peer / "content.py"))["make"]()
    return Generator().make()


class Generator:
    def __init__(self) -> None:
        self.random = random.Random(7)  # noqa: S311  (content, no secret)

    def sentence(self, length: int = 12) -> str:
        return " ".join(self.random.choices(WORDS, k=length)).capitalize() + "."

    def paragraph(self, sentences: int = 5) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def image(self) -> int:
        return self.random.randrange(IMAGES)

    def people(self, *numbers: int) -> list[int]:
        return self.random.sample(range(EXPERTS), self.random.choice(numbers))

    def make(self) -> Content:
        return {
            "series": [self.series(number) for number in range(SERIES)],
            "experts": [self.expert(number) for number in range(EXPERTS)],
            "months": [self.month(number) for number in range(MONTHS)],
            "articles": [self.article(number) for number in range(ARTICLES)],
            "webinars": [self.webinar(number) for number in range(WEBINARS)],
        }

    def series(self, number: int) -> dict[str, Any]:
        return {
            "title": f"Seria {number + 1}",
            "slug": f"seria-{number + 1}",
            "description": self.paragraph(2),
        }

    def expert(self, number: int) -> dict[str, Any]:
        return {
            "title": f"Anna {self.sentence(1)[:-1]}ska-{number}",
            "slug": f"ekspert-{number}",
            "bio": f"<p>{self.paragraph(3)}</p>",
            "photo": self.image(),
        }

    def month(self, number: int) -> dict[str, Any]:
        return {
            "title": self.sentence(4)[:-1],
            "slug": f"miesiac-{number}",
            "series": number % SERIES,
            "year": 2016 + number // 12,
            "month": number % 12 + 1,
            "topic": self.sentence(6)[:-1],
            "image": self.image(),
            "body": self.body(6, link=True),
            "experts": self.people(1, 2, 2, 3),
        }

    def article(self, number: int) -> dict[str, Any]:
        return {
            "title": self.sentence(7)[:-1],
            "slug": f"artykul-{number}",
            "month": number // ARTICLES_OF_A_MONTH,
            "lead": self.paragraph(2),
            "image": self.image(),
            "body": self.body(12, link=number % 3 == 0),
            "authors": self.people(1, 1, 2),
        }

    def webinar(self, number: int) -> dict[str, Any]:
        return {
            "title": self.sentence(6)[:-1],
            "slug": f"webinar-{number}",
            "month": number * MONTHS // WEBINARS,
            "starts_at": f"{2016 + number % 10}-{number % 12 + 1:02d}-15T18:00:00+00:00",
            "recording_url": f"https://video.example/{number}",
        }

    def body(self, length: int, *, link: bool) -> list[dict[str, Any]]:
        """Blocks; "@E5" stands for the id of the fifth expert's page."""
        blocks: list[dict[str, Any]] = []
        for place in range(length):
            kind = BLOCKS[place % len(BLOCKS)]
            value: Any = self.sentence()
            if kind == "paragraph":
                value = f"<p>{self.paragraph()}</p>"
                if link and place == 1:
                    expert = self.random.randrange(EXPERTS)
                    value += f'<p><a linktype="page" id="@E{expert}">{self.sentence(2)}</a></p>'
            elif kind == "image":
                value = self.image()
            key = str(uuid.UUID(int=self.random.getrandbits(128)))
            blocks.append({"type": kind, "value": value, "id": key})
        return blocks
