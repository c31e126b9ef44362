"""`python -m tests.benchmarks [--peer FOLDER]`: docs/benchmarks.md."""

import argparse
import os
import statistics
import sys
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import content, load, servers, workload

# At least so many times the requests per second of stock grapple, without a cache, on PostgreSQL:
# what the hub promises (docs/benchmarks.md).
REQUIRED = {"MonthList": 3.0, "MonthDetail": 2.5, "ArticleDetail": 1.5}
CLIENTS = 8
WORK = servers.ROOT / "var" / "benchmarks"


@dataclass(frozen=True)
class Target:
    """A project with the requests that it gets."""

    name: str
    project: servers.Project
    work: workload.Workload


@dataclass(frozen=True)
class Row:
    """Medians of one operation at one target."""

    operation: str
    target: str
    sql: int
    per_second: float
    median: float
    ratio: float | None


def main() -> int:
    options = arguments()
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        sys.exit("Set DATABASE_URL to a PostgreSQL server (make services-up starts one).")
    source = content.load(options.peer)
    targets = prepare(server, options, source)
    try:
        rows = compare(targets, options.rounds, options.seconds)
    finally:
        if not options.keep:
            for name in {each.project.database for each in targets}:
                servers.drop_database(server, name)
    sys.stdout.write(table(rows))
    short = too_slow(rows)
    sys.stdout.write("".join(f"Too slow: {each}\n" for each in short))
    return 1 if short else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--peer", type=Path, help="folder of stock grapple, to compare with")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each target")
    parser.add_argument("--seconds", type=int, default=4, help="length of one measurement")
    parser.add_argument("--keep", action="store_true", help="keep the databases for the next run")
    options = parser.parse_args()
    if options.peer is not None and not (options.peer / "content.py").is_file():
        parser.error(f"{options.peer} holds no stock grapple: there is no content.py.")
    return options


def prepare(server: str, options: argparse.Namespace, source: content.Content) -> list[Target]:
    hub = servers.hub(server)
    if servers.make_database(server, hub.database, keep=options.keep):
        hub.run("manage.py", "migrate", "--verbosity", "0")
        hub.run("-m", "tests.benchmarks.fill", *([str(options.peer)] if options.peer else []))
    targets = [
        Target("hub", hub, workload.hub(source)),
        Target("hub, peer's selection", hub, workload.hub_same_selection(source)),
    ]
    if options.peer is None:
        return targets
    peer = servers.stock_grapple(server, options.peer, WORK)
    if servers.make_database(server, peer.database, keep=options.keep):
        peer.run("fill.py")
    return [*targets, Target("stock grapple", peer, workload.peer(source, options.peer))]


def compare(targets: list[Target], rounds: int, seconds: int) -> list[Row]:
    """Targets take turns within one run, so that what else the machine does meets all of them."""
    counts = {
        (name, each.name): max(each.project.count_sql(each.work[name]))
        for each in targets
        for name in workload.OPERATIONS
    }
    rates: dict[tuple[str, str], list[float]] = defaultdict(list)
    latencies: dict[tuple[str, str], list[float]] = defaultdict(list)
    with ExitStack() as running:
        ports = {
            project.name: running.enter_context(project.serve())
            for project in {each.project.name: each.project for each in targets}.values()
        }
        for turn in range(rounds + 1):
            for name in workload.OPERATIONS:
                for each in targets:
                    port, bodies = ports[each.project.name], each.work[name]
                    many = load.measure(port, bodies, clients=CLIENTS, seconds=seconds)
                    one = load.measure(port, bodies, clients=1, seconds=max(1, seconds // 2))
                    if turn:  # the first turn warms up
                        rates[name, each.name].append(many.per_second)
                        latencies[name, each.name].append(one.median)
    medians = {key: statistics.median(values) for key, values in rates.items()}
    return [
        Row(
            operation=name,
            target=each.name,
            sql=counts[name, each.name],
            per_second=medians[name, each.name],
            median=statistics.median(latencies[name, each.name]),
            ratio=ratio(medians, name, each.name),
        )
        for name in workload.OPERATIONS
        for each in targets
    ]


def ratio(medians: dict[tuple[str, str], float], operation: str, target: str) -> float | None:
    baseline = medians.get((operation, "stock grapple"))
    return medians[operation, target] / baseline if baseline else None


def table(rows: list[Row]) -> str:
    lines = [
        f"| operation | target | SQL | requests/s, {CLIENTS} clients | p50 ms, 1 client | ratio |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for row in rows:
        times = "–" if row.ratio is None else f"{row.ratio:.2f}"
        figures = f"{row.sql} | {row.per_second:.0f} | {row.median:.1f} | {times}"
        lines.append(f"| {row.operation} | {row.target} | {figures} |")
    return "\n".join(lines) + "\n"


def too_slow(rows: list[Row]) -> list[str]:
    return [
        f"{row.operation} does {row.ratio:.2f} times the requests of stock grapple; "
        f"at least {REQUIRED[row.operation]} are required."
        for row in rows
        if row.target == "hub" and row.ratio is not None and row.ratio < REQUIRED[row.operation]
    ]


if __name__ == "__main__":
    sys.exit(main())
