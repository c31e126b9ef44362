"""What docs/frontend.md promises: its commands run, its snippets are those of the example, its
queries are answered, and the types that come out of the schema hold under `strict`.
"""

import datetime
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from graphql import parse, validate

from cms.api.operations import is_trusted, operations
from cms.api.schema import schema
from home.models import SiteSettings
from tests.contract.operations import send
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    HubImageFactory,
    SeriesFactory,
    ThematicMonthFactory,
    WebinarFactory,
    body,
)
from thematic_months.models import Invitation

ROOT = Path(settings.BASE_DIR)
EXAMPLE = ROOT / "examples" / "typescript"
KINDS = Path(__file__).parent / "client" / "kinds.ts"
DOCUMENT = (ROOT / "docs" / "frontend.md").read_text()
# Nothing but the lock file's packages, and none of their scripts.
NPM = {"npm_config_audit": "false", "npm_config_fund": "false", "npm_config_ignore_scripts": "true"}
PATIENCE = 180


def snippets(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)


def commands() -> list[str]:
    """Those that the document gives for the example."""
    [block] = [each for each in snippets("sh") if "npm ci" in each]
    first, *rest = block.splitlines()
    assert first == "cd examples/typescript"
    return rest


def run(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = command.split()
    return subprocess.run(  # noqa: S603  (the document's own commands)
        [shutil.which(program), *arguments],
        cwd=folder,
        env={**os.environ, **NPM, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    """A copy of the example beside a copy of the contract, after all commands but the last."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("Needs Node and npm (Debian: apt-get install nodejs npm).")
    root = tmp_path_factory.mktemp("frontend")
    folder = root / "examples" / "typescript"
    made = shutil.ignore_patterns("node_modules", "build", "generated")
    shutil.copytree(EXAMPLE, folder, ignore=made)
    shutil.copytree(ROOT / "graphql", root / "graphql")
    for command in commands()[:-1]:
        done = run(command, folder)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return folder


@pytest.fixture
def page(example, live_server, settings):
    """Writes the page from the live server, and gives its HTML."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url

    def write() -> str:
        done = run(commands()[-1], example, HUB_URL=live_server.url)
        assert done.returncode == 0, done.stderr
        return (example / "build" / "index.html").read_text()

    return write


def make_month(**fields):
    """The main series' month that it is now."""
    series = SeriesFactory(slug="12-miesiecy")
    with transaction.atomic():
        chosen = SiteSettings.load()
        chosen.main_series = series
        chosen.save()
    now = timezone.localdate()
    date = {"year": now.year, "month": now.month}
    return ThematicMonthFactory(
        parent=series, slug="senior", title="Senior w sieci", **date, **fields
    )


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', html)


@pytest.mark.slow
def test_page_has_the_current_month_with_all_that_belongs_to_it(page, live_server, client):
    expert = ExpertFactory(title="Anna Nowak", slug="anna-nowak")
    month = make_month(
        lead="Jak uczyć & nie nudzić.",
        cover=HubImageFactory(description="Czytelnia", file__width=1600, file__height=900),
        body=body("Pierwszy akapit."),
        experts=[{"expert": expert, "invitation": Invitation.CONFIRMED}],
    )
    ArticleFactory(parent=month, slug="tablet", title="Tablet <krok> po kroku")
    WebinarFactory(
        parent=month,
        slug="webinar",
        title="Rozmowa",
        starts=datetime.datetime(2026, 1, 12, 17, tzinfo=datetime.UTC),
    )
    html = page()
    assert '<html lang="pl">' in html
    assert "<title>Senior w sieci</title>" in html
    assert re.findall("<h1>(.*?)</h1>", html) == ["Senior w sieci"]
    assert '<p class="lead">Jak uczyć &#38; nie nudzić.</p>' in html
    assert "<p>Pierwszy akapit.</p>" in html
    [(src, srcset, alt)] = re.findall('<img src="(.*?)" srcset="(.*?)" .* alt="(.*?)">', html)
    assert client.get(src.removeprefix(live_server.url))["Content-Type"] == "image/webp"
    assert [each.split()[1] for each in srcset.split(", ")] == ["800w", "1600w"]
    assert alt == "Czytelnia"
    assert links(html) == [
        (f"{live_server.url}/eksperci/anna-nowak/", "Anna Nowak"),
        (f"{live_server.url}/12-miesiecy/senior/tablet/", "Tablet &#60;krok&#62; po kroku"),
        (f"{live_server.url}/12-miesiecy/senior/webinar/", "Rozmowa"),
    ]
    # In Warsaw it is an hour later than in UTC.
    assert "12 stycznia 2026 18:00</time> (zakończony)" in html


@pytest.mark.slow
def test_page_in_a_gap_says_so(page, home):
    assert "W tym miesiącu nie ma miesiąca tematycznego." in page()


@pytest.mark.slow
def test_page_of_a_locked_month_does_not_break(page):
    make_month(audience="MEMBERS", body=body("Dla członków."))
    html = page()
    assert "Ten tekst przeczytają członkowie sieci po zalogowaniu." in html
    assert "Dla członków." not in html


@pytest.mark.slow
def test_hub_that_takes_trusted_operations_alone_answers_the_example(page, settings):
    settings.GRAPHQL_TRUSTED_ONLY = True
    make_month(body=body("Pierwszy akapit."))
    assert "<p>Pierwszy akapit.</p>" in page()


@pytest.mark.slow
def test_every_generated_operation_is_trusted(example):
    script = "import * as all from './build/generated/graphql.js'; console.log(JSON.stringify(all))"
    (example / "texts.mjs").write_text(script)
    done = run("node texts.mjs", example)
    texts = {
        name.removesuffix("Document"): text
        for name, text in json.loads(done.stdout).items()
        if name.endswith("Document")
    }
    assert set(texts) == set(operations())
    assert [name for name, text in texts.items() if not is_trusted(text)] == []


@pytest.mark.slow
def test_types_of_every_kind_of_result_compile_under_strict(example):
    shutil.copy(KINDS, example / "src")
    done = run("npm run --silent check", example)
    assert (done.returncode, done.stdout) == (0, "")
    assert '"strict": true' in (example / "tsconfig.json").read_text()


@pytest.mark.parametrize(
    "path", [*sorted(EXAMPLE.glob("src/*.ts")), KINDS], ids=lambda path: path.name
)
def test_code_takes_no_way_around_the_types(path):
    code = re.sub("//.*", "", path.read_text())
    cast = r"\bas [A-Za-z{]|\bany\b|[\w\])]!(?!=)|@ts-ignore|@ts-nocheck"
    assert re.findall(cast, code) == []


def test_snippets_of_typescript_are_those_of_the_example():
    sources = [path.read_text() for path in EXAMPLE.glob("src/*.ts")]
    found = [any(snippet in source for source in sources) for snippet in snippets("ts")]
    assert found == [True] * 3


@pytest.mark.parametrize(
    "query", snippets("graphql"), ids=lambda query: re.findall(r"\w+", query)[1]
)
def test_query_of_the_document_is_answered(client, db, query):
    make_month()
    ExpertFactory(slug="anna-nowak")
    assert validate(schema.graphql_schema, parse(query)) == []
    answer = send(client, query).json()
    assert "errors" not in answer
    assert None not in answer["data"].values()
