"""Shows on a terminal how far a long command is."""

import sys
import time
from collections.abc import Iterable
from typing import TextIO

WIDTH = 30


def show(steps: Iterable[tuple[int, int]], *, output: TextIO = sys.stderr) -> None:
    """Run through (done, total), with a bar, a percentage and the time that is left; silent when
    the output is no terminal."""
    began = time.monotonic()
    is_shown = output.isatty()
    for done, total in steps:
        if is_shown:
            output.write(f"\r{line(done, total, seconds=time.monotonic() - began)}")
            output.flush()
    if is_shown:
        output.write("\n")


def line(done: int, total: int, *, seconds: float) -> str:
    share = done / total if total else 1.0
    filled = round(share * WIDTH)
    bar = "#" * filled + "-" * (WIDTH - filled)
    left = round(seconds * (1 - share) / share) if share else None
    time_left = "" if left is None else f", {left // 60}:{left % 60:02} left"
    return f"[{bar}] {share:4.0%}  {done:,} of {total:,}{time_left}   "
