"""Players of other sites that a page may open after a click, and the addresses that are theirs."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

YOUTUBE, VIMEO = "https://www.youtube-nocookie.com", "https://player.vimeo.com"
# What the Content-Security-Policy has to allow as frame-src, and nothing else.
EMBED_ORIGINS = (YOUTUBE, VIMEO)
YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_ID = re.compile(r"[0-9]{1,12}")
VIMEO_HASH = re.compile(r"[0-9a-f]{6,20}")


@dataclass(frozen=True)
class Embed:
    """`url` is the player's address, `site` the name of who shows the film."""

    url: str
    site: str


def embed_of(address: str) -> Embed | None:
    """None for an address that is of neither site, and so is linked to."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    segments = [each for each in parts.path.split("/") if each]
    query = parse_qs(parts.query)
    if host in YOUTUBE_HOSTS or host == "youtu.be":
        return youtube(host, segments, query)
    if host in VIMEO_HOSTS:
        return vimeo(segments, query)
    return None


def youtube(host: str, segments: list[str], query: dict[str, list[str]]) -> Embed | None:
    found = ""
    if host == "youtu.be" and segments:
        found = segments[0]
    elif segments == ["watch"]:
        found = query.get("v", [""])[0]
    elif len(segments) == 2 and segments[0] in {"embed", "live", "shorts", "v"}:
        found = segments[1]
    return Embed(f"{YOUTUBE}/embed/{found}", "YouTube") if YOUTUBE_ID.fullmatch(found) else None


def vimeo(segments: list[str], query: dict[str, list[str]]) -> Embed | None:
    if segments[:1] == ["video"]:
        segments = segments[1:]
    if not segments or len(segments) > 2 or not VIMEO_ID.fullmatch(segments[0]):
        return None
    # A film that is not listed has a secret beside its number.
    secret = segments[1] if len(segments) == 2 else query.get("h", [""])[0]
    if secret and not VIMEO_HASH.fullmatch(secret):
        return None
    return Embed(f"{VIMEO}/video/{segments[0]}?dnt=1" + (f"&h={secret}" if secret else ""), "Vimeo")
