"""The body markup of the demo's texts."""

import pytest

from cms.blocks import BodyBlock
from demo import markup
from demo.content import ContentError
from demo.markup import Reference

NUMBERS = {
    Reference("page", "ewa"): 7,
    Reference("image", "Regał"): 11,
    Reference("image", "Stół"): 12,
    Reference("document", "poradnik"): 21,
}


def stream(text: str) -> list[tuple[str, object]]:
    """Types and values, with the ids of list items left out."""
    blocks = markup.stream(markup.parse(text, "plik.toml"), NUMBERS.__getitem__)
    return [(block["type"], bare(block["value"])) for block in blocks]


def bare(value: object) -> object:
    if isinstance(value, list):
        return [bare(item["value"]) for item in value]
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items()}
    return value


def picture(number: int, alt: str) -> dict[str, object]:
    return {"image": {"image": number, "decorative": False, "alt_text": alt}, "caption": ""}


CALL = {"text": "Zdanie.", "label": "Dalej"}
BLOCKS = [
    ("## Od czego zacząć", ("heading", {"text": "Od czego zacząć", "level": "2"})),
    ("### Ciszej", ("heading", {"text": "Ciszej", "level": "3"})),
    ("Zwykły\nakapit.", ("text", "<p>Zwykły akapit.</p>")),
    ("- raz,\n- **dwa**.", ("text", "<ul><li>raz,</li><li><b>dwa</b>.</li></ul>")),
    (
        "> Da się. — Ewa Regał, ankieta, 2016",
        ("quote", {"text": "Da się.", "person": "Ewa Regał", "source": "ankieta, 2016"}),
    ),
    ("> Da się.", ("quote", {"text": "Da się.", "person": "", "source": ""})),
    ("! Odpocznij. — ewa", ("tip", {"text": "<p>Odpocznij.</p>", "expert": 7})),
    (
        "? Ile?\nMało.\n\n? Kiedy?\nJutro,\nrano.",
        (
            "frequent_questions",
            {
                "questions": [
                    {"question": "Ile?", "answer": "<p>Mało.</p>"},
                    {"question": "Kiedy?", "answer": "<p>Jutro, rano.</p>"},
                ]
            },
        ),
    ),
    (
        "1. Plan: zapisz go.\n2. 18:00: zacznij.",
        (
            "steps",
            {
                "title": "",
                "steps": [
                    {"title": "Plan", "text": "<p>zapisz go.</p>"},
                    {"title": "18:00", "text": "<p>zacznij.</p>"},
                ],
            },
        ),
    ),
    ("@image Regał", ("image", picture(11, "Regał"))),
    ("@gallery Regał | Stół", ("gallery", {"images": [picture(11, "Regał"), picture(12, "Stół")]})),
    (
        "@video https://example.org/film | Film",
        ("video", {"title": "Film", "video": "https://example.org/film"}),
    ),
    ("@document poradnik", ("document", {"document": 21, "title": ""})),
    ("@page ewa", ("page_card", {"page": 7, "text": ""})),
    ("@action Dalej | page:ewa | Zdanie.", ("call_to_action", {**CALL, "page": 7, "url": ""})),
    (
        "@action Dalej | https://example.org/a | Zdanie.",
        ("call_to_action", {**CALL, "page": None, "url": "https://example.org/a"}),
    ),
]


@pytest.mark.parametrize(("text", "block"), BLOCKS, ids=[text[:12] for text, _block in BLOCKS])
def test_each_kind_of_block(text, block):
    assert stream(text) == [block]


def test_every_block_of_the_body_can_be_written():
    assert {kind for _text, (kind, _value) in BLOCKS} == set(BodyBlock().child_blocks)


def test_paragraphs_and_lists_in_a_row_are_one_block_of_text():
    assert stream("Raz.\n\n- a\n- b\n\nDwa.") == [
        ("text", "<p>Raz.</p><ul><li>a</li><li>b</li></ul><p>Dwa.</p>")
    ]


def test_a_line_with_a_mark_ends_the_paragraph_above_it():
    assert [kind for kind, _value in stream("Raz.\n@page ewa\n@page ewa")] == [
        "text",
        "page_card",
        "page_card",
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*lekko*", "<i>lekko</i>"),
        ("**[tu](page:ewa)**", '<b><a linktype="page" id="7">tu</a></b>'),
        (
            '[tu](https://example.org/?a=1&b="2")',
            '<a href="https://example.org/?a=1&amp;b=&quot;2&quot;">tu</a>',
        ),
        ("<script> & </p>", "&lt;script&gt; &amp; &lt;/p&gt;"),
        ("[<b>](mailto:a@example.org)", '<a href="mailto:a@example.org">&lt;b&gt;</a>'),
        ("2 * 2 = 4", "2 * 2 = 4"),
    ],
)
def test_rich_text_is_safe_html(text, html):
    assert stream(text) == [("text", f"<p>{html}</p>")]


@pytest.mark.parametrize(
    "text",
    [
        "##Nagłówek",
        "#### Za głęboko",
        "! Rada bez eksperta",
        "! Rada — Ewa Regał",
        "? Pytanie bez odpowiedzi",
        "1. Krok bez dwukropka",
        "@obraz Regał",
        "@gallery Regał",
        "@video https://example.org/film",
        "@page",
        "@action Dalej | page:ewa",
        "@action Dalej | http://example.org | Zdanie.",
        "[tu](javascript:alert(1))",
        "[tu](/strona)",
        "niedomknięte **pogrubienie",
    ],
)
def test_a_mistake_names_its_file_and_line(text):
    with pytest.raises(ContentError) as error:
        stream(f"Dobry akapit.\n\n{text}")
    assert str(error.value).startswith("plik.toml, line 3 of the body: ")


def test_ids_of_blocks_are_unique_and_the_same_each_time():
    blocks = markup.parse("? A?\nB.\n? C?\nD.\n\n## E", "plik.toml")
    first, second = (markup.stream(blocks, NUMBERS.__getitem__) for _each in range(2))
    ids = [block["id"] for block in first] + [item["id"] for item in first[0]["value"]["questions"]]
    assert first == second
    assert len(set(ids)) == 4
