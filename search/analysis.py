"""What is indexed of a text. The same for every backend, so that their results agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from search import morphology
from search.morphology import lemmas
from search.tokens import fold, tokens

# Raise the number whenever these rules change: entries of another analyser are to be indexed anew.
ANALYSER = f"hub-3 {morphology.NAME}"
# Beyond it a text is cut: the longest transcript has 400,000 characters.
LONGEST_TEXT = 500_000
NAMES = ("title", "topics")
FIELDS = (*NAMES, "body")
# As many times a word counts. Whole numbers: Elasticsearch is given the text so often.
WEIGHTS = {"title": 3, "topics": 2, "body": 1}


@dataclass(frozen=True)
class AnalysedText:
    """Base forms and folded forms of a text, each in its order, separated by spaces."""

    lemmas: str
    forms: str


def analyse(text: str) -> AnalysedText:
    lemmas_of_text: list[str] = []
    forms_of_text: list[str] = []
    for token in tokens(text[:LONGEST_TEXT]):
        readings = dict.fromkeys(lemma for form in token.forms for lemma in lemmas(form))
        lemmas_of_text.extend(readings)
        forms_of_text.extend(map(fold, token.forms))
    return AnalysedText(" ".join(lemmas_of_text), " ".join(forms_of_text))


def readings(text: str) -> Iterator[tuple[str, str]]:
    """Each form of a text, in lower case, with each of its base forms."""
    for token in tokens(text[:LONGEST_TEXT]):
        for form in token.forms:
            for lemma in lemmas(form):
                yield form.lower(), lemma
