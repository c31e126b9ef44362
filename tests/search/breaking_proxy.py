"""A TCP proxy in front of a real server that breaks on demand."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

CHUNK = 65536
# Closes with RST in place of FIN: what the kernel sends for a process that died.
RESET = struct.pack("ii", 1, 0)
# Between the bytes of an answer that drips: less than any time-out of a socket.
DRIP_SECONDS = 0.2


def answer(status: str, body: bytes) -> bytes:
    headers = (
        f"HTTP/1.1 {status}\r\nX-Elastic-Product: Elasticsearch\r\nConnection: close\r\n"
        f"Content-Type: application/vnd.elasticsearch+json; compatible-with=8\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return headers.encode() + body


class BreakingProxy:
    """Passes everything on until it is told to break; what it then does, it does to the requests
    on open connections too."""

    def __init__(self, upstream: str) -> None:
        address = urlsplit(upstream)
        self.upstream = (address.hostname, address.port)
        self.break_with: Callable[[socket.socket, bytes], None] | None = None
        self.requests: list[bytes] = []
        self.connections = 0
        self.stopped = threading.Event()
        self.open: set[socket.socket] = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self.listener.accept()
                self.connections += 1
                self.open.add(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), client, socket.create_connection(self.upstream) as server:
            threading.Thread(target=self._copy, args=(server, client), daemon=True).start()
            while data := client.recv(CHUNK):
                self.requests.append(data)
                if self.break_with is not None:
                    self.break_with(client, data)
                    return
                server.sendall(data)

    def _copy(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(CHUNK):
                client.sendall(data)

    def mend(self) -> None:
        self.break_with = None

    def refuse(self) -> None:
        """Nothing listens any more."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for client in self.open:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        """Accepts, and never answers."""
        self.break_with = lambda _client, _data: self.stopped.wait() and None

    def drip(self) -> None:
        """Answers byte after byte, slowly."""

        def drip(client: socket.socket, _data: bytes) -> None:
            for byte in answer("200 OK", b" " * 1000):
                client.sendall(bytes([byte]))
                if self.stopped.wait(DRIP_SECONDS):
                    return

        self.break_with = drip

    def answer(self, status: str, body: bytes) -> None:
        self.break_with = lambda client, _data: client.sendall(answer(status, body))

    def reset(self) -> None:
        """The connection is lost after the request."""

        def reset(client: socket.socket, _data: bytes) -> None:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            client.close()

        self.break_with = reset

    def close(self) -> None:
        self.stopped.set()
        with suppress(OSError):
            self.refuse()


@contextmanager
def breaking_proxy(upstream: str) -> Iterator[BreakingProxy]:
    proxy = BreakingProxy(upstream)
    try:
        yield proxy
    finally:
        proxy.close()
