"""Paths of pages as readers and frontends know them: "/" is the home page, each ends in a slash."""

from django.conf import settings
from wagtail.models import Page, Site

LONGEST_PATH = 1000


def path_of(page: Page) -> str:
    """The page's path below the one site, without a query: the first segment of `url_path` is the
    home page's own slug.
    """
    return path_from(page.url_path)


def path_from(url_path: str) -> str:
    return "/" + url_path.split("/", 2)[2]


def absolute(url: str) -> str:
    """The URL of a page or file, for readers on another host than the hub's; one that is absolute
    already (files in S3) stays.
    """
    # Not urljoin(): lists have hundreds of pictures.
    hub: str = settings.WAGTAILADMIN_BASE_URL
    return f"{hub.rstrip('/')}{url}" if url.startswith("/") else url


def canonical(path: str) -> str:
    """The one absolute URL that a page is known by: on the frontend where there is one."""
    site: str = settings.FRONTEND_URL or settings.WAGTAILADMIN_BASE_URL
    return f"{site.rstrip('/')}{path}"


def url_path_of(path: str) -> str | None:
    """The `url_path` to look up, or None for what cannot be a path; leading and trailing slashes
    may be missing.
    """
    if len(path) > LONGEST_PATH or "\x00" in path:
        return None
    roots = Site.get_site_root_paths()
    if not roots:
        return None
    inner = path.split("?")[0].split("#")[0].strip("/")
    return roots[0].root_path + (f"{inner}/" if inner else "")
