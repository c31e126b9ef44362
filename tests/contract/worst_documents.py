"""The documents that cost most to analyse, by what they abuse; each is near the limit on tokens,
and how long something takes with one.
"""

import time
from collections.abc import Callable

TOKENS = 1_450


def seconds(call: Callable[[str], object], text: str) -> float:
    """The best of five, in the thread's own time: other processes of the machine do not count."""
    times = []
    for _ in range(5):
        start = time.thread_time()
        call(text)
        times.append(time.thread_time() - start)
    return min(times)


def repeated(part: str, tokens: int) -> str:
    return " ".join([part] * (TOKENS // tokens))


def fragments(count: int, body: str) -> str:
    """Fragments F0 … on Query; `body` may name the next one as {next}."""
    return " ".join(
        f"fragment F{n} on Query {body.replace('{next}', f'F{n + 1}')}" for n in range(count)
    )


def nested(part: str, depth: int) -> str:
    return f"{part} {{ " * depth + "title" + " }" * depth


def doubled(depth: int) -> str:
    """Two fields of one name in each of two fields of one name, and so on."""
    inner = "title"
    for _ in range(depth):
        inner = f"mainSeries {{ {inner} }} mainSeries {{ {inner} }}"
    return inner


FAN_OUT = "{ ...{next} ...{next} ...{next} ...{next} ...{next} ...{next} }"

WORST = {
    "field duplication": "{ " + repeated("__typename", 1) + " }",
    "duplicates below a field": "{ settings { " + repeated("motto", 1) + " } }",
    "duplicates within the limit": "{ settings { " + "motto " * 89 + "} }",
    "duplicates of duplicates": "{ settings { " + doubled(8) + " } }",
    "aliases": "{ " + " ".join(f"a{n}: topics {{ id }}" for n in range(TOKENS // 6)) + " }",
    "directives": "{ __typename " + "@skip(if: false) " * (TOKENS // 7) + "}",
    "unknown directives": "{ __typename " + "@a " * (TOKENS // 2) + "}",
    "depth": "{ " + nested("parent", 600) + " }",
    "depth of arguments": "{ a(b: " + "[" * 900 + "]" * 900 + ") }",
    "inline fragments": "{ " + "... { " * 480 + "__typename" + " }" * 480 + " }",
    "cycle": "{ ...F0 } fragment F0 on Query { ...F0 }",
    "cycle with fields": "{ ...F0 } fragment F0 on Query { a { ...F0 } b { ...F0 } }",
    "long cycle": "{ ...F0 } "
    + fragments(39, "{ settings { motto } ...{next} ...F0 }")
    + " fragment F39 on Query { ...F0 }",
    "cycles everywhere": "{ ...F0 } "
    + fragments(
        20,
        "{ "
        + " ".join(f"...F{n}" for n in range(20))
        + " a { "
        + " ".join(f"...F{n}" for n in range(20))
        + " } }",
    ),
    "exponential fan-out": "{ ...F0 } "
    + fragments(38, FAN_OUT)
    + " fragment F38 on Query { __typename }",
    "exponential fan-out with fields": "{ ...F0 } "
    + fragments(15, "{ a: settings { ...G } ...{next} ...{next} }")
    + " fragment F15 on Query { __typename } fragment G on SiteSettings { motto }",
    "long chain": "{ ...F0 } "
    + fragments(300, "{ ...{next} }")
    + " fragment F300 on Query { __typename }",
    "chain within the limit": "{ ...F0 } "
    + fragments(38, "{ ...{next} }")
    + " fragment F38 on Query { __typename }",
    "fragments side by side": "{ "
    + " ".join(f"...F{n}" for n in range(39))
    + " } "
    + fragments(39, "{ settings { motto motto } menus { key key } }"),
    "fragments side by side below a field": "{ settings { "
    + " ".join(f"...F{n}" for n in range(39))
    + " } }"
    + " ".join(f"fragment F{n} on SiteSettings {{ a: mainSeries {{ title }} }}" for n in range(39)),
    "fan-out below the limit on fields": "{ settings { ...F0 } } "
    + " ".join(
        f"fragment F{n} on SiteSettings {{ ...F{n + 1} mainSeries {{ ...S{n} }} }}"
        f" fragment S{n} on Series {{ title continues {{ ...S{n + 1} }} }}"
        for n in range(12)
    )
    + " fragment F12 on SiteSettings { motto } fragment S12 on Series { title }",
    "operations with the same fragments": " ".join(f"query Q{n} {{ ...F0 }}" for n in range(10))
    + fragments(38, "{ ...{next} }")
    + " fragment F38 on Query { __typename }",
    "operations": " ".join(f"query Q{n} {{ ...F0 }}" for n in range(300))
    + " fragment F0 on Query { __typename }",
    "unknown fields": "{ " + " ".join(f"topicz{n}" for n in range(TOKENS)) + " }",
    "unknown types": " ".join(f"fragment F{n} on Articel{n} {{ id }}" for n in range(60)),
    "unknown variables": "query ("
    + " ".join(f"$v{n}: Strin" for n in range(400))
    + ") { __typename }",
    "variables": "query (" + " ".join(f"$v{n}: Int" for n in range(380)) + ") { __typename }",
    "huge number": "{ thematicMonths(first: " + "9" * 19_000 + ") { totalCount } }",
    "unclosed strings": "{ a(b: " + '"\\"' * 6_000 + " }",
    "unclosed block strings": "{ a(b: " + '"""a' * 4_901 + " }",
    "comments": "{ __typename } #" + "#" * 19_000,
    "commas": "{ __typename" + "," * 19_000 + " }",
    "tokens": "{ " * 9_900,
    "introspection in circles": "{ __schema { "
    + "types { fields { type { " * 10
    + "name"
    + " } } }" * 10
    + " } }",
    "introspection twenty times": "{ __schema { "
    + " ".join(f"a{n}: types {{ fields {{ args {{ type {{ name }} }} }} }}" for n in range(55))
    + " } }",
    "lists in lists": "{ thematicMonths(first: 100) "
    + "{ nodes { series { months(first: 100) " * 4
    + "{ nodes { id } }"
    + " } } }" * 4
    + " }",
}
