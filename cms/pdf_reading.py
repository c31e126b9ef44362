"""The pages of a PDF and their text, read in a process of its own with bounds on time, memory and
size: a broken or hostile file costs its text and nothing else.
"""

import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cms.models import TextState

PROGRAM = Path(__file__).with_name("pdf_program.py")
MIB = 1024 * 1024
LARGEST_FILE = 200 * MIB
# `seconds` ends the reading between two pages, with what was read; `hard_seconds` ends it anyhow.
LIMITS = {
    "pages": 1000,
    "characters": 1_000_000,
    "characters_a_page": 50_000,
    "seconds": 15,
    "hard_seconds": 20,
    "memory": 512 * MIB,
    "output": 16 * MIB,
}

LIGATURES = {0xFB00 + number: text for number, text in enumerate(["ff", "fi", "fl", "ffi", "ffl"])}
# How pdfium writes a hyphen at the end of a line, and how texts themselves write one that may
# break a word.
DIVIDED_WORD = re.compile(r"[\x02\ufffe\u00ad][ \t]*[\r\n]*")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SPACES = re.compile(r"[ \t\xa0]+")
LINE_END = re.compile(r" ?(?:\r\n?|\n) ?")


@dataclass(frozen=True)
class PdfText:
    """`pages` begin with the first; behind the last of them there may be more, which `state`
    tells."""

    state: TextState
    page_count: int | None = None
    pages: Sequence[str] = ()


def read_pdf(file: IO[bytes]) -> PdfText:
    """What the PDF in this file, a real one of the system, says."""
    try:
        with tempfile.TemporaryFile() as output:
            finished = subprocess.run(  # noqa: S603  (our own program; the file comes by its input)
                # Isolated, and without our environment: there are secrets in it.
                [sys.executable, "-I", str(PROGRAM), json.dumps(LIMITS)],
                env={},
                stdin=file,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=LIMITS["hard_seconds"],
            )
            output.seek(0)
            lines = [json.loads(line) for line in output]
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return PdfText(TextState.UNREADABLE)
    return understood(lines, is_finished=finished.returncode == 0)


def understood(lines: list[Any], *, is_finished: bool) -> PdfText:
    """What the program said, judged like anything from outside."""
    if lines == [{"is_locked": True}]:
        return PdfText(TextState.LOCKED)
    if not is_finished or len(lines) < 2:
        return PdfText(TextState.UNREADABLE)
    count, *texts, end = lines
    is_sound = isinstance(count, int) and len(texts) <= min(count, LIMITS["pages"])
    if not is_sound or not all(isinstance(text, str) for text in texts):
        return PdfText(TextState.UNREADABLE)
    pages = [tidied(text) for text in texts]
    if not any(pages):
        return PdfText(TextState.EMPTY, count)
    return PdfText(TextState.READ if end == {"is_all": True} else TextState.CUT, count, pages)


def tidied(text: str) -> str:
    """Words as they are written: not divided at the ends of lines, letters as one character."""
    text = DIVIDED_WORD.sub("", text)
    # Halves of surrogate pairs, which no database stores.
    text = text.encode(errors="ignore").decode()
    text = unicodedata.normalize("NFC", text.translate(LIGATURES))
    return LINE_END.sub("\n", SPACES.sub(" ", CONTROL.sub("", text))).strip()
