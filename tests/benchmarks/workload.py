"""Which requests each side gets: the same operation about the same twenty things."""

import json
from pathlib import Path
from typing import Any

from cms.api.operations import operations
from tests.benchmarks.content import ARTICLES_OF_A_MONTH, Content

OPERATIONS = ("MonthList", "MonthDetail", "ArticleDetail")
THINGS = 20
SAME_SELECTION = Path(__file__).parent / "operations"

# A request body for each thing, by operation.
Workload = dict[str, list[bytes]]


def hub(source: Content) -> Workload:
    """The hub's own operations, as a frontend sends them; they select more than the peer's."""
    return of_hub(source, {name: operations()[name].text for name in OPERATIONS})


def hub_same_selection(source: Content) -> Workload:
    texts = {name: (SAME_SELECTION / f"{name}.graphql").read_text() for name in OPERATIONS}
    return of_hub(source, texts)


def of_hub(source: Content, texts: dict[str, str]) -> Workload:
    variables: dict[str, list[dict[str, Any]]] = {
        "MonthList": [{}],
        "MonthDetail": [
            {"series": f"seria-{each['series'] + 1}", "year": each["year"], "month": each["month"]}
            for each in months(source)
        ],
        "ArticleDetail": [{"path": article_path(source, each)} for each in articles(source)],
    }
    return {name: bodies(texts[name], variables[name]) for name in OPERATIONS}


def peer(source: Content, folder: Path) -> Workload:
    variables: dict[str, list[dict[str, Any]]] = {
        "MonthList": [{}],
        "MonthDetail": [{"p": month_path(source, each)} for each in months(source)],
        "ArticleDetail": [{"p": article_path(source, each)} for each in articles(source)],
    }
    texts = {name: (folder / "operations" / f"{name}.graphql").read_text() for name in OPERATIONS}
    return {name: bodies(texts[name], variables[name]) for name in OPERATIONS}


def bodies(text: str, variables: list[dict[str, Any]]) -> list[bytes]:
    return [json.dumps({"query": text, "variables": each}).encode() for each in variables]


def months(source: Content) -> list[dict[str, Any]]:
    return source["months"][-THINGS:]


def articles(source: Content) -> list[dict[str, Any]]:
    """One of each of the months."""
    return source["articles"][-THINGS * ARTICLES_OF_A_MONTH :: ARTICLES_OF_A_MONTH]


def month_path(source: Content, month: dict[str, Any]) -> str:
    return f"/{source['series'][month['series']]['slug']}/{month['slug']}/"


def article_path(source: Content, article: dict[str, Any]) -> str:
    return f"{month_path(source, source['months'][article['month']])}{article['slug']}/"
