"""Polish words for the copies of the archive: titles from parts, the demo's own sentences."""

import random
import re
from collections import defaultdict
from html import unescape

from demo import markup
from demo.content import Content
from demo.rich_text import RichText

SENTENCE = re.compile(r"[^.!?]{30,180}[.!?]")
OPENINGS = (
    "Jak przygotować",
    "Dlaczego warto pokazać",
    "Trzy pomysły na",
    "Co zmieniły u nas",
    "Od czego zacząć:",
    "Krok po kroku:",
    "Ile kosztują",
    "Bez budżetu:",
    "Z notatnika:",
    "Czego uczą",
)
THINGS = (
    "czwartkowe spotkania",
    "zajęcia w plenerze",
    "wystawy sąsiedzkie",
    "dyżury wolontariuszy",
    "pierwsze warsztaty",
    "spacery z książką",
    "rozmowy przy herbacie",
    "wieczory z nagraniem",
    "kluby dyskusyjne",
    "lekcje biblioteczne",
    "wymiany doświadczeń",
    "kąciki ciszy",
)
PLACES = (
    "w małej filii",
    "na wsi",
    "w bibliotece szkolnej",
    "między regałami",
    "w domu kultury",
    "na osiedlu",
    "w czytelni",
    "bez dodatkowych etatów",
    "w wakacje",
    "na początek roku",
)
HEADINGS = (
    "Od czego zaczęliśmy",
    "Co się sprawdziło",
    "Ile to kosztowało",
    "Czego byśmy nie powtórzyli",
    "Co dalej",
    "Jak to zrobić u siebie",
    "Dla kogo to jest",
    "Kto nam pomógł",
)


class Words:
    def __init__(self, content: Content) -> None:
        self.topic_titles = {entry["slug"]: entry["title"] for entry in content.topics}
        self.sentences: dict[str, list[str]] = defaultdict(list)
        for page in content.pages():
            for block in markup.parse(page.get("body", ""), page.where):
                if block.type == "text":
                    found = SENTENCE.findall(plain(block.value))
                    for topic in ("", *page.get("topics", [])):
                        self.sentences[topic] += [sentence.strip() for sentence in found]

    def title(self, source: random.Random, topic: str) -> str:
        parts = source.choice(OPENINGS), source.choice(THINGS), source.choice(PLACES)
        return f"{' '.join(parts)} ({self.topic_titles[topic].lower()})"

    def heading(self, source: random.Random) -> str:
        return source.choice(HEADINGS)

    def paragraph(self, source: random.Random, topic: str, count: int) -> str:
        """Sentences on the topic, and among them some on anything."""
        return " ".join(
            source.choice(
                self.sentences[topic if source.random() < 0.7 else ""] or self.sentences[""]
            )
            for _each in range(count)
        )


def plain(value: RichText) -> str:
    text = "".join(part for part in value.parts if isinstance(part, str))
    return (
        unescape(re.sub(r"<[^>]+>", " ", text)).replace("<", "").replace(">", "").replace("&", "i")
    )
