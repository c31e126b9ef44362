"""Paths of all pages, suggestions, and who asks."""

import datetime

from django.test import Client

from tests.contract.operations import send
from tests.factories import (
    ArticleFactory,
    ExpertFactory,
    MemberFactory,
    SeriesFactory,
    StandardPageFactory,
)


def test_paths_of_visible_pages_are_listed_by_kind(run_operation, home):
    series = SeriesFactory(slug="cykl")
    ArticleFactory(parent=series, slug="jawny")
    ArticleFactory(parent=series, slug="szkic", live=False)
    answer = run_operation("PagePaths", kinds=["ARTICLE", "SERIES"])["pagePaths"]
    listed = [(node["path"], node["kind"]) for node in answer["nodes"]]
    assert listed == [("/cykl/", "SERIES"), ("/cykl/jawny/", "ARTICLE")]
    assert answer["totalCount"] == 2


def test_all_paths_are_reached_page_by_page(run_operation, home):
    for number in range(5):
        StandardPageFactory(slug=f"strona-{number}")
    found, after = [], None
    while True:
        answer = run_operation("PagePaths", kinds=["STANDARD_PAGE"], first=2, after=after)
        found += [node["path"] for node in answer["pagePaths"]["nodes"]]
        if not answer["pagePaths"]["pageInfo"]["hasNextPage"]:
            break
        after = answer["pagePaths"]["pageInfo"]["endCursor"]
    assert found == [f"/strona-{number}/" for number in range(5)]


def test_path_has_the_moment_of_its_page(run_operation, home):
    moment = datetime.datetime(2026, 5, 4, 8, 30, tzinfo=datetime.UTC)
    series = SeriesFactory(slug="cykl", last_published_at=moment)
    # As a program adds pages: nobody published it.
    ArticleFactory(parent=series, slug="nowy", published_on=datetime.date(2026, 1, 12))
    paths = run_operation("PagePaths", kinds=["ARTICLE", "SERIES"])["pagePaths"]["nodes"]
    moments = {node["path"]: node["updatedAt"] for node in paths}
    assert moments == {
        "/cykl/": "2026-05-04T08:30:00+00:00",
        "/cykl/nowy/": "2026-01-12T12:00:00+01:00",
    }
    for path, updated_at in moments.items():
        page = send(Client(), f'{{ route(path: "{path}") {{ page {{ updatedAt }} }} }}').json()
        assert page["data"]["route"]["page"]["updatedAt"] == updated_at


def test_no_kind_lists_no_path(run_operation, home):
    assert run_operation("PagePaths", kinds=[])["pagePaths"]["totalCount"] == 0


def test_stranger_is_nobody(run_operation):
    assert run_operation("Viewer") == {"viewer": None}


def test_member_learns_who_they_are(run_operation, home):
    member = MemberFactory(email="ola@example.org", first_name="Ola", last_name="Kos")
    ExpertFactory(title="Ola Kos", slug="ola-kos", member=member)
    viewer = run_operation("Viewer", member=member)["viewer"]
    assert (viewer["name"], viewer["email"]) == ("Ola Kos", "ola@example.org")
    assert viewer["expert"]["title"] == "Ola Kos"


def test_member_does_not_learn_of_their_page_before_it_is_published(run_operation, home):
    member = MemberFactory()
    ExpertFactory(member=member, live=False)
    assert run_operation("Viewer", member=member)["viewer"]["expert"] is None
