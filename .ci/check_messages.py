"""Fails when a Polish translation is missing, doubtful, left over, or not compiled.

Collects the texts as `make messages` does, but in a copy, so that a check changes nothing.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/pl/LC_MESSAGES/django.po")
# What a copy can do without; the tests hold no texts for readers.
LEFT_OUT = shutil.ignore_patterns(".*", "var", "node_modules", "tests")

Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def collected(folder: Path) -> set[Key]:
    """The texts that the code has now."""
    copy = folder / "hub"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    command = [sys.executable, "manage.py", "makemessages", "--locale", "pl", "--no-obsolete"]
    subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
    return {key(entry) for entry in polib.pofile(str(copy / CATALOGUE))}


def translation(entry: polib.POEntry) -> tuple[str, dict[int, str]]:
    return entry.msgstr, entry.msgstr_plural


def faults(in_code: set[Key]) -> Iterator[str]:
    catalogue = polib.pofile(str(ROOT / CATALOGUE))
    entries = {key(entry): entry for entry in catalogue if not entry.obsolete}
    machine_file = polib.mofile(str(ROOT / CATALOGUE.with_suffix(".mo")))
    compiled = {key(entry): entry for entry in machine_file}
    for _, text in sorted(in_code - entries.keys(), key=str):
        yield f"missing: {text!r}"
    for _, text in sorted(entries.keys() - in_code, key=str):
        yield f"no longer in the code: {text!r}"
    for name, entry in entries.items():
        if entry.fuzzy or not entry.translated():
            yield f"{'doubtful (fuzzy)' if entry.fuzzy else 'not translated'}: {entry.msgid!r}"
        elif name not in compiled or translation(compiled[name]) != translation(entry):
            yield f"not compiled: {entry.msgid!r}"
    for _, text in sorted(compiled.keys() - entries.keys(), key=str):
        yield f"compiled, but not in the catalogue: {text!r}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = list(faults(collected(Path(folder))))
    if found:
        sys.exit(
            "\n".join([f"{CATALOGUE} is out of step (make messages, then translate):", *found])
        )


main()
