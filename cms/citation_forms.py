"""A work written as PN-ISO 690:2012, BibTeX and RIS."""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field

from anyascii import anyascii
from django.utils.formats import date_format

from cms.names import Name

# More authors than this are „i in.”
MOST_AUTHORS = 3

# Letters that LaTeX has commands for; those with a mark are made of the mark's command.
LATEX = {
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
    "ł": r"{\l}", "Ł": r"{\L}", "ß": r"{\ss}", "ø": r"{\o}", "Ø": r"{\O}", "æ": r"{\ae}",
    "„": r"{\quotedblbase}", "”": "''", "“": "``", "’": "'", "–": "--", "—": "---",
    "…": r"{\ldots}", "\u00a0": "~",
}  # fmt: skip
MARKS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c",
    "\u0328": "k",
}  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What is cited. `container` is the site that an article stands in, "" for a book; `year` is
    None when nobody knows it.
    """

    title: str
    url: str
    authors: list[Name] = field(default_factory=list)
    editors: list[Name] = field(default_factory=list)
    container: str = ""
    publisher: str = ""
    year: int | None = None
    date: datetime.date | None = None
    isbn: str = ""
    language: str = "pl"
    lead: str = ""
    topics: list[str] = field(default_factory=list)


# PN-ISO 690:2012


def iso690(work: Work, today: datetime.date) -> tuple[str, str, str]:
    """What stands before the title that is set apart, that title, and what follows it."""
    by = sentence(credited(work))
    seen = f"[dostęp: {date_format(today, 'DATE_FORMAT')}]"
    if work.date:
        when = date_format(work.date, "DATE_FORMAT")
    else:
        when = str(work.year) if work.year else "[b.r.]"
    made = ", ".join(part for part in (work.publisher, when) if part)
    isbn = f" ISBN {work.isbn}." if work.isbn else ""
    after = f" [online]. {made} {seen}.{isbn} Dostępny w: {work.url}"
    if work.container:
        return f"{by}{sentence(work.title)}W: ", work.container, after
    return by, work.title, after


def credited(work: Work) -> str:
    if work.authors:
        return listed(work.authors)
    return f"{listed(work.editors)} (red.)" if work.editors else ""


def listed(names: list[Name]) -> str:
    shown = [
        f"{name.family.upper()}, {name.given}" if name.given else name.family.upper()
        for name in names
    ]
    if len(shown) > MOST_AUTHORS:
        return f"{shown[0]} i in."
    return f"{', '.join(shown[:-1])} i {shown[-1]}" if len(shown) > 1 else shown[0]


def sentence(text: str) -> str:
    """With its full stop and a space; a title may end in its own mark."""
    if not text:
        return ""
    return f"{text} " if text.endswith((".", "?", "!", "…")) else f"{text}. "


# BibTeX


def bibtex(work: Work) -> str:
    fields = {
        "author": " and ".join(map(bibtex_name, work.authors)),
        "editor": " and ".join(map(bibtex_name, work.editors)),
        # Twice in braces: styles would write a Polish title in small letters.
        "title": f"{{{latex(work.title)}}}",
        "organization": latex(work.container),
        "publisher": latex(work.publisher),
        "year": str(work.year or (work.date.year if work.date else "")),
        "date": work.date.isoformat() if work.date else "",
        "isbn": work.isbn,
        "url": work.url,
        "language": LANGUAGES.get(work.language, ""),
        # Importers split them at each comma, also at one within a topic.
        "keywords": ", ".join(latex(topic.replace(",", " /")) for topic in work.topics),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    kind = "online" if work.container else "book"
    return f"@{kind}{{{key_of(work)},\n{lines}\n}}\n"


LANGUAGES = {"pl": "polish", "en": "english", "uk": "ukrainian", "de": "german"}


def bibtex_name(name: Name) -> str:
    if not name.given:
        # A body: in braces, or its last word would be a surname.
        return f"{{{latex(name.family)}}}"
    return f"{latex(name.family)}, {latex(name.given)}"


def key_of(work: Work) -> str:
    """„nowak2016biblioteka”: letters and digits alone."""
    people = work.authors or work.editors
    words = re.findall(r"[a-z0-9]+", anyascii(work.title).lower())
    first = next((word for word in words if len(word) > 3), words[0] if words else "labib")
    year = str(work.year or (work.date.year if work.date else ""))
    family = re.sub(r"[^a-z]", "", anyascii(people[0].family).lower()) if people else ""
    return f"{family[:30]}{year}{first[:30]}"


def latex(text: str) -> str:
    return "".join(map(latex_letter, " ".join(text.replace("\u00a0", " ").split())))


def latex_letter(letter: str) -> str:
    if letter in LATEX:
        return LATEX[letter]
    if letter.isascii():
        return letter
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if len(marks) == 1 and marks[0] in MARKS and base.isascii():
        command = MARKS[marks[0]]
        return f"{{\\{command}{{{base}}}}}" if command.isalpha() else f"{{\\{command}{base}}}"
    return letter


# RIS: https://en.wikipedia.org/wiki/RIS_(file_format)


def ris(work: Work) -> str:
    rows = [("TY", "ELEC" if work.container else "BOOK")]
    rows += [("AU", name.inverted) for name in work.authors]
    rows += [("ED", name.inverted) for name in work.editors]
    rows += [
        ("TI", work.title),
        ("T2", work.container),
        ("PB", work.publisher),
        ("PY", str(work.year or (work.date.year if work.date else ""))),
        ("DA", work.date.strftime("%Y/%m/%d/") if work.date else ""),
        ("SN", work.isbn),
        ("UR", work.url),
        ("LA", work.language),
        ("AB", work.lead),
    ]
    rows += [("KW", topic) for topic in work.topics]
    # One line each: a line feed in a lead would begin a tag of its own.
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", ""])
