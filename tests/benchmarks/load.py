"""Sends requests for some seconds and measures: with `wrk` where it is installed (Debian: apt-get
install wrk), else with threads of this process, whose own work then takes from both sides alike and
makes the ratios smaller than they are.
"""

import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field

HEADERS = {"Content-Type": "application/json", "Accept": "application/json"}
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
WRK = shutil.which("wrk")


class FailedRequests(Exception):
    """Something answered with an error, so there is nothing to compare."""


@dataclass(frozen=True)
class Measure:
    """What one target did in some seconds. `median` is in milliseconds."""

    per_second: float
    median: float


def measure(port: int, bodies: list[bytes], *, clients: int, seconds: float) -> Measure:
    run = with_wrk if WRK else with_threads
    return run(port, bodies, clients, seconds)


def with_wrk(port: int, bodies: list[bytes], clients: int, seconds: float) -> Measure:
    texts = ",\n".join(f"[==[{body.decode()}]==]" for body in bodies)
    headers = "".join(f'wrk.headers["{name}"] = "{value}"\n' for name, value in HEADERS.items())
    script = (
        f'wrk.method = "POST"\n{headers}local bodies = {{\n{texts}\n}}\nlocal turn = 0\n'
        "function request()\n  turn = turn + 1\n"
        "  return wrk.format(nil, nil, nil, bodies[(turn - 1) % #bodies + 1])\nend\n"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        connections = f"-t 1 -c {clients} -d {round(seconds)}s --timeout 30s --latency"
        address = f"http://127.0.0.1:{port}/graphql/"
        printed = subprocess.run(  # noqa: S603
            [WRK or "", *connections.split(), "-s", file.name, address],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    if "Non-2xx" in printed or "Socket errors" in printed:
        raise FailedRequests(printed)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    middle = re.search(r"50%\s+([\d.]+)(us|ms|s)", printed)
    if rate is None or middle is None:
        raise FailedRequests(printed)
    return Measure(float(rate[1]), float(middle[1]) * MILLISECONDS[middle[2]])


@dataclass
class Client:
    """One connection that sends a request as soon as the last one is answered."""

    port: int
    bodies: list[bytes]
    until: float
    latencies: list[float] = field(default_factory=list)
    failure: str = ""

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while time.perf_counter() < self.until and not self.failure:
            began = time.perf_counter()
            body = self.bodies[len(self.latencies) % len(self.bodies)]
            connection.request("POST", "/graphql/", body, HEADERS)
            response = connection.getresponse()
            answer = response.read()
            self.latencies.append(time.perf_counter() - began)
            if response.status != 200:
                self.failure = answer[:500].decode(errors="replace")
        connection.close()


def with_threads(port: int, bodies: list[bytes], clients: int, seconds: float) -> Measure:
    began = time.perf_counter()
    senders = [Client(port, bodies, began + seconds) for _ in range(clients)]
    threads = [threading.Thread(target=each.run) for each in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in senders:
        if each.failure:
            raise FailedRequests(each.failure)
    latencies = [each for sender in senders for each in sender.latencies]
    elapsed = time.perf_counter() - began
    return Measure(len(latencies) / elapsed, statistics.median(latencies) * 1000)
