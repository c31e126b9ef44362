"""A program of its own, run by cms/pdf_reading.py: reads the PDF at its standard input.

It gives up its rights to time, memory and output before it opens the file, so that not even code
that a hostile file smuggles into the reader gets them back. It prints JSON: how many pages there
are, then the text of each page, then whether that was all.
"""

import json
import os
import resource
import sys
import time
from typing import Any

PASSWORD_NEEDED = 4


def limit(limits: dict[str, Any]) -> None:
    bounds = {
        resource.RLIMIT_AS: limits["memory"],
        resource.RLIMIT_CPU: limits["hard_seconds"],
        resource.RLIMIT_FSIZE: limits["output"],
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, most in bounds.items():
        resource.setrlimit(what, (most, most))
    # Readers of the site come first.
    os.nice(10)


def tell(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


def read(pdf: Any, limits: dict[str, Any]) -> None:
    """Pages from the first on, until all are told or a bound is met."""
    until = time.monotonic() + limits["seconds"]
    characters = 0
    tell(len(pdf))
    for number in range(min(len(pdf), limits["pages"])):
        if time.monotonic() > until or characters >= limits["characters"]:
            tell({"is_all": False})
            return
        text = text_of(pdf, number, limits["characters_a_page"])
        characters += len(text)
        tell(text)
    tell({"is_all": len(pdf) <= limits["pages"] and characters < limits["characters"]})


def text_of(pdf: Any, number: int, most: int) -> str:
    """One broken page costs its own text alone."""
    from pypdfium2 import PdfiumError  # type: ignore[import-untyped]

    try:
        page = pdf[number]
        textpage = page.get_textpage()
        text: str = textpage.get_text_range(0, min(textpage.count_chars(), most))
        textpage.close()
        page.close()
    except PdfiumError:
        return ""
    return text


def main() -> int:
    limits = json.loads(sys.argv[1])
    limit(limits)
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer)
    except pypdfium2.PdfiumError as error:
        tell({"is_locked": error.err_code == PASSWORD_NEEDED})
        return 1
    read(pdf, limits)
    return 0


if __name__ == "__main__":
    # Past the interpreter's own end, in which a library that was fed rubbish may crash.
    code = main()
    sys.stdout.flush()
    os._exit(code)
