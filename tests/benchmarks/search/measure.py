"""`python -m tests.benchmarks.search.measure SIZE…`: fills the archive that the environment names
and prints a JSON object for each size."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (after the setup)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from graphql import FieldNode, parse, print_ast, visit  # noqa: E402
from graphql.language import REMOVE, Visitor  # noqa: E402

from cms.api.operations import operations  # noqa: E402
from search.backends import backend_for, search_server  # noqa: E402
from tests.benchmarks.search.fill import Filler  # noqa: E402
from tests.benchmarks.search.texts import prefixes, queries  # noqa: E402

ROUNDS = 5
MIB = 1024 * 1024


class WithoutPages(Visitor):
    """There are none to show; all else of a hit comes from the archive."""

    def enter_field(self, node: FieldNode, *_args: Any) -> Any:
        return REMOVE if node.name.value == "page" else None


def body(operation: str, **variables: str) -> str:
    text = print_ast(visit(parse(operations()[operation].text), WithoutPages()))
    # What is no longer used is an error.
    text = text.split("\nfragment ")[0]
    return json.dumps({"query": text, "variables": variables})


def ask(client: Client, request: str) -> float:
    """Milliseconds, of the whole request within the process."""
    answer, took = post(client, request)
    if answer.status_code != 200 or "errors" in (found := answer.json()):
        sys.exit(f"{answer.status_code}: {answer.content[:2000].decode()}")
    if found["data"].get("archive", {}).get("degraded"):
        sys.exit("The search server did not answer in time.")
    return took


def post(client: Client, request: str) -> tuple[Any, float]:
    began = time.perf_counter()
    answer = client.post("/graphql/", request, content_type="application/json")
    return answer, (time.perf_counter() - began) * 1000


def measure(operation: str, requests: list[str]) -> dict[str, float]:
    """After a round that warms up, in which the server may be too slow."""
    client = Client(SERVER_NAME="127.0.0.1")
    for request in requests:
        post(client, request)
    times, of_backend = [], []
    with server_times() as took:
        for request in requests * ROUNDS:
            took.clear()
            times.append(ask(client, request))
            # A search may ask twice.
            of_backend.append(sum(took))
    return {
        f"{operation}_p50_ms": percentile(times, 50),
        f"{operation}_p95_ms": percentile(times, 95),
        f"{operation}_server_p95_ms": percentile(of_backend, 95),
    }


@contextmanager
def server_times() -> Iterator[list[float]]:
    """Milliseconds that the search server says it took for each of its answers; of a database,
    those of its backend.
    """
    found: list[float] = []
    server = search_server()
    if server is None:
        with backend_times(found):
            yield found
        return
    transport = server.reading.transport
    perform = transport.perform_request

    def timed(*args: Any, **options: Any) -> Any:
        answer = perform(*args, **options)
        if isinstance(answer.body, dict) and "took" in answer.body:
            found.append(answer.body["took"])
        return answer

    transport.perform_request = timed
    try:
        yield found
    finally:
        del transport.perform_request


@contextmanager
def backend_times(found: list[float]) -> Iterator[None]:
    backend = type(backend_for())
    perform = backend.search

    def timed(*args: Any) -> Any:
        began = time.perf_counter()
        answer = perform(*args)
        found.append((time.perf_counter() - began) * 1000)
        return answer

    backend.search = timed
    try:
        yield
    finally:
        backend.search = perform


def percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def index_bytes() -> int:
    """Of the search server's index; else of the whole database, where the index is not apart."""
    server = search_server()
    if server is not None:
        stats = server.writing.indices.stats(index=server.alias)
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])
    sql = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if connection.vendor == "sqlite"
        else "SELECT pg_database_size(current_database())"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def main(sizes: list[int]) -> None:
    call_command("migrate", verbosity=0)
    filler = Filler()
    for size in sizes:
        began = time.perf_counter()
        filler.grow(size)
        row = {
            "backend": backend_for().name,
            "entries": size,
            "index_s": filler.index_seconds,
            "fill_s": time.perf_counter() - began,
            "size_mib": index_bytes() / MIB,
            **measure("query", [body("ArchiveSearch", query=text) for text in queries()]),
            **measure("suggest", [body("ArchiveSuggestions", prefix=text) for text in prefixes()]),
            "memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        sys.stdout.write(json.dumps(row) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
