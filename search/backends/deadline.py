"""Ends a request to the search server in time whatever the server does: the time-out of a socket
starts anew with each byte, and looking up a name has none."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from elastic_transport import ConnectionTimeout, Urllib3HttpNode

# Requests of this process that may be under way at once, those that nobody waits for included.
MOST_REQUESTS = 32
_slots = threading.BoundedSemaphore(MOST_REQUESTS)

Result = TypeVar("Result")


def within(seconds: float, function: Callable[[], Result]) -> Result:
    """What the function returns or raises; ConnectionTimeout when that takes too long. It then goes
    on in its thread, unheard."""
    slots = _slots
    if not slots.acquire(blocking=False):
        raise ConnectionTimeout(f"{MOST_REQUESTS} requests have not been answered yet.")
    future: Future[Result] = Future()

    def work() -> None:
        try:
            future.set_result(function())
        except BaseException as error:  # noqa: BLE001  (raised where the result is waited for)
            future.set_exception(error)
        finally:
            slots.release()

    try:
        threading.Thread(target=work, name="search-server", daemon=True).start()
    except RuntimeError as error:
        # The machine has no more threads.
        slots.release()
        raise ConnectionTimeout("No thread to ask in.") from error
    try:
        return future.result(timeout=seconds)
    except TimeoutError:
        raise ConnectionTimeout(f"No whole answer within {seconds} s.") from None


class DeadlineNode(Urllib3HttpNode):
    """A server whose answer is there as a whole in time, or not at all."""

    def perform_request(self, *args: Any, **options: Any) -> Any:
        seconds = options.get("request_timeout")
        ask = super().perform_request
        if not isinstance(seconds, int | float):
            return ask(*args, **options)
        return within(seconds, lambda: ask(*args, **options))
