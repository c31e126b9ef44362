"""The admin speaks Polish: every text that the code marks has a finished, compiled translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "locale/pl/LC_MESSAGES/django.po"
APPS = ("cms", "home", "thematic_months", "projects", "members", "search", "demo")
# The function's name: which arguments are the context, the text and its plural.
CALLS = {
    "_": (None, 0),
    "gettext": (None, 0),
    "gettext_lazy": (None, 0),
    "gettext_noop": (None, 0),
    "ngettext": (None, 0),
    "ngettext_lazy": (None, 0),
    "pgettext": (0, 1),
    "pgettext_lazy": (0, 1),
    "npgettext": (0, 1),
    "npgettext_lazy": (0, 1),
}
TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
# What Django makes of a template for xgettext.
IN_TEMPLATES = re.compile(
    rf"\b(_|n?gettext|np?gettext|pgettext)\(\s*{TEXT}(?:,\s*{TEXT})?", re.DOTALL
)

Key = tuple[str | None, str]


def literal(call: ast.Call, position: int) -> str | None:
    try:
        value = ast.literal_eval(call.args[position])
    except (ValueError, IndexError):
        return None
    return value if isinstance(value, str) else None


def marked_in_python(path: Path) -> Iterator[Key]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if name not in CALLS:
            continue
        context_at, text_at = CALLS[name]
        text = literal(node, text_at)
        if text:
            yield (None if context_at is None else literal(node, context_at)), text


def marked_in_templates(path: Path) -> Iterator[Key]:
    for function, first, second in IN_TEMPLATES.findall(templatize(path.read_text())):
        context, text = (first, second) if "p" in function else (None, first)
        yield context and ast.literal_eval(context), ast.literal_eval(text)


def sources(pattern: str) -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob(pattern)):
            if "migrations" not in path.parts:
                yield path


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_entry_is_translated_and_certain(catalogue):
    assert [entry.msgid for entry in catalogue if entry.fuzzy or not entry.translated()] == []


def test_compiled_catalogue_says_the_same(catalogue):
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def content(entries: list[polib.POEntry]) -> dict[tuple[str | None, str], object]:
        return {
            (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries
        }

    assert content(compiled) == content([entry for entry in catalogue if not entry.obsolete])


def test_no_marked_text_is_missing(catalogue):
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    marked = {key for path in sources("*.py") for key in marked_in_python(path)}
    marked |= {key for path in sources("*.html") for key in marked_in_templates(path)}
    assert len(marked) > 300
    assert sorted(marked - known, key=str) == []


def test_placeholders_survive_translation(catalogue):
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)|\{\w*\}", text))

    for entry in catalogue:
        for text in (entry.msgstr_plural or {0: entry.msgstr}).values():
            assert names(text) == names(entry.msgid), entry.msgid


def test_plurals_have_all_polish_forms(catalogue):
    assert "nplurals=4" in catalogue.metadata["Plural-Forms"]
    assert [
        entry.msgid for entry in catalogue if entry.msgid_plural and len(entry.msgstr_plural) != 4
    ] == []


def test_django_finds_the_catalogue():
    with override("pl"):
        assert gettext("thematic month") == "miesiąc tematyczny"
