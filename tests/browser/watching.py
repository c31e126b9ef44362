"""Notes what a page complains of, and whom it asks."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    def __init__(self, page: Page, home: str) -> None:
        self.complaints: list[str] = []
        self.other_hosts: set[str] = set()
        self.host = urlsplit(home).netloc
        page.on("console", self.note_message)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self.note_request)

    def note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location['url']})")

    def note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        # `data:` and `blob:` addresses have no host.
        if address.netloc not in ("", self.host):
            self.other_hosts.add(address.netloc)
